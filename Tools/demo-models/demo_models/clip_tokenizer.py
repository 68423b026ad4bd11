"""OpenAI CLIP's tokenizer as Hugging Face files, made from OpenCLIP's list of merges.

The vocabulary is the 256 bytes, each written as one printable character, the same with the
end-of-word mark, one token per merge and the two special tokens.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

VOCABULARY_SIZE = 49408
MERGES = VOCABULARY_SIZE - 2 * 256 - 2
START, END = 49406, 49407
END_OF_WORD = "</w>"
SPLIT = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def byte_characters() -> dict[int, str]:
    """GPT-2's printable character for every byte, in the vocabulary's order."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    characters = printable + [256 + index for index in range(len(others))]
    return {byte: chr(character) for byte, character in zip(printable + others, characters)}


def build(merges_path: Path, folder: Path) -> None:
    """Writes tokenizer.json and tokenizer_config.json."""
    lines = gzip.decompress(merges_path.read_bytes()).decode().split("\n")
    merges = lines[1:1 + MERGES]  # after a version line
    characters = list(byte_characters().values())
    tokens = characters + [character + END_OF_WORD for character in characters]
    tokens += [merge.replace(" ", "") for merge in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    if len(vocabulary) != VOCABULARY_SIZE:
        raise ValueError(f"{merges_path} gives {len(vocabulary)} tokens, not {VOCABULARY_SIZE}")

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = json.dumps(_tokenizer(vocabulary, merges), ensure_ascii=False)
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>",
        "pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
        "model_max_length": 77, "do_lower_case": True, "tokenizer_class": "CLIPTokenizer",
    }, indent=1), encoding="utf-8")


def _tokenizer(vocabulary: dict[str, int], merges: list[str]) -> dict:
    def special(index: int, content: str, normalized: bool) -> dict:
        return {"id": index, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": normalized, "special": True}

    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(START, "<|startoftext|>", True), special(END, "<|endoftext|>", False)],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"},
            {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
            {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": SPLIT}, "behavior": "Removed", "invert": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", END],
                           "cls": ["<|startoftext|>", START], "trim_offsets": False,
                           "add_prefix_space": False},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<|endoftext|>",
                  "continuing_subword_prefix": "", "end_of_word_suffix": END_OF_WORD, "fuse_unk": False,
                  "byte_fallback": False, "ignore_merges": False, "vocab": vocabulary, "merges": merges},
    }
