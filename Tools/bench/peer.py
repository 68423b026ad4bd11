#!/usr/bin/env python3
"""Measures the service beside the one that it replaces, a round of each in turn; and lays out that one's models.

    Tools/bench/peer.py FOLDER           makes the folder of models that the replaced service is started on
    make bench PEER=http://HOST:PORT     measures it

Both are asked the same pictures and texts by the same clients; each idles while the other has its round. The ratio is
the median of the rounds' ratios. Before each round the service has answered every picture once, and before the first
of smart search the two embeddings are compared: rates of services that do not run the same models say nothing.
"""

import argparse
import contextlib
import json
import math
import pathlib
import shutil
import statistics
import urllib.error
import urllib.request

import overhead

MODELS = overhead.CACHE / "bench-models"
SAMPLES = overhead.ROOT / "Samples"
CLIENTS = 4

# The replaced service takes the names that it knows and no others, so there models go by one of those.
NAMES = {
    "demo-clip": "ViT-B-32__laion2b_e16",
    "random-ViT-B-32": "ViT-B-32__openai",
    "random-buffalo": "buffalo_l",
    "PP-OCRv5_mobile": "PP-OCRv5_mobile",
}

# Task, option that names the model, model, goals with exact and with fast pictures; what matters most first.
CASES = [
    ("clip-image", "--clip", "demo-clip", "ratio ≥ 2", "ratio ≥ 2.4"),
    ("clip-image", "--clip", "random-ViT-B-32", "", None),
    ("clip-text", "--clip", "random-ViT-B-32", "", None),
    ("faces", "--faces", "random-buffalo", "", None),
    ("ocr", "--ocr", "PP-OCRv5_mobile", "", None),
]

# Rounds so many times as long where four requests under way take seconds.
LENGTHS = {"faces": 4, "ocr": 2}

# Both compute in float32, with libraries that round otherwise.
ALIKE = 0.999


def lay_out(folder):
    """Copies, because the replaced service rewrites some models and deletes those that it cannot load."""
    unfinished = folder.with_name(folder.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for path in sorted(MODELS.glob("*/*")):
        if path.name in NAMES:
            shutil.copytree(path, unfinished / path.parent.name / NAMES[path.name])
    unfinished.rename(folder)


def embedding(url, model, **field):
    kind = "visual" if "image" in field else "textual"
    request = urllib.request.Request(url + "/predict", overhead.form({"clip": {kind: {"modelName": model}}}, **field),
                                     {"Content-Type": "multipart/form-data; boundary=b"})
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.loads(json.load(answer)["clip"])
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{url} answers {error.code} for {model}: start it on what 'make bench-peer-models' "
                         "makes") from None
    except OSError as error:
        raise SystemExit(f"{url} does not answer ({error}): start the replaced service, see "
                         "docs/benchmarks.md") from None


def cosine(url, peer, task, model):
    """Of the two services' embeddings of the same picture or text; ends everything where they are not alike."""
    field = ({"image": (SAMPLES / "coffee.jpg").read_bytes()} if task == "clip-image" else {"text": b"a cup of coffee"})
    one, other = embedding(url, model, **field), embedding(peer, NAMES[model], **field)
    value = sum(a * b for a, b in zip(one, other)) / math.hypot(*one) / math.hypot(*other)
    if len(one) != len(other) or value < ALIKE:
        raise SystemExit(f"{peer} runs another {NAMES[model]} (cosine {value:.4f}): start it on what "
                         "'make bench-peer-models' makes")
    return value


class Rounds:
    """What one kind of request came to: of the service, of the service with fast pictures, of the replaced one."""

    def __init__(self):
        self.rows = {"service": [], "fast": [], "peer": []}

    def ratio(self, name):
        ratios = [own["perSecond"] / peer["perSecond"] for own, peer in zip(self.rows[name], self.rows["peer"])
                  if own.get("perSecond") and peer.get("perSecond")]
        return statistics.median(ratios) if ratios else None

    def figures(self, name):
        rows = self.rows[name]
        figures = {key: statistics.median(values) for key in ("perSecond", "p50Milliseconds", "p99Milliseconds")
                   if (values := [row[key] for row in rows if row.get(key)])}
        failures = [row["failure"] for row in rows if row.get("failure")]
        return figures | {"found": rows[0].get("found"), "failures": sum(row["failures"] for row in rows),
                          "failure": failures[0] if failures else None}


def turns(case, urls, rounds, seconds, bench):
    """Results of one case: of the service, then of fast pictures; for texts of either kind."""
    task, option, model, *goals = case
    names = ["service", "fast", "peer"] if goals[1] else ["service", "peer"]

    alike = cosine(urls["service"], urls["peer"], task, model) if option == "--clip" else None
    kinds = {}
    for turn in range(rounds):
        for name in names[::-1] if turn % 2 else names:
            report = bench("--url", urls[name], "--task", task, option, NAMES[model] if name == "peer" else model,
                           "--pictures", SAMPLES, "--clients", CLIENTS, "--rounds", 1, "--seconds",
                           seconds * LENGTHS.get(task, 1))
            for row in report["rows"]:
                kinds.setdefault(row.get("texts"), Rounds()).rows[name].append(row)
    return [{"task": task, "texts": texts, "model": model, "pictures": "fast" if name == "fast" else "exact",
             "goal": goal, "cosine": alike, "clients": CLIENTS, "ratio": measured.ratio(name),
             "service": measured.figures(name), "peer": measured.figures("peer")}
            for texts, measured in kinds.items() for name, goal in zip(names[:-1], goals)]


def measure(binary, peer, rounds, seconds, bench):
    """The results, each as soon as its case is done.

    `bench` runs `fovea bench` with options and returns what it says.
    """
    with contextlib.ExitStack() as services:
        urls = {"peer": peer.rstrip("/")}
        for name, pictures in (("service", "exact"), ("fast", "fast")):
            service = overhead.Service(binary, cache=MODELS, FOVEA_PICTURES=pictures)
            services.callback(service.stop)
            urls[name] = service.url
        for case in CASES:
            yield from turns(case, urls, rounds, seconds, bench)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path, metavar="FOLDER")
    folder = arguments.parse_args().folder
    if not folder.exists():
        lay_out(folder)
    print(f"{folder} has the models: start the replaced service on it, see docs/benchmarks.md")


if __name__ == "__main__":
    main()
