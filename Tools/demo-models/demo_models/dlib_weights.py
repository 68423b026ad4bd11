"""Reads the weights of dlib's face recognition network (dlib_face_recognition_resnet_model_v1.dat).

The file is a serialised C++ object: for every layer, from the input on, its name, its parameters as
one tensor and its settings. The network's shape is known (see face_recognition.py), so the
parameters in file order are all that is needed.

An integer is stored as one byte with the number of bytes that follow, then these, little-endian; a
string as its length and its bytes; a tensor as the integers 2 (a version), samples, channels, rows
and columns, then little-endian 32-bit floats.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

# The layers that have parameters: convolution, affine (a folded batch normalisation), fully connected.
LAYER_NAMES = re.compile(rb"\x01\x05con_4|\x01\x07affine_|\x01\x04fc_2")
TENSOR_VERSION = 2


def read(path: Path) -> list[tuple[str, np.ndarray]]:
    """The layers with parameters in file order: ("con", "affine" or "fc", flat float32 values)."""
    data = path.read_bytes()
    layers = []
    position = 0
    while match := LAYER_NAMES.search(data, position):
        kind = match.group()[2:].decode().split("_")[0]
        position = match.end()
        if kind == "fc":  # how many outputs and inputs it has comes before the tensor
            for _ in range(2):
                _, position = _integer(data, position)
        values, position = _tensor(data, position)
        layers.append((kind, values))
    return layers


def _integer(data: bytes, position: int) -> tuple[int, int]:
    length = data[position]
    if not 1 <= length <= 8:
        raise ValueError(f"no integer at byte {position}: is the file truncated or of another version?")
    end = position + 1 + length
    return int.from_bytes(data[position + 1:end], "little"), end


def _tensor(data: bytes, position: int) -> tuple[np.ndarray, int]:
    version, position = _integer(data, position)
    if version != TENSOR_VERSION:
        raise ValueError(f"tensor version {version} at byte {position}, expected {TENSOR_VERSION}")
    size = 1
    for _ in range(4):
        side, position = _integer(data, position)
        size *= side
    values = np.frombuffer(data, "<f4", size, position)
    return values, position + values.nbytes
