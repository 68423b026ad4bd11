"""Reads the nouns of WordNet 3.0 (Debian's wordnet-base, /usr/share/wordnet/data.noun)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HYPERNYMS = ("@", "@i")  # the pointers to the next broader notion


@dataclass(frozen=True)
class Synset:
    """A notion: its words and the offsets of the broader notions."""

    words: list[str]
    hypernyms: list[int]


def read(path: Path) -> dict[int, Synset]:
    """All notions by their offset. The format is described in wndb(5WN)."""
    synsets = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):  # the licence
            continue
        fields = line.split("|")[0].split()
        offset, word_count = int(fields[0]), int(fields[3], 16)
        words = [fields[4 + 2 * index].replace("_", " ") for index in range(word_count)]
        start = 4 + 2 * word_count
        pointers = [fields[start + 1 + 4 * index:start + 5 + 4 * index] for index in range(int(fields[start]))]
        hypernyms = [int(target) for symbol, target, *_ in pointers if symbol in HYPERNYMS]
        synsets[offset] = Synset(words, hypernyms)
    return synsets
