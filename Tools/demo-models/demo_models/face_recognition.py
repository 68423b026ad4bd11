"""Face recognition: dlib's ResNet face descriptor behind the interface of InsightFace's ArcFace models.

In: input.1, float32 [N, 3, 112, 112], RGB, (value - 127.5) / 127.5, faces aligned as for ArcFace.
Out: embedding, float32 [N, 512], of length 1: dlib's 128 numbers less their mean over many faces
(without which all faces look alike to the cosine), then zeros.

dlib wants another crop, 150 × 150 with more of the chin: the graph cuts the face out of the aligned
112 × 112 picture and enlarges it. The network's layers are those of dlib's
dnn_face_recognition_ex.cpp.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import numpy as np

from . import dlib_weights
from .graph import FLOAT, GraphBuilder, Value

CROP_TOP, CROP_LEFT, CROP_SIDE = 24, 6, 100  # in the aligned picture; found by search on face pairs
ALIGNED_SIDE = 112
DLIB_SIDE = 150
DLIB_MEAN = np.array([122.782, 117.001, 104.298], np.float32).reshape(1, 3, 1, 1)
EMBEDDING, DESCRIPTOR = 512, 128

# From the input on: channels, blocks, and whether the first block halves the side.
LEVELS = [(32, 3, False), (64, 4, True), (128, 3, True), (256, 3, True), (256, 1, True)]


class _Graph(GraphBuilder):
    """Names as in the recorded pack: no node names, lower case, every constant of its own."""

    def _shares(self, array: np.ndarray) -> bool:
        return False

    def _constant_name(self) -> str:
        return f"c{self._number}"

    def _output_name(self, operator: str) -> Value:
        return f"{operator.lower()}_{self._number}"

    def _node_name(self, operator: str) -> None:
        return None


@dataclass(frozen=True)
class _Features:
    """A square feature map in the graph."""

    value: Value
    channels: int
    side: int


def build(weights: Path, descriptor_mean: Path, model: Path) -> None:
    """Converts dlib's weights into an ArcFace-like model."""
    graph = _Graph("dlib_resnet_arcface112", first_number=153)
    layers = iter(dlib_weights.read(weights))
    chip = _dlib_chip(graph, "input.1")
    descriptor = _network(graph, _Features(chip, 3, DLIB_SIDE), layers)

    mean = np.loadtxt(descriptor_mean).astype(np.float32)
    centred = graph("Sub", descriptor, graph.constant(mean))
    length = graph("ReduceL2", centred, axes=[1], keepdims=1)
    unit = graph("Div", centred, graph("Add", length, graph.constant(np.float32(1e-9))))
    padded = graph("Pad", unit, graph.constant(np.array([0, 0, 0, EMBEDDING - DESCRIPTOR], np.int64)))
    graph("Identity", padded, output="embedding")
    graph.save(model,
               inputs=[("input.1", FLOAT, ["N", 3, ALIGNED_SIDE, ALIGNED_SIDE])],
               outputs=[("embedding", FLOAT, ["N", EMBEDDING])],
               producer="convert_dlib_face")


def _dlib_chip(graph: GraphBuilder, aligned: Value) -> Value:
    """Cuts dlib's crop out of ArcFace's aligned picture and scales its values as dlib does."""
    half = graph.constant(np.float32(127.5))
    scaled = graph("Mul", aligned, half)
    pixels = graph("Add", scaled, graph.constant(np.float32(127.5)))
    below = CROP_TOP + CROP_SIDE - ALIGNED_SIDE  # the crop reaches below the picture
    pads = np.array([0, 0, 0, 0, 0, 0, below, 0], np.int64)
    pixels = graph("Pad", pixels, graph.constant(pads), mode="edge")
    crop = graph("Slice", pixels,
                 graph.constant(np.array([CROP_TOP, CROP_LEFT], np.int64)),
                 graph.constant(np.array([CROP_TOP + CROP_SIDE, CROP_LEFT + CROP_SIDE], np.int64)),
                 graph.constant(np.array([2, 3], np.int64)))
    scale = DLIB_SIDE / CROP_SIDE
    crop = graph("Resize", crop, "", graph.constant(np.array([1, 1, scale, scale], np.float32)),
                 mode="linear", coordinate_transformation_mode="half_pixel")
    centred = graph("Sub", crop, graph.constant(DLIB_MEAN))
    return graph("Mul", centred, graph.constant(np.float32(1 / 256)))


