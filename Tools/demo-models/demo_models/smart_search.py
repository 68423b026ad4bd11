"""Smart search: an image and a text encoder that share one space (ConSE, Norouzi et al. 2013).

A picture lies at the mean of the class vectors, weighted by the classifier's probabilities; a text at
the sum of its tokens' vectors. Both are brought to length 1 and to CLIP's 512 numbers by zeros.
The files are laid out as those of a CLIP model.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from . import image_classifier
from .graph import FLOAT, INT32, GraphBuilder, Value

EMBEDDING, DIMENSIONS = 512, 384
SIDE, CONTEXT = 224, 77
PRODUCER = "immich-standin"


def build_visual(classifier_weights: dict[str, np.ndarray], class_vectors: np.ndarray, path: Path) -> None:
    """image, float32 [1, 3, 224, 224], to embedding, float32 [1, 512]."""
    graph = GraphBuilder("conse_visual")
    logits = image_classifier.add_logits(graph, classifier_weights, "image")
    temperature = np.float32(1)
    probabilities = graph("Softmax", graph("Mul", logits, temperature), axis=-1)
    mean = graph("MatMul", probabilities, graph.constant(class_vectors))
    _finish(graph, mean)
    graph.save(path, inputs=[("image", FLOAT, [1, 3, SIDE, SIDE])],
               outputs=[("embedding", FLOAT, [1, EMBEDDING])], producer=PRODUCER)


def build_textual(table: np.ndarray, path: Path) -> None:
    """text, token ids as int32 [1, 77], to embedding, float32 [1, 512]."""
    graph = GraphBuilder("conse_textual")
    tokens = graph("Gather", graph.constant(table.astype(np.float16)), "text")
    tokens = graph("Cast", tokens, to=FLOAT)
    total = graph("ReduceSum", tokens, np.array([1], np.int64), keepdims=0)
    _finish(graph, total)
    graph.save(path, inputs=[("text", INT32, [1, CONTEXT])],
               outputs=[("embedding", FLOAT, [1, EMBEDDING])], producer=PRODUCER)


def write_configuration(folder: Path) -> None:
    """The configuration files that Immich exports along with a CLIP model."""
    (folder / "config.json").write_text(json.dumps({
        "embed_dim": EMBEDDING,
        "vision_cfg": {"image_size": SIDE, "layers": 12, "width": 768, "patch_size": 32},
        "text_cfg": {"context_length": CONTEXT, "vocab_size": 49408, "width": 512, "heads": 8, "layers": 12},
    }))
    (folder / "visual" / "preprocess_cfg.json").write_text(json.dumps({
        "size": [SIDE, SIDE], "mode": "RGB",
        "mean": image_classifier.CLIP_MEAN, "std": image_classifier.CLIP_STD,
        "interpolation": "bicubic", "resize_mode": "shortest", "fill_color": 0,
    }))


def _finish(graph: GraphBuilder, x: Value) -> None:
    """Adds the output: x at length 1, then zeros."""
    length = graph("ReduceL2", x, axes=[1], keepdims=1)
    unit = graph("Div", x, graph("Add", length, np.float32(1e-9)))
    graph("Pad", unit, np.array([0, 0, 0, EMBEDDING - DIMENSIONS], np.int64), output="embedding")
