#!/usr/bin/env python3
"""Copies models with random weights without these weights, for fill.py to make others of the same kind.

    hollow.py MODELS OUTPUT NAME [NAME ...]    NAME: a model's folder in MODELS, as clip/random-ViT-B-32

Random weights hardly compress, and what they are makes no difference to what a model costs. Small tensors stay: some
of them are no noise.
"""

import argparse
import json
import pathlib
import shutil

import onnx
from onnx import numpy_helper

LEAST_BYTES = 1 << 18


def hollow(source, target):
    model = onnx.load(source)
    places, offset = [], 0
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != "float32" or values.nbytes < LEAST_BYTES:
            continue
        places.append({"count": values.size, "mean": float(values.mean()), "deviation": float(values.std())})
        tensor.ClearField("raw_data")
        tensor.ClearField("float_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", "weights.bin"), ("offset", offset), ("length", values.nbytes)):
            entry = tensor.external_data.add()
            entry.key, entry.value = key, str(value)
        offset += values.nbytes
    target.write_bytes(model.SerializeToString())
    target.with_name("weights.json").write_text(json.dumps(places))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("names", nargs="+", metavar="name")
    arguments = parser.parse_args()
    for name in arguments.names:
        source = arguments.models / name
        # Side files lie in the model's folder and in those of its parts; what engines keep there, deeper.
        for file in [*source.glob("*"), *source.glob("*/*")]:
            if not file.is_file():
                continue
            target = arguments.output / name / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.name == "model.onnx":
                hollow(file, target)
            else:
                shutil.copy(file, target)


if __name__ == "__main__":
    main()
