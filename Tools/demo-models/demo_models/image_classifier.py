"""EfficientNet-Lite2, a classifier of ImageNet's 1000 classes, as a part of an ONNX graph.

Layers as in TensorFlow's EfficientNet-Lite; batch normalisations are folded into the convolutions.
"""

from __future__ import annotations

import numpy as np

from .graph import GraphBuilder, Value

# What OpenAI's CLIP, whose preprocessing the service applies, subtracts and divides by.
CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073]
CLIP_STD = [0.26862954, 0.26130258, 0.27577711]

STAGE_STRIDES = [1, 2, 2, 2, 1, 2, 1]
STEM_CHANNELS = 32
BATCH_NORM_EPSILON = 1e-3


def add_logits(graph: GraphBuilder, weights: dict[str, np.ndarray], image: Value) -> Value:
    """Adds the classifier; image is [1, 3, 224, 224] as normalised for CLIP, the result [1, 1000]."""
    mean = np.array(CLIP_MEAN, np.float32).reshape(1, 3, 1, 1)
    std = np.array(CLIP_STD, np.float32).reshape(1, 3, 1, 1)
    # From CLIP's normalisation to the classifier's, (255 v - 127) / 128.
    scaled = graph("Mul", image, std * 255 / 128)
    x = graph("Add", scaled, (mean * 255 - 127) / 128)
    network = _Network(graph, weights)
    x = network.convolution(x, "_conv_stem", "_bn0", stride=2)
    x = network.blocks(x)
    x = network.convolution(x, "_conv_head", "_bn1", stride=1)
    features = graph("Flatten", graph("GlobalAveragePool", x), axis=1)
    return graph("Gemm", features,
                 graph.constant(weights["_fc.weight"]), graph.constant(weights["_fc.bias"]), transB=1)


class _Network:
    def __init__(self, graph: GraphBuilder, weights: dict[str, np.ndarray]) -> None:
        self.graph = graph
        self.weights = weights

    def blocks(self, x: Value) -> Value:
        """The inverted residual blocks. A stage begins where the number of channels changes."""
        channels_in, stage, block = STEM_CHANNELS, -1, 0
        previous = None
        while f"_blocks.{block}._depthwise_conv.weight" in self.weights:
            prefix = f"_blocks.{block}."
            channels = self.weights[prefix + "_project_conv.weight"].shape[0]
            first = channels != previous
            stage += first
            stride = STAGE_STRIDES[stage] if first else 1
            y = self._block(x, prefix, stride)
            x = self.graph("Add", y, x) if stride == 1 and channels == channels_in else y
            previous = channels_in = channels
            block += 1
        return x

    def _block(self, x: Value, prefix: str, stride: int) -> Value:
        if prefix + "_expand_conv.weight" in self.weights:
            x = self.convolution(x, prefix + "_expand_conv", prefix + "_bn0", stride=1)
        groups = self.weights[prefix + "_depthwise_conv.weight"].shape[0]
        x = self.convolution(x, prefix + "_depthwise_conv", prefix + "_bn1", stride, groups)
        return self.convolution(x, prefix + "_project_conv", prefix + "_bn2", stride=1, activate=False)

    def convolution(self, x: Value, name: str, norm: str, stride: int, groups: int = 1,
                    activate: bool = True) -> Value:
        weight = self.weights[name + ".weight"]
        gain = self.weights[norm + ".weight"] / np.sqrt(self.weights[norm + ".running_var"] + BATCH_NORM_EPSILON)
        bias = self.weights[norm + ".bias"] - self.weights[norm + ".running_mean"] * gain
        y = self.graph("Conv", x,
                       self.graph.constant((weight * gain[:, None, None, None]).astype(np.float32)),
                       self.graph.constant(bias.astype(np.float32)),
                       kernel_shape=list(weight.shape[2:]), strides=[stride] * 2, group=groups,
                       auto_pad="SAME_UPPER")
        return self.graph("Clip", y, np.float32(0), np.float32(6)) if activate else y
