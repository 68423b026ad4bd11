"""What each entry of CLIP's vocabulary means: a vector per token, from which texts get theirs.

A token's vector is the sentence encoder's embedding of the token's text, less the mean over whole
words (what all words have in common), of length 1, times a weight that grows with the token's rank:
frequent tokens say little (smooth inverse frequency). A text's vector is the sum over its tokens.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from . import clip_tokenizer
from .clip_tokenizer import END_OF_WORD, START, VOCABULARY_SIZE

RANK_SCALE = 400
BYTE_WEIGHT = 0.2  # single bytes are mostly parts of words


def token_texts(tokenizer: Path) -> list[str]:
    """The text of every token; empty for special tokens and for parts of characters."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    byte_of = {character: byte for byte, character in clip_tokenizer.byte_characters().items()}
    texts = [""] * VOCABULARY_SIZE
    for token, index in vocabulary.items():
        if not token.startswith("<|"):
            characters = token.replace(END_OF_WORD, "")
            texts[index] = bytes(byte_of[c] for c in characters).decode("utf-8", "ignore").strip()
    return texts


def token_table(tokenizer: Path, embeddings: np.ndarray) -> np.ndarray:
    """The weighted vectors float32 [49408, 384] from the embeddings of the tokens' texts."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    whole_word = np.zeros(VOCABULARY_SIZE, bool)
    for token, index in vocabulary.items():
        whole_word[index] = token.endswith(END_OF_WORD)

    table = embeddings - embeddings[whole_word].mean(0)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-6
    weights = np.log(1 + np.arange(VOCABULARY_SIZE) / RANK_SCALE).astype(np.float32)
    weights[:256] *= BYTE_WEIGHT
    table *= weights[:, None]
    table[START:] = 0  # the special tokens are in every text
    return table


class TextEmbedder:
    """Embeds texts as the finished text encoder does."""

    def __init__(self, tokenizer: Path, table: np.ndarray) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._table = table

    def embed(self, texts: list[str]) -> np.ndarray:
        sums = np.stack([self._table[self._tokenizer.encode(text).ids].sum(0) for text in texts])
        return sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)