def _network(graph: GraphBuilder, x: _Features, layers: Iterator[tuple[str, np.ndarray]]) -> Value:
    """dlib's network from the scaled chip to the descriptor [N, 128]."""
    x = _relu(graph, _convolution(graph, x, layers, channels=32, kernel=7, stride=2))
    pooled = graph("MaxPool", x.value, kernel_shape=[3, 3], strides=[2, 2])
    x = _Features(pooled, x.channels, (x.side - 3) // 2 + 1)
    for channels, blocks, halves in LEVELS:
        for block in range(blocks):
            x = _residual_block(graph, x, layers, channels, halves and block == 0)
    pooled = graph("GlobalAveragePool", x.value)
    kind, values = next(layers)
    assert kind == "fc"
    flat = graph("Flatten", pooled, axis=1)
    return graph("MatMul", flat, graph.constant(values.reshape(x.channels, DESCRIPTOR)))


def _residual_block(graph: GraphBuilder, x: _Features, layers: Iterator, channels: int,
                    halves: bool) -> _Features:
    inner = _relu(graph, _convolution(graph, x, layers, channels, kernel=3, stride=2 if halves else 1))
    inner = _convolution(graph, inner, layers, channels, kernel=3, stride=1)
    if not halves:
        return _relu(graph, _add(graph, inner, x))
    pooled = graph("AveragePool", x.value, kernel_shape=[2, 2], strides=[2, 2])
    shortcut = _Features(pooled, x.channels, (x.side - 2) // 2 + 1)
    return _relu(graph, _add(graph, shortcut, inner))


def _convolution(graph: GraphBuilder, x: _Features, layers: Iterator, channels: int, kernel: int,
                 stride: int) -> _Features:
    """A convolution with the affine layer after it folded in; dlib pads only where the stride is 1."""
    kind, values = next(layers)
    assert kind == "con"
    count = channels * x.channels * kernel * kernel
    weight = values[:count].reshape(channels, x.channels, kernel, kernel)
    bias = values[count:]
    kind, values = next(layers)
    assert kind == "affine"
    scale, shift = values[:channels], values[channels:]
    padding = kernel // 2 if stride == 1 else 0
    result = graph("Conv", x.value,
                   graph.constant(weight * scale[:, None, None, None]),
                   graph.constant(bias * scale + shift),
                   kernel_shape=[kernel, kernel], strides=[stride, stride], pads=[padding] * 4)
    return _Features(result, channels, (x.side + 2 * padding - kernel) // stride + 1)


def _relu(graph: GraphBuilder, x: _Features) -> _Features:
    return _Features(graph("Relu", x.value), x.channels, x.side)


def _add(graph: GraphBuilder, a: _Features, b: _Features) -> _Features:
    """dlib's sum of unlike feature maps: the smaller one is continued with zeros."""
    channels, side = max(a.channels, b.channels), max(a.side, b.side)

    def fitted(x: _Features) -> Value:
        if (x.channels, x.side) == (channels, side):
            return x.value
        more = side - x.side
        return graph("Pad", x.value, graph.constant(
            np.array([0, 0, 0, 0, 0, channels - x.channels, more, more], np.int64)))

    # In this order, which the running numbers in the names follow.
    left = fitted(a)
    right = fitted(b)
    return _Features(graph("Add", left, right), channels, side)
