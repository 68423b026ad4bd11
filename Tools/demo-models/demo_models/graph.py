"""A small builder of ONNX graphs: nodes are added by calling it, constants by passing arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Value = str  # the name of a tensor in the graph

FLOAT = TensorProto.FLOAT
INT32 = TensorProto.INT32
INT64 = TensorProto.INT64


class GraphBuilder:
    """Collects the nodes and constants of one graph.

    `graph("Add", x, y)` adds a node and returns the name of its output; arrays among the inputs
    become constants. Every name carries a running number. The names have no meaning, but they are
    part of the file's bytes, and those are pinned in SHA256SUMS.
    """

    def __init__(self, name: str, opset: int = 17, first_number: int = 0) -> None:
        self.name = name
        self.opset = opset
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._number = first_number
        self._shared: dict[tuple, Value] = {}

    def constant(self, array: np.ndarray) -> Value:
        """Adds a constant; small equal ones are stored once."""
        array = np.asarray(array, order="C")
        key = (array.dtype.str, array.shape, array.tobytes()) if self._shares(array) else None
        if key in self._shared:
            return self._shared[key]
        self._number += 1
        name = self._constant_name()
        self.constants.append(numpy_helper.from_array(array, name))
        if key is not None:
            self._shared[key] = name
        return name

    def __call__(self, operator: str, *inputs: Value | np.ndarray, output: Value | None = None,
                 **attributes) -> Value:
        """Adds a node with one output and returns the output's name."""
        self._number += 1
        result = output or self._output_name(operator)
        names = [value if isinstance(value, str) else self.constant(value) for value in inputs]
        self.nodes.append(helper.make_node(operator, names, [result],
                                           name=self._node_name(operator), **attributes))
        return result

    def model(self, inputs: list[tuple], outputs: list[tuple], producer: str) -> onnx.ModelProto:
        """The finished model; inputs and outputs are (name, element type, shape)."""
        graph = helper.make_graph(
            self.nodes, self.name,
            [helper.make_tensor_value_info(*value) for value in inputs],
            [helper.make_tensor_value_info(*value) for value in outputs],
            self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)],
                                  ir_version=8, producer_name=producer)
        onnx.checker.check_model(model)
        return model

    def save(self, path: Path, inputs: list[tuple], outputs: list[tuple], producer: str) -> None:
        """Writes the finished model to a file."""
        model = self.model(inputs, outputs, producer)
        path.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(model, path)

    def _shares(self, array: np.ndarray) -> bool:
        return array.size <= 64

    def _constant_name(self) -> str:
        return f"const_{self._number}"

    def _output_name(self, operator: str) -> Value:
        return f"{operator}_{self._number}"

    def _node_name(self, operator: str) -> str | None:
        return f"/{operator}_{self._number}"
