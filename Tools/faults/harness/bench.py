"""What a scenario is given, and what becomes of it: figures and a verdict."""

import dataclasses
import pathlib
import shutil
import statistics
import tempfile
import time
import traceback

from . import real
from .pictures import grey
from .service import Service

SCENARIOS = {}


@dataclasses.dataclass
class Scenario:
    name: str
    # Whether it is part of the quick form.
    is_quick: bool
    run: object


def scenario(name, quick=False):
    """Makes a function of a bench a scenario; it says itself what it did, in figures of that run."""

    def register(function):
        SCENARIOS[name] = Scenario(name, quick, function)
        return function

    return register


class Bench:
    """One run of one scenario."""

    def __init__(self, binary, faulty_worker, quick):
        self.binary, self.faulty_worker, self.quick = binary, faulty_worker, quick
        self.done = ""
        self.figures = {}
        self.problems = []
        self.skipped = ""
        self.logs = []
        self.folders = []

    # What a scenario says

    def did(self, text):
        """What was done, for the table."""
        self.done = text

    def figure(self, name, value):
        self.figures[name] = value

    def times(self, name, seconds):
        """Prints the median of some times, and the 99th percentile or the worst of few; nobody asserts them."""
        if seconds:
            ordered = sorted(seconds)
            worst = ("p99", ordered[int(len(ordered) * 0.99)]) if len(ordered) >= 100 else ("worst", ordered[-1])
            self.figure(name, f"p50 {duration(statistics.median(ordered))}, {worst[0]} {duration(worst[1])}")

    def check(self, condition, problem):
        if not condition:
            self.problems.append(problem)
        return bool(condition)

    def check_all(self, answers, status, what):
        """Every answer has that status; says of the first ones that have not."""
        wrong = [answer for answer in answers if answer.status != status]
        self.check(not wrong, f"{len(wrong)} of {len(answers)} {what} not answered with {status}, such as: "
                   + " | ".join(str(answer) for answer in wrong[:3]))

    def check_load(self, load, undisturbed):
        """Every answer under load is 200 and that of an undisturbed run. Gives back how many are."""
        failed = [answer for _, answer in load.answers if answer.status != 200]
        different = [index for index, answer in load.answers
                     if answer.status == 200 and answer.body != undisturbed[index].body]
        self.check(not failed, f"{len(failed)} of {len(load.answers)} requests failed: "
                   f"{', '.join(map(str, failed[:3]))}")
        self.check(not different, f"{len(different)} answers differ from those of an undisturbed run, as of requests "
                   f"{sorted(set(different))[:5]}")
        return len(load.answers) - len(failed) - len(different)

    def skip(self, reason):
        self.skipped = reason

    def keep_log(self, text):
        self.logs.append(text)

    # What it works with

    def serve(self, cache=None, **settings):
        """The service with real models."""
        return Service(self, cache or real.CACHE, **settings)

    def serve_faulty(self, *models, **settings):
        """The service with workers whose models misbehave as their names say."""
        cache = self.folder()
        for model in models:
            folder = cache / "clip" / model / "visual"
            folder.mkdir(parents=True)
            (folder / "model.onnx").write_bytes(b"none")
            (folder / "preprocess_cfg.json").write_text(
                '{"size": [8, 8], "mean": [0, 0, 0], "std": [1, 1, 1], "interpolation": "bicubic"}')
        return Service(self, cache, program=self.faulty_worker, **settings)

    def folder(self):
        """A folder that goes with the scenario."""
        self.folders.append(pathlib.Path(tempfile.mkdtemp(prefix="fovea-cache-")))
        return self.folders[-1]

    # Its run

    def run(self, scenario):
        began = time.monotonic()
        try:
            scenario.run(self)
        except Exception as error:  # noqa: BLE001: whatever it is, it is this scenario's failure
            trace = traceback.extract_tb(error.__traceback__)[-1]
            self.problems.append(f"{type(error).__name__}: {error} ({pathlib.Path(trace.filename).name}:{trace.lineno})")
        finally:
            for folder in self.folders:
                shutil.rmtree(folder, ignore_errors=True)
        self.seconds = time.monotonic() - began

    @property
    def verdict(self):
        return "FAILED" if self.problems else "skipped" if self.skipped else "ok"


def duration(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def mebibytes(count):
    return f"{count / (1 << 20):.1f} MiB"


def shade(model, level):
    """A request for a faulty worker's model: a picture of one shade."""
    return {"entries": f'{{"clip": {{"visual": {{"modelName": "{model}"}}}}}}', "image": grey(level)}


def is_shade(answer, level):
    """Whether an answer is the right one for that shade: [shade, 1]."""
    try:
        mean, one = map(float, answer.json["clip"].strip("[]").split(","))
    except (ValueError, KeyError, TypeError):
        return False
    return answer.status == 200 and one == 1 and abs(mean - level / 255) < 1e-4
