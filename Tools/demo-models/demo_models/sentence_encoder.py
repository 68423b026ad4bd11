"""all-MiniLM-L6-v2, a small sentence encoder: text to 384 numbers of length 1.

It serves at build time only: it says what each entry of CLIP's vocabulary means.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Callable

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from .graph import FLOAT, INT32, INT64, GraphBuilder, Value

HIDDEN, HEADS, LAYERS = 384, 12, 6
MAXIMUM = 16  # tokens; what is encoded here is words and class names
BUCKETED = 6  # up to so many tokens, texts of the same length are run without padding
BATCH = 256
PADDING = 0  # the id of [PAD]


class SentenceEncoder:
    def __init__(self, weights: Path, tokenizer: Path) -> None:
        self._weights = {name.removeprefix("bert."): array for name, array in load_file(weights).items()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAXIMUM)

    def encode(self, texts: list[str], progress: Callable[[int, int], None]) -> np.ndarray:
        """The embeddings [texts, 384], each of length 1; texts are cut after 16 tokens.

        Texts of equal length run together, without padding: five times less to compute for a
        vocabulary, where most have three or four tokens.
        """
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        buckets: dict[int, list[int]] = defaultdict(list)
        for index, tokens in enumerate(ids):
            buckets[len(tokens) if len(tokens) <= BUCKETED else MAXIMUM].append(index)
        result = np.empty((len(texts), HIDDEN), np.float32)
        done = 0
        for length, members in sorted(buckets.items()):
            session = self._session(length)
            for start in range(0, len(members), BATCH):
                batch = members[start:start + BATCH]
                rows = np.full((len(batch), length), PADDING, np.int32)
                for row, index in zip(rows, batch):
                    row[:len(ids[index])] = ids[index]
                result[batch] = session.run(None, {"text": rows})[0]
                done += len(batch)
                progress(done, len(texts))
        return result

    def _session(self, length: int) -> onnxruntime.InferenceSession:
        # The length is fixed in the graph: ONNX Runtime fuses fewer operators where it is not, and
        # then rounds otherwise than for the recorded pack.
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others may want the cores
        model = _model(self._weights, length).SerializeToString()
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _model(weights: dict[str, np.ndarray], length: int) -> onnx.ModelProto:
    """BERT with mean pooling: text int32 [N, length] to embedding float32 [N, 384]."""
    graph = GraphBuilder("minilm")
    ids = graph("Cast", "text", to=INT64)
    present = graph("Cast", graph("Not", graph("Equal", ids, np.int64(PADDING))), to=FLOAT)
    absence = graph("Mul", graph("Sub", np.float32(1), present), np.float32(-10000))
    attention_bias = graph("Unsqueeze", absence, np.array([1, 2], np.int64))

    bert = _Bert(graph, weights)
    x = bert.embeddings(ids, length)
    for layer in range(LAYERS):
        x = bert.layer(x, f"encoder.layer.{layer}.", attention_bias)

    mask = graph("Unsqueeze", present, np.array([2], np.int64))
    total = graph("ReduceSum", graph("Mul", x, mask), np.array([1], np.int64), keepdims=0)
    count = graph("ReduceSum", mask, np.array([1], np.int64), keepdims=0)
    mean = graph("Div", total, count)
    graph("Div", mean, graph("ReduceL2", mean, axes=[1], keepdims=1), output="embedding")
    return graph.model(inputs=[("text", INT32, ["N", length])],
                       outputs=[("embedding", FLOAT, ["N", HIDDEN])], producer="demo_models")


class _Bert:
    def __init__(self, graph: GraphBuilder, weights: dict[str, np.ndarray]) -> None:
        self.graph = graph
        self.weights = weights

    def embeddings(self, ids: Value, length: int) -> Value:
        words = self.graph("Gather", self._weight("embeddings.word_embeddings.weight"), ids)
        positions = (self.weights["embeddings.position_embeddings.weight"][:length]
                     + self.weights["embeddings.token_type_embeddings.weight"][0])
        return self._norm(self.graph("Add", words, self.graph.constant(positions[None])), "embeddings.LayerNorm")

    def layer(self, x: Value, prefix: str, attention_bias: Value) -> Value:
        graph = self.graph
        attention = prefix + "attention."
        query = self._heads(self._linear(x, attention + "self.query"), [0, 2, 1, 3])
        key = self._heads(self._linear(x, attention + "self.key"), [0, 2, 3, 1])
        value = self._heads(self._linear(x, attention + "self.value"), [0, 2, 1, 3])
        scores = graph("Div", graph("MatMul", query, key), np.float32(np.sqrt(HIDDEN // HEADS)))
        shares = graph("Softmax", graph("Add", scores, attention_bias), axis=-1)
        mixed = graph("Transpose", graph("MatMul", shares, value), perm=[0, 2, 1, 3])
        mixed = graph("Reshape", mixed, np.array([0, 0, HIDDEN], np.int64))
        attended = self._linear(mixed, attention + "output.dense")
        x = self._norm(graph("Add", attended, x), attention + "output.LayerNorm")
        wide = self._gelu(self._linear(x, prefix + "intermediate.dense"))
        return self._norm(graph("Add", self._linear(wide, prefix + "output.dense"), x),
                          prefix + "output.LayerNorm")

    def _weight(self, name: str) -> Value:
        return self.graph.constant(self.weights[name])

    def _linear(self, x: Value, name: str) -> Value:
        product = self.graph("MatMul", x, self.graph.constant(self.weights[name + ".weight"].T))
        return self.graph("Add", self._weight(name + ".bias"), product)

    def _norm(self, x: Value, name: str) -> Value:
        return self.graph("LayerNormalization", x, self._weight(name + ".weight"), self._weight(name + ".bias"),
                          axis=-1, epsilon=1e-12)

    def _heads(self, x: Value, order: list[int]) -> Value:
        split = self.graph("Reshape", x, np.array([0, 0, HEADS, HIDDEN // HEADS], np.int64))
        return self.graph("Transpose", split, perm=order)

    def _gelu(self, x: Value) -> Value:
        erf = self.graph("Erf", self.graph("Div", x, np.float32(np.sqrt(2))))
        return self.graph("Mul", self.graph("Mul", x, self.graph("Add", erf, np.float32(1))), np.float32(0.5))
