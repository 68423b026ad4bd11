"""Requests for the demo models, which have real weights."""

import itertools
import json
import os
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fovea" / "demo-models"

CLIP = {"clip": {"visual": {"modelName": "demo-clip"}}}
TEXT = {"clip": {"textual": {"modelName": "demo-clip"}}}
FACES = {"facial-recognition": {"detection": {"modelName": "demo-faces", "options": {"minScore": 0.7}},
                                "recognition": {"modelName": "demo-faces"}}}
OCR = {"ocr": {"detection": {"modelName": "PP-OCRv5_mobile", "options": {"minScore": 0.5, "maxResolution": 736}},
               "recognition": {"modelName": "PP-OCRv5_mobile", "options": {"minScore": 0.8}}}}
TEXTS = ["a cat", "a cup of coffee", "a rocket", "people on a beach", "Ünïcode ☕", "x" * 4000]


def picture(name):
    return (ROOT / "Samples" / name).read_bytes()


def pictures():
    """The sample pictures."""
    return [path.read_bytes() for path in sorted((ROOT / "Samples").iterdir())
            if path.suffix in {".jpg", ".png", ".webp"}]


def about(text):
    return {"entries": json.dumps(TEXT), "text": text}


def of(entries, picture):
    return {"entries": json.dumps(entries), "image": picture}


def mixed(count, ocr=True, bad=False):
    """Requests of all kinds and the statuses to expect, in an order that is the same for every run."""
    shuffle = random.Random(7)
    cycle = itertools.cycle(pictures())
    kinds = ["text"] * 3 + ["clip"] * 4 + ["faces"] * 3 + ["ocr", "all"] * ocr + ["bad"] * bad
    for _ in range(count):
        kind = shuffle.choice(kinds)
        if kind == "text":
            yield about(shuffle.choice(TEXTS)), 200
        elif kind == "bad":
            yield of(CLIP, next(cycle)[:777]), 400
        else:
            entries = {"clip": CLIP, "faces": FACES, "ocr": OCR, "all": {**CLIP, **FACES, **OCR}}[kind]
            yield of(entries, next(cycle)), 200
