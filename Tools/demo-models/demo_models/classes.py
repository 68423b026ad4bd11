"""Where ImageNet's 1000 classes lie among the text vectors.

A class lies at its name and, with falling weight, at the words of the broader notions that WordNet
knows, so that a picture of an Egyptian cat is also found as cat, feline and animal.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Iterator

import numpy as np

from . import wordnet
from .vocabulary import TextEmbedder

DEPTH = 6  # steps up from the class
OWN_WORDS_WEIGHT = 0.6
FALL = 0.8  # the weight's factor per step
CENTRING = 0.5  # the share of the classes' mean that is taken away

# Notions too broad to search for.
TOO_BROAD = frozenset("""
    abstraction; act; agency; animate thing; artefact; artifact; attribute; being; causal agent; cause;
    chordate; commodity; construction; consumer goods; conveyance; covering; craniate; creation; deed;
    device; entity; equipment; eutherian; eutherian mammal; event; food; food product; foodstuff; good;
    group; grouping; human action; human activity; implement; instrumentality; instrumentation;
    living thing; mammalian; material; matter; nutrient; object; organism; part; physical entity;
    physical object; piece; placental; placental mammal; product; psychological feature; relation; solid;
    state; structure; stuff; substance; thing; trade good; unit; vertebrate; way; whole
    """.replace("\n    ", " ").strip().split("; "))


def names(metadata: Path) -> list[str]:
    """OpenCLIP's class names, read from its source without running it."""
    for node in ast.parse(metadata.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "IMAGENET_CLASSNAMES":
            return ast.literal_eval(node.value)
    raise ValueError(f"{metadata} has no IMAGENET_CLASSNAMES")


def vectors(class_names: list[str], synset_ids: list[str], nouns: Path, embedder: TextEmbedder) -> np.ndarray:
    """The vectors float32 [1000, 384]; synset_ids like n01440764 are in the order of the names."""
    synsets = wordnet.read(nouns)
    terms = [(index, term, weight)
             for index, (name, synset_id) in enumerate(zip(class_names, synset_ids, strict=True))
             for term, weight in _terms(name, int(synset_id[1:]), synsets)]
    unique = sorted({term for _, term, _ in terms})
    embedding = dict(zip(unique, embedder.embed(unique)))
    result = np.zeros((len(class_names), len(embedding[unique[0]])), np.float32)
    for index, term, weight in terms:
        result[index] += weight * embedding[term]
    result /= np.linalg.norm(result, axis=1, keepdims=True) + 1e-9
    result -= result.mean(0) * CENTRING
    return result


def _terms(name: str, offset: int, synsets: dict[int, wordnet.Synset]) -> Iterator[tuple[str, float]]:
    yield name, 1.0
    level = [offset]
    for step in range(DEPTH + 1):
        words = [word for notion in level for word in synsets[notion].words if word.lower() not in TOO_BROAD]
        weight = OWN_WORDS_WEIGHT if step == 0 else FALL ** step
        for word in words:
            yield word, weight / len(words)
        level = [broader for notion in level for broader in synsets[notion].hypernyms]
