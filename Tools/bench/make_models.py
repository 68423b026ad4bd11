#!/usr/bin/env python3
"""Makes models that cost what real ones do, with random weights: their answers mean nothing.

    make_models.py --demo-models FOLDER --output FOLDER

Real layer plans, a fixed seed, float32, files and side files as Immich's cache folder has them:

    clip/random-ViT-B-32               OpenAI's CLIP ViT-B/32, image and text
    facial-recognition/random-buffalo  InsightFace's buffalo_l: SCRFD-10G with key points, ArcFace IResNet-50

and links to the demo pack's models beside them, so that one service serves all of them.

The detector finds FACES faces in every picture, always at the same places, by a constant that is added to its
scores: random weights would find none or thousands, and what a picture costs hangs on that.
"""

import argparse
import pathlib
import shutil
import sys

import numpy as np
from onnx import helper

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "demo-models"))
from demo_models.graph import FLOAT, INT32, GraphBuilder  # noqa: E402

SEED = 20261125
FACES = 3
CLIP, FACE_PACK = "random-ViT-B-32", "random-buffalo"
DEMO = ("clip/demo-clip", "facial-recognition/demo-faces", "ocr/PP-OCRv5_mobile")


class Graph(GraphBuilder):
    """A graph, and weights for it."""

    def __init__(self, name, salt):
        super().__init__(name)
        self.random = np.random.default_rng([SEED, salt])

    def weights(self, *shape, deviation):
        return self.random.standard_normal(shape, dtype=np.float32) * np.float32(deviation)

    def split(self, value, sizes):
        """Cuts the last axis up."""
        self._number += 1
        names = [f"split_{self._number}_{part}" for part in range(len(sizes))]
        sizes = self.constant(np.array(sizes, np.int64))
        self.nodes.append(helper.make_node("Split", [value, sizes], names, name=f"Split_{self._number}", axis=-1))
        return names

    # Transformers

    def normalized(self, x, width):
        return self("LayerNormalization", x, np.ones(width, np.float32), np.zeros(width, np.float32), axis=-1,
                    epsilon=1e-5)

    def linear(self, x, inputs, outputs, gain=1.0):
        weights = self.weights(inputs, outputs, deviation=gain * inputs ** -0.5)
        return self("Add", self("MatMul", x, weights), self.weights(outputs, deviation=0.01))

    def block(self, x, width, heads, length, mask=None):
        """Normalisation first, packed projections, the activation of OpenAI's CLIP."""
        size = width // heads
        projections = self.split(self.linear(self.normalized(x, width), width, 3 * width), [width] * 3)
        shape = np.array([1, length, heads, size], np.int64)
        q, k, v = (self("Transpose", self("Reshape", part, shape), perm=order)
                   for part, order in zip(projections, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])))
        scores = self("MatMul", self("Mul", q, np.float32(size ** -0.5)), k)
        if mask is not None:
            scores = self("Add", scores, mask)
        mixed = self("Transpose", self("MatMul", self("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
        mixed = self("Reshape", mixed, np.array([1, length, width], np.int64))
        x = self("Add", x, self.linear(mixed, width, width, 0.5))
        y = self.linear(self.normalized(x, width), width, 4 * width)
        y = self("Mul", y, self("Sigmoid", self("Mul", y, np.float32(1.702))))
        return self("Add", x, self.linear(y, 4 * width, width, 0.5))

    def embedding(self, x, width):
        """Of length 1, as Immich's exports are."""
        e = self("MatMul", x, self.weights(width, 512, deviation=width ** -0.5))
        return self("Div", e, self("ReduceL2", e, axes=[-1], keepdims=1), output="embedding")

    # Convolutions

    def convolution(self, x, inputs, outputs, kernel, stride=1, relu=False, gain=1.0):
        deviation = gain * (2 / (inputs * kernel * kernel)) ** 0.5
        y = self("Conv", x, self.weights(outputs, inputs, kernel, kernel, deviation=deviation),
                 np.zeros(outputs, np.float32), kernel_shape=[kernel, kernel], strides=[stride, stride],
                 pads=[kernel // 2] * 4)
        return self("Relu", y) if relu else y


def clip_image(folder):
    """Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021, table 19."""
    graph, width = Graph("clip_vit_b_32_visual", 1), 768
    x = graph("Conv", "image", graph.weights(width, 3, 32, 32, deviation=0.02), kernel_shape=[32, 32],
              strides=[32, 32])
    x = graph("Transpose", graph("Reshape", x, np.array([1, width, 49], np.int64)), perm=[0, 2, 1])
    x = graph("Concat", graph.weights(1, 1, width, deviation=0.02), x, axis=1)
    x = graph.normalized(graph("Add", x, graph.weights(1, 50, width, deviation=0.02)), width)
    for _ in range(12):
        x = graph.block(x, width, 12, 50)
    graph.embedding(graph.normalized(graph("Gather", x, np.array(0, np.int64), axis=1), width), width)
    graph.save(folder / "visual/model.onnx", [("image", FLOAT, [1, 3, 224, 224])],
               [("embedding", FLOAT, [1, 512])], "fovea")


def clip_text(folder):
    graph, width, length = Graph("clip_vit_b_32_textual", 2), 512, 77
    x = graph("Gather", graph.weights(49408, width, deviation=0.02), "text")
    x = graph("Add", x, graph.weights(1, length, width, deviation=0.01))
    mask = graph.constant(np.triu(np.full((length, length), -np.inf, np.float32), 1))
    for _ in range(12):
        x = graph.block(x, width, 8, length, mask)
    x = graph.normalized(x, width)
    # The token that ends a text has the largest number.
    end = graph("Unsqueeze", graph("ArgMax", "text", axis=-1, keepdims=1), np.array([1], np.int64))
    x = graph("Reshape", graph("GatherND", x, end, batch_dims=1), np.array([1, width], np.int64))
    graph.embedding(x, width)
    graph.save(folder / "textual/model.onnx", [("text", INT32, [1, length])], [("embedding", FLOAT, [1, 512])],
               "fovea")


def detection(folder):
    """Guo et al., "Sample and Computation Redistribution for Efficient Face Detection", 2021: SCRFD-10G.

    Basic blocks 3, 4, 2, 3 of widths 56, 88, 88, 224; a feature pyramid of width 56; three convolutions of width
    80 before the heads; two anchors a cell of 8, 16 and 32 pixels.
    """
    graph = Graph("scrfd_10g", 3)
    x = graph.convolution("input.1", 3, 28, 3, 2, relu=True)
    x = graph.convolution(graph.convolution(x, 28, 28, 3, relu=True), 28, 56, 3, relu=True)
    x, width, levels = graph("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2]), 56, []
    for stage, (outputs, blocks) in enumerate(((56, 3), (88, 4), (88, 2), (224, 3))):
        for block in range(blocks):
            stride = 2 if stage and not block else 1
            y = graph.convolution(x, width, outputs, 3, stride, relu=True)
            y = graph.convolution(y, outputs, outputs, 3, gain=0.5)
            if stride == 2 or width != outputs:
                if stride == 2:
                    x = graph("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
                x = graph.convolution(x, width, outputs, 1)
            x, width = graph("Relu", graph("Add", x, y)), outputs
        if stage:
            levels.append((x, outputs))

    def enlarged(value):
        return graph("Resize", value, "", np.array([1, 1, 2, 2], np.float32), mode="nearest",
                     coordinate_transformation_mode="asymmetric", nearest_mode="floor")

    side = [graph.convolution(value, inputs, 56, 1) for value, inputs in levels]
    side[1] = graph("Add", side[1], enlarged(side[2]))
    side[0] = graph("Add", side[0], enlarged(side[1]))
    pyramid = [graph.convolution(value, 56, 56, 3) for value in side]
    for level in (1, 2):
        pyramid[level] = graph("Add", pyramid[level], graph.convolution(pyramid[level - 1], 56, 56, 3, 2))
    pyramid[1:] = [graph.convolution(value, 56, 56, 3) for value in pyramid[1:]]

    heads = [[], [], []]
    for level, value in enumerate(pyramid):
        width = 56
        for _ in range(3):
            value, width = graph.convolution(value, width, 80, 3, relu=True), 80
        # Scores of about 0.02; boxes of four cells; five points that make a face.
        points = [(-1, -1), (1, -1), (0, 0), (-0.8, 1), (0.8, 1)] * 2
        for kind, (rows, bias) in enumerate(((1, [-4.0] * 2), (4, [2.0] * 8), (10, np.ravel(points)))):
            y = graph("Conv", value, graph.weights(2 * rows, 80, 3, 3, deviation=0.0002),
                      np.array(bias, np.float32), kernel_shape=[3, 3], pads=[1] * 4)
            y = graph("Reshape", graph("Transpose", y, perm=[2, 3, 0, 1]), np.array([-1, rows], np.int64))
            # The names in InsightFace's own file.
            name = str(448 + 23 * level + 3 * kind)
            if kind == 0:
                y = graph("Add", y, found(level))
            graph("Identity" if kind else "Sigmoid", y, output=name)
            heads[kind].append((name, FLOAT, [f"anchors of {8 << level}", rows]))
    graph.save(folder / "detection/model.onnx", [("input.1", FLOAT, [1, 3, "height", "width"])],
               heads[0] + heads[1] + heads[2], "fovea")


def found(level):
    """Lifts the scores of FACES anchors of 16 pixels on the canvas of 640, in the quarter that every picture
    fills."""
    cells = 640 // (8 << level)
    lift = np.zeros((cells, cells, 2), np.float32)
    if level == 1:
        for face in range(FACES):
            lift[6, 4 + 6 * face, 0] = 12
    return lift.reshape(-1, 1)


def recognition(folder):
    """Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition", 2019: IResNet-50."""
    graph = Graph("arcface_iresnet50", 4)

    def batch_normalized(x, width):
        return graph("BatchNormalization", x, np.ones(width, np.float32), np.zeros(width, np.float32),
                     np.zeros(width, np.float32), np.ones(width, np.float32), epsilon=1e-5)

    def prelu(x, width):
        return graph("PRelu", x, np.full((width, 1, 1), 0.25, np.float32))

    x, width = prelu(graph.convolution("input.1", 3, 64, 3), 64), 64
    for outputs, blocks in ((64, 3), (128, 4), (256, 14), (512, 3)):
        for block in range(blocks):
            stride = 1 if block else 2
            y = prelu(graph.convolution(batch_normalized(x, width), width, outputs, 3), outputs)
            y = graph.convolution(y, outputs, outputs, 3, stride, gain=0.3)
            if not block:
                x = graph.convolution(x, width, outputs, 1, stride)
            x, width = graph("Add", y, x), outputs
    x = graph("Flatten", batch_normalized(x, width), axis=1)
    inputs = width * 7 * 7
    graph("Gemm", x, graph.weights(512, inputs, deviation=inputs ** -0.5), np.zeros(512, np.float32), transB=1,
          output="683")
    graph.save(folder / "recognition/model.onnx", [("input.1", FLOAT, ["faces", 3, 112, 112])],
               [("683", FLOAT, ["faces", 512])], "fovea")


def side_files(folder, demo):
    """Preprocessing and tokenizer are CLIP's own, as the demo pack has them."""
    clip = demo / "clip/demo-clip"
    for name in ("config.json", "visual/preprocess_cfg.json", "textual/tokenizer.json",
                 "textual/tokenizer_config.json"):
        shutil.copy(clip / name, folder / name)


def check(folder):
    """Runs each graph once: what is not finite could be refused by a service, and cost less or more."""
    import onnxruntime

    random = np.random.default_rng(SEED)
    picture = random.standard_normal((1, 3, 640, 640), dtype=np.float32)
    inputs = {
        f"clip/{CLIP}/visual": picture[:, :, :224, :224],
        f"clip/{CLIP}/textual": np.array([[49406, 320, 49407] + [0] * 74], np.int32),
        f"facial-recognition/{FACE_PACK}/detection": picture,
        f"facial-recognition/{FACE_PACK}/recognition": picture[:, :, :112, :112],
    }
    for name, value in inputs.items():
        session = onnxruntime.InferenceSession(folder / name / "model.onnx", providers=["CPUExecutionProvider"])
        outputs = session.run(None, {session.get_inputs()[0].name: value})
        if not all(np.isfinite(output).all() for output in outputs):
            raise SystemExit(f"{name} answers with numbers that are not finite")
        if name.endswith("detection") and sum((output > 0.7).sum() for output in outputs[:3]) != FACES:
            raise SystemExit(f"{name} does not find {FACES} faces")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--demo-models", type=pathlib.Path, required=True)
    arguments.add_argument("--output", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    clip = options.output / "clip" / CLIP
    clip_image(clip)
    clip_text(clip)
    side_files(clip, options.demo_models)
    faces = options.output / "facial-recognition" / FACE_PACK
    detection(faces)
    recognition(faces)
    check(options.output)
    for name in DEMO:
        link = options.output / name
        link.parent.mkdir(parents=True, exist_ok=True)
        # Absolute, because the folder is moved into its place when it is whole.
        link.symlink_to((options.demo_models / name).resolve())


if __name__ == "__main__":
    main()
