"""Compares the finished pack with the recorded one: by bytes, or where these differ, by its answers.

The smart search models come out of floating-point arithmetic, which another processor may round
otherwise; such a pack is as good as long as it answers as the recorded one did.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from tokenizers import Tokenizer

from . import image_classifier, smart_search

COSINE = 0.9999
PICTURES = ["cat.jpg", "coffee.jpg", "church.jpg"]


class VerificationError(Exception):
    """The pack is not what was recorded."""


def differing(pack: Path, sums: Path) -> list[str]:
    """The files whose bytes are not the recorded ones."""
    result = []
    for line in sums.read_text().splitlines():
        expected, name = line.split(maxsplit=1)
        actual = hashlib.sha256((pack / name).read_bytes()).hexdigest()
        if actual != expected:
            result.append(name)
    return result


def check(pack: Path, sums: Path, repository: Path) -> list[str]:
    """Raises unless the pack is the recorded one or answers like it; returns the files that differ."""
    files = differing(pack, sums)
    rounded = [name for name in files if name.startswith("clip/") and name.endswith(".onnx")]
    if files != rounded:
        wrong = ", ".join(name for name in files if name not in rounded)
        raise VerificationError(f"not the recorded bytes: {wrong}")
    if rounded:
        worst = min(_text_cosines(pack, repository) + _image_cosines(pack, repository))
        if worst < COSINE:
            raise VerificationError(
                f"the smart search models answer otherwise than recorded: cosine {worst:.6f}, not {COSINE}")
    return files


def _text_cosines(pack: Path, repository: Path) -> list[float]:
    recorded = json.loads((repository / "Tests/Fixtures/golden/texts.json").read_text(encoding="utf-8"))
    folder = pack / "clip/demo-clip/textual"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    context = smart_search.CONTEXT
    tokenizer.enable_truncation(context)
    tokenizer.enable_padding(length=context, pad_id=49407, pad_token="<|endoftext|>")
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    result = []
    for text in ("a cat", "coffee", "the Eiffel tower at night"):
        ids = np.array([tokenizer.encode(text).ids], np.int32)
        result.append(_cosine(session.run(None, {"text": ids})[0][0], recorded[text]["clip"]))
    return result


def _image_cosines(pack: Path, repository: Path) -> list[float]:
    recorded = json.loads((repository / "Tests/Fixtures/golden/images.json").read_text(encoding="utf-8"))
    session = onnxruntime.InferenceSession(pack / "clip/demo-clip/visual/model.onnx",
                                           providers=["CPUExecutionProvider"])
    result = []
    for name in PICTURES:
        with Image.open(repository / "Samples" / name) as image:
            pixels = _preprocess(image.convert("RGB"))
        result.append(_cosine(session.run(None, {"image": pixels})[0][0], recorded[name]["clip"]))
    return result


def _preprocess(image: Image.Image) -> np.ndarray:
    """CLIP's: the shorter side to 224, the middle, normalised."""
    side = smart_search.SIDE
    scale = side / min(image.size)
    width, height = (max(side, int(length * scale)) for length in image.size)
    image = image.resize((width, height), Image.Resampling.BICUBIC)
    left, top = (width - side) // 2, (height - side) // 2
    values = np.asarray(image.crop((left, top, left + side, top + side)), np.float32) / 255
    values = (values - np.array(image_classifier.CLIP_MEAN)) / np.array(image_classifier.CLIP_STD)
    return values.transpose(2, 0, 1)[None].astype(np.float32)


def _cosine(vector: np.ndarray, recorded: str) -> float:
    other = np.frombuffer(base64.b64decode(recorded), "<f4")
    return float(vector @ other / np.linalg.norm(vector) / np.linalg.norm(other))
