#!/usr/bin/env python3
"""Writes the tokenizers of the test fixtures as inputs for the fuzzer.

A fuzzer changes bytes anywhere, and tries small inputs far more often. So
vocabularies, which are most of a file, are cut down to a few entries; what
there is one of each kind stays whole.

    Tools/fuzz/seeds.py OUT_DIR
"""

import gzip
import json
import pathlib
import re
import sys

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests/Fixtures/tokenizers"
# Entries that a vocabulary keeps, beside single characters of the usual texts.
MOST_ENTRIES = 24
# A longer table makes way for the normalizer that it is mostly a copy of.
LONGEST_TABLE = 3000


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def is_kept(token, index, specials):
    return index < MOST_ENTRIES or token in specials or token in "abcehotu▁Ġ"


def cut_vocabulary(tokenizer):
    model = tokenizer["model"]
    specials = {token["content"] for token in tokenizer.get("added_tokens") or []} | {model.get("unk_token")}
    vocabulary = model["vocab"]
    if isinstance(vocabulary, list):
        model["vocab"] = [
            entry for index, entry in enumerate(vocabulary) if is_kept(entry[0], index, specials)
        ]
        return
    by_id = sorted(vocabulary, key=vocabulary.get)
    kept = {token for index, token in enumerate(by_id) if is_kept(token, index, specials)}
    merges = []
    for merge in model.get("merges") or []:
        parts = merge.split(" ") if isinstance(merge, str) else merge
        if len(merges) < MOST_ENTRIES and all(len(part) <= 2 for part in parts):
            merges.append(merge)
            kept |= {*parts, "".join(parts)} & vocabulary.keys()
    model["vocab"] = {token: vocabulary[token] for token in by_id if token in kept}
    if "merges" in model:
        model["merges"] = merges


def without_long_tables(value):
    if isinstance(value, list):
        return [without_long_tables(element) for element in value]
    if isinstance(value, dict):
        if len(value.get("precompiled_charsmap") or "") > LONGEST_TABLE:
            return {"type": "NFKC"}
        return {key: without_long_tables(element) for key, element in value.items()}
    return value


def tokenizers():
    for case in read(FIXTURES / "components.json.gz")["cases"]:
        yield case["name"], case["tokenizer"]
    for path in sorted(FIXTURES.glob("*/tokenizer.json.gz")):
        yield path.parent.name, read(path)


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for number, (name, tokenizer) in enumerate(tokenizers()):
        # The components' own case for this vocabulary.
        if "byte_fallback" not in name:
            cut_vocabulary(tokenizer)
        text = json.dumps(without_long_tables(tokenizer), ensure_ascii=False, separators=(",", ":"))
        name = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        (out / f"{number:03}-{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
