"""Reads the weights of a PyTorch checkpoint (.pth in the format before 1.6) without PyTorch.

Such a file is a row of pickles: a magic number, a protocol version, facts about the writing machine,
the dictionary of tensors and the list of storage keys; then, for every key, the number of elements
and the elements. A pickle can name any Python function to be called, so only the few names that
describe tensors are let through; anything else is an error.
"""

from __future__ import annotations

import collections
import pickle
import struct
from pathlib import Path

import numpy as np

STORAGES = {"FloatStorage": np.float32, "LongStorage": np.int64}


class _Tensor(collections.namedtuple("_Tensor", "storage offset shape strides")):
    """A view of a storage, as `_rebuild_tensor_v2` describes it; offset and strides in elements."""


class _Storage(collections.namedtuple("_Storage", "type key count")):
    pass


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str):
        if name in STORAGES:
            return name
        if name == "_rebuild_tensor_v2":
            return lambda storage, offset, shape, strides, *_: _Tensor(storage, offset, shape, strides)
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        raise pickle.UnpicklingError(f"the checkpoint wants {module}.{name}, which no tensor needs")

    def persistent_load(self, reference: tuple):
        _, storage_type, key, _, count = reference[:5]
        return _Storage(storage_type, key, count)


def read(path: Path) -> dict[str, np.ndarray]:
    """The tensors by name."""
    with path.open("rb") as file:
        for _ in ("magic number", "protocol version", "system facts"):
            _Unpickler(file).load()
        tensors: dict[str, _Tensor] = _Unpickler(file).load()
        keys: list[str] = _Unpickler(file).load()
        types = {tensor.storage.key: STORAGES[tensor.storage.type] for tensor in tensors.values()}
        storages = {}
        for key in keys:
            (count,) = struct.unpack("<q", file.read(8))
            storages[key] = np.fromfile(file, types[key], count)
    return {name: _array(tensor, storages[tensor.storage.key]) for name, tensor in tensors.items()}


def _array(tensor: _Tensor, storage: np.ndarray) -> np.ndarray:
    last = tensor.offset + sum((side - 1) * stride for side, stride in zip(tensor.shape, tensor.strides))
    if last >= storage.size:
        raise ValueError("a tensor reaches beyond its storage")
    strides = [stride * storage.itemsize for stride in tensor.strides]
    return np.lib.stride_tricks.as_strided(storage[tensor.offset:], tensor.shape, strides).copy()
