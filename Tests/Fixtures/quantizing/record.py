"""Prints what onnxruntime.quantization makes of one matrix product.

The numbers are typed into Tests/FoveaGraphsTests/Quantizing/QuantizedAnswersTests.swift.
Recorded with onnx 1.23.2, onnxruntime 1.31.1 and numpy 2.4.6:

    pip install onnx onnxruntime && python3 record.py
"""
import os
import tempfile

import numpy as np
import onnx
import onnxruntime as ort
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

SIZE = 128
row, column = np.arange(SIZE)[:, None], np.arange(SIZE)[None, :]
weights = ((37 * row + 11 * column) % 101 - 50).astype(np.float32) / np.float32(64)
weights = weights * ((column % 5 + 1).astype(np.float32) / np.float32(8))
place = np.arange(SIZE)
inputs = np.stack([((13 * place) % 29 - 9) / 8, ((7 * place) % 31 - 11) / 16]).astype(np.float32)
bias = (place / 32).astype(np.float32)

products = {
    "MatMul": (helper.make_node("MatMul", ["a", "w"], ["y"], name="n"), {"w": weights}),
    "Gemm": (
        helper.make_node("Gemm", ["a", "w", "c"], ["y"], name="n", transB=1),
        {"w": np.ascontiguousarray(weights.T), "c": bias},
    ),
}
for name, (node, constants) in products.items():
    graph = helper.make_graph(
        [node], "g",
        [helper.make_tensor_value_info("a", 1, [2, SIZE])],
        [helper.make_tensor_value_info("y", 1, [2, SIZE])],
        [numpy_helper.from_array(value, key) for key, value in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    folder = tempfile.mkdtemp()
    source, target = os.path.join(folder, "a.onnx"), os.path.join(folder, "b.onnx")
    onnx.save(model, source)
    for reduce_range in (False, True):
        quantize_dynamic(
            source, target, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True,
            reduce_range=reduce_range, weight_type=QuantType.QInt8, extra_options={"WeightSymmetric": True})
        print(name, "reduced" if reduce_range else "full")
        for tensor in onnx.load(target).graph.initializer:
            values = numpy_helper.to_array(tensor)
            if tensor.name == "w_scale":
                print("  scales", values[:5].tolist())
            if tensor.name == "w_quantized":
                whole = values.astype(np.int64)
                places = np.arange(whole.size).reshape(whole.shape) % 251
                print("  bytes", whole.ravel()[:8].tolist(), whole.sum(), (whole * places).sum())
        session = ort.InferenceSession(target, providers=["CPUExecutionProvider"])
        answer = session.run(None, {"a": inputs})[0]
        print("  answers", answer[0, :6].tolist(), answer[1, -4:].tolist())
