"""Says what is being done: one line a step, and how far a long one is where somebody watches."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import Iterator


class Progress:
    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._step = 0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self._step += 1
        label = f"[{self._step}/{self._steps}] {title}"
        print(label, flush=True)
        start = time.monotonic()
        yield
        seconds = time.monotonic() - start
        if seconds >= 10:
            print(f"      took {seconds:.0f} s", flush=True)

    def note(self, text: str) -> None:
        print(f"      {text}", flush=True)

    def share(self, done: int, total: int) -> None:
        """Redraws a bar in place; on a terminal only."""
        if not sys.stdout.isatty():
            return
        width = 40
        filled = width * done // total
        end = "\n" if done == total else ""
        print(f"\r      {'█' * filled}{'░' * (width - filled)} {100 * done // total:3d} %", end=end, flush=True)
