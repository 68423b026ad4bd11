"""The service under test, with all its processes."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from . import processes
from .client import PATIENCE, Client, ask


class Broken(Exception):
    """The service did not do what a scenario cannot go on without."""


def eventually(condition, what, patience=PATIENCE, pause=0.02):
    """Waits for a condition and gives back what it said."""
    deadline = time.monotonic() + patience
    while True:
        if value := condition():
            return value
        if time.monotonic() > deadline:
            raise Broken(f"waited {patience} s in vain for this: {what}")
        time.sleep(pause)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """`fovea serve` on a port of its own, until the end of a `with` block.

    A folder of its own for sockets marks all its processes, so that those that outlive it are found. The end of
    the block ends it, unless that was done before, and checks that it ends well and leaves nothing behind.
    """

    def __init__(self, bench, cache, program=None, arguments=(), prefix=(), port=None, connect=Client,
                 **settings):
        self.bench = bench
        # Makes a client of a port.
        self.connect = connect
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fovea-", dir="/tmp"))
        self.sockets = self.folder / "run"
        self.sockets.mkdir()
        self.log = self.folder / "log"
        self.port = port or free_port()
        self.mark = ("FOVEA_FAULTS_MARK", str(self.folder))
        own = ("MACHINE_LEARNING_", "FOVEA_", "IMMICH_")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(own)}
        environment |= {
            "IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": str(self.port), "NO_COLOR": "1",
            "MACHINE_LEARNING_CACHE_FOLDER": str(cache), "FOVEA_RUNTIME_DIR": str(self.sockets),
            # Texts are asked again to see that workers answer.
            "FOVEA_TEXT_CACHE_BYTES": "0",
            # However slow the machine, what runs at the end is to be finished.
            "FOVEA_SHUTDOWN_TIMEOUT_S": str(PATIENCE), self.mark[0]: self.mark[1],
        } | {name: str(value) for name, value in settings.items()}
        command = [*prefix, str(bench.binary), "serve", *arguments]
        if program:
            command += ["--worker-program", str(program)]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)

    # Life

    def __enter__(self):
        try:
            self.control = self.connect(self.port, patience=60)
            eventually(self.is_up, f"the service listens on port {self.port}")
        except BaseException:
            self.clean()
            raise
        return self

    def is_up(self):
        if self.process.poll() is not None:
            raise Broken(f"the service ended at its start, with status {self.process.returncode}")
        return self.get("/ping").status

    def __exit__(self, kind, error, _):
        try:
            if kind is None and self.process.poll() is None:
                self.stop()
        finally:
            self.clean(failed=kind is not None or self.bench.problems)

    def stop(self):
        """Ends it in good order, and checks that it does."""
        self.process.send_signal(signal.SIGTERM)
        status = self.wait()
        self.bench.check(status == 0, f"the service ended with status {status} after SIGTERM")
        self.check_nothing_left()

    def wait(self):
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Broken(f"the service did not end within {PATIENCE} s") from None

    def check_nothing_left(self):
        """No process and no socket may outlive the service. Gives back how long that took to become so."""
        began = time.monotonic()
        try:
            eventually(lambda: not self.processes(), "no process is left", patience=20)
        except Broken:
            left = {pid: " ".join(processes.command_line(pid)) for pid in self.processes()}
            self.bench.check(False, f"processes are left behind: {left}")
        left = [str(path) for path in self.sockets.rglob("*")]
        self.bench.check(not left, f"files are left behind: {left}")
        return time.monotonic() - began

    def clean(self, failed=False):
        self.control.close()
        for pid in self.processes():
            processes.end(pid, signal.SIGKILL)
        self.process.wait()
        if failed:
            self.bench.keep_log(self.log.read_text(errors="replace"))
        shutil.rmtree(self.folder, ignore_errors=True)

    # What it says

    def get(self, path):
        answer = self.control.get(path)
        # A connection that was idle for a while was closed, and rightly.
        return answer if answer.status else self.control.get(path)

    def ask(self, fields, headers=None):
        return ask(self.port, fields, headers)

    def health(self):
        answer = self.get("/health")
        if answer.status not in (200, 503):
            raise Broken(f"GET /health: {answer}")
        return json.loads(answer.body)

    def slot(self, index=0):
        return self.health()["slots"][index]

    def worker(self, index=0):
        """Waits until a slot's worker runs, and gives back its process's id."""
        return eventually(lambda: self.running_worker(index), f"worker {index} runs")

    def running_worker(self, index=0):
        slot = self.slot(index)
        return slot["state"] == "running" and slot.get("pid")

    def total(self, metric, **labels):
        """The sum of a metric's values over all series with these labels."""
        pattern = re.compile(rf"{metric}(?:{{(.*)}})? (\S+)")
        wanted = {f'{name}="{value}"' for name, value in labels.items()}
        lines = map(pattern.fullmatch, self.get("/metrics").text.splitlines())
        return sum(float(line[2]) for line in lines if line and wanted <= set((line[1] or "").split(",")))

    def is_idle(self):
        """Whether nothing waits, runs or is held."""
        queue = self.health()["queue"]
        return queue["depth"] == queue["running"] == queue["bytes"] == 0

    def processes(self):
        """All its processes, by what they have in their environment."""
        return processes.of(self.mark)

    def rss(self):
        return processes.resident_bytes(self.processes())
