"""Face detection: SCRFD-2.5G with the inputs and outputs of InsightFace's buffalo detectors.

The package's graph has a fixed input size and outputs [1, n, k]. Here height and width become free,
and the nine outputs lose their leading axis and get the names that InsightFace's files have:
scores, boxes and key points, each for the strides 8, 16 and 32.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# In the order of the package's outputs; the buffalo_m detector's numbers.
OUTPUT_NAMES = ["448", "471", "494", "451", "474", "497", "454", "477", "500"]
INNER_PREFIX = "s/"  # keeps the graph's own, partly numeric names apart from the output names


def build(source: Path, model_path: Path) -> None:
    model = onnx.load(source)
    graph = model.graph
    _free_input_size(graph)
    _upsample_by_scale(graph)
    _prefix_names(graph)
    _unbatch_outputs(graph)
    _drop_unused(graph)
    onnx.checker.check_model(model)
    model_path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, model_path)


def _free_input_size(graph: onnx.GraphProto) -> None:
    shape = graph.input[0].type.tensor_type.shape
    for axis, name in ((2, "?h"), (3, "?w")):
        shape.dim[axis].ClearField("dim_value")
        shape.dim[axis].dim_param = name


def _upsample_by_scale(graph: onnx.GraphProto) -> None:
    """The two upsamplings are stored with fixed target sizes; both double the side."""
    graph.initializer.append(numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "up_x2"))
    for node in graph.node:
        if node.op_type == "Resize":
            node.input[:] = [node.input[0], node.input[1], "up_x2"]


def _prefix_names(graph: onnx.GraphProto) -> None:
    keep = {graph.input[0].name, ""}
    for node in graph.node:
        node.input[:] = [name if name in keep else INNER_PREFIX + name for name in node.input]
        node.output[:] = [INNER_PREFIX + name for name in node.output]
    for value in [*graph.initializer, *graph.output]:
        value.name = INNER_PREFIX + value.name


def _unbatch_outputs(graph: onnx.GraphProto) -> None:
    outputs = list(graph.output)
    del graph.output[:]
    for output, name in zip(outputs, OUTPUT_NAMES, strict=True):
        columns = output.type.tensor_type.shape.dim[2].dim_value
        graph.node.append(helper.make_node("Squeeze", [output.name], [name], axes=[0]))
        graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["?n" + name, columns]))


def _drop_unused(graph: onnx.GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    live = [constant for constant in graph.initializer if constant.name in used]
    del graph.initializer[:]
    graph.initializer.extend(live)
    del graph.value_info[:]  # shapes of the fixed input size
