"""Records what Hugging Face tokenizers make of small tokenizers, one for each component.

    pip install tokenizers==0.23.1
    python3 record.py | gzip -9n > components.json.gz

Each case is a whole tokenizer.json, and the ids of every text. To show what a normalizer or a
pre-tokenizer does, the model is one that knows single bytes only, and pieces are marked by a
Metaspace behind the pre-tokenizer, so the ids spell the pieces.
"""

import base64
import json
import os
import struct
import sys

from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers import models as M
from tokenizers import normalizers as N
from tokenizers import pre_tokenizers as P
from tokenizers import processors as PP

TEXTS = [
    "",
    " ",
    "a photo of a cat",
    "  The the\tCAT\u00a0 sat\r\non  it. ",
    "don't we'll I'VE 'tis",
    "aaaaaaa abcabc ab bc",
    "12 345.67 x² ½ Ⅷ ٣٤",
    "naïve façade e\u0301 a\u0323\u0302 n\u0303\u0327",
    "北京写真を撮る 사진 \u1109\u1161\u110c\u1175\u11ab",
    "👨\u200d👩\u200d👧 👍🏽 🇩🇪 ❤\ufe0f",
    "ﬁne ｆｕｌｌ ㎏ ﷺ ﾊﾟ Å \u212b",
    "ΣΊΣΥΦΟΣ İSTANBUL ſtraße K",
    "a,b;c -- d_e (f) [g] {h} $5 + #6 «i» „j“",
    "x\u0000y\u0001\u007f\u0085\u200b\ufeff\ufffd\ue000\u00adz",
    "<s>the </s> cat<mask>  dog [UNK] THE a<s>",
    "\u093f\u0915\u094d\u0937 \u0e20\u0e32\u0e1e \u05d0\u05b7 \u0643\u0651",
    "\U00011938 \u32ff \ua7f2 \u1ccf0 \u0378 \U0001d15f\U000e0100",
    "the\nthe\n\n\nend\n",
]

BYTES = [("<unk>", 0.0)] + [(f"<0x{b:02X}>", -1.0) for b in range(256)]


def spelling(normalizer=None, pieces=None):
    tokenizer = Tokenizer(M.Unigram(BYTES, 0, True))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pieces:
        tokenizer.pre_tokenizer = P.Sequence([pieces, P.Metaspace(prepend_scheme="always", split=False)])
    return tokenizer


def charsmap():
    """A small SentencePiece table: ﬁ → fi, A and U+0301 → Á, tab → space, U+200B → nothing."""
    rules = {"ﬁ": "fi", "A\u0301": "Á", "e\u0301": "é", "\t": " ", "\u200b": "", "½": "1⁄2"}
    texts, offsets = b"", {}
    for key, value in rules.items():
        offsets[key.encode()] = len(texts)
        texts += value.encode() + b"\0"
    # A double array in darts-clone's format, filled greedily.
    units = {0: 0}
    used = {0}

    def place(node, prefix):
        below = sorted({k[len(prefix)] for k in offsets if k.startswith(prefix) and len(k) > len(prefix)})
        labels = ([0] if prefix in offsets else []) + below
        offset = 1
        while any((node ^ offset ^ c) in used for c in labels):
            offset += 1
        for c in labels:
            used.add(node ^ offset ^ c)
        units[node] |= offset << 10 | (0x100 if prefix in offsets else 0)
        if prefix in offsets:
            units[node ^ offset] = offsets[prefix] | 1 << 31
        for c in below:
            units[node ^ offset ^ c] = c
        for c in below:
            place(node ^ offset ^ c, prefix + bytes([c]))

    place(0, b"")
    size = (max(units) // 256 + 1) * 256
    trie = struct.pack(f"<{size}I", *(units.get(i, 0x7FFFFF00) for i in range(size)))
    return struct.pack("<I", len(trie)) + trie + texts


def bpe(words, **options):
    prefix = options.get("continuing_subword_prefix") or ""
    suffix = options.get("end_of_word_suffix") or ""
    vocab = {"<unk>": 0}
    for c in "abcdefghijklmnopqrstuvwxyz.,'▁Ġé 12":
        for form in (c, prefix + c, c + suffix, prefix + c + suffix):
            vocab.setdefault(form, len(vocab))
    for byte in range(256 if options.get("byte_fallback") else 0):
        vocab.setdefault(f"<0x{byte:02X}>", len(vocab))
    merges = []
    for left, right in words:
        vocab.setdefault(left, len(vocab)), vocab.setdefault(right, len(vocab))
        vocab.setdefault(left + right[len(prefix) :], len(vocab))
        merges.append((left, right))
    return Tokenizer(M.BPE(vocab, merges, **{"unk_token": "<unk>", **options}))


PLAIN = [("t", "h"), ("th", "e"), ("a", "a"), ("aa", "aa"), ("a", "b"), ("b", "c"), ("ab", "c"), ("c", "a"), ("ca", "t")]
SUFFIXED = [("t", "h"), ("th", "e</w>"), ("a", "t</w>"), ("c", "at</w>"), ("a", "a"), ("a", "b"), ("ab", "c</w>")]
PREFIXED = [("t", "##h"), ("th", "##e"), ("a", "##b"), ("##a", "##t"), ("c", "##at"), ("##b", "##c")]


def with_pre(tokenizer, pre):
    tokenizer.pre_tokenizer = pre
    return tokenizer


def models():
    space = P.WhitespaceSplit()
    yield "BPE", bpe(PLAIN)
    yield "BPE words", with_pre(bpe(PLAIN), space)
    yield "BPE fuse_unk", bpe(PLAIN, fuse_unk=True)
    yield "BPE no unk_token", bpe(PLAIN, unk_token=None)
    yield "BPE suffix", with_pre(bpe(SUFFIXED, end_of_word_suffix="</w>"), space)
    yield "BPE prefix", with_pre(bpe(PREFIXED, continuing_subword_prefix="##"), space)
    yield "BPE byte_fallback", bpe(PLAIN, byte_fallback=True, fuse_unk=True)
    yield "BPE byte-level", with_pre(bpe(PLAIN), P.ByteLevel(add_prefix_space=True))
    yield "BPE ignore_merges", with_pre(bpe(PLAIN + [("x", "cat")], ignore_merges=True), space)
    pieces = [("<unk>", 0.0), ("▁", -2.0), ("a", -3.0), ("aa", -5.5), ("aaa", -9.0), ("ab", -4.0), ("abc", -6.5), ("bc", -4.5)]
    pieces += [(c, -7.123456789012345678) for c in "bcdefghijklmnopqrstuvwxyz"] + [("the", -4.0), ("▁the", -4.1), ("cat", -5.0)]
    yield "Unigram", with_pre(Tokenizer(M.Unigram(pieces, 0)), P.Metaspace())
    yield "Unigram byte_fallback", Tokenizer(M.Unigram(pieces + BYTES[1:], 0, True))
    words = ["[UNK]", "the", "a", "ab", "c", "##c", "##a", "##at", "##bc", "cat", "ph", "##oto", "of", ".", "北", "京"]
    vocab = {word: id for id, word in enumerate(words)}
    yield "WordPiece", with_pre(Tokenizer(M.WordPiece(vocab, unk_token="[UNK]")), P.BertPreTokenizer())
    yield "WordPiece short", with_pre(Tokenizer(M.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=2)), space)
    yield "WordLevel", with_pre(Tokenizer(M.WordLevel(vocab, unk_token="[UNK]")), P.Whitespace())


def normalizers():
    for form in (N.NFC, N.NFD, N.NFKC, N.NFKD, N.Lowercase, N.StripAccents, N.Nmt, N.ByteLevel, N.Strip):
        yield form.__name__, form()
    yield "Strip left", N.Strip(right=False)
    yield "Prepend", N.Prepend("▁")
    yield "Replace string", N.Replace("a", "<>")
    yield "Replace nothing", N.Replace("", "-")
    for pattern in (r"\s+", r" {2,}", r"^", r"\p{L}+", r"[^\w\s]", r"(?<=a)b", r"(?i)the|K", r"[[:punct:]]", r"x*"):
        yield f"Replace {pattern}", N.Replace(Regex(pattern), "·")
    for flags in range(8):
        yield f"BertNormalizer {flags}", N.BertNormalizer(bool(flags & 1), bool(flags & 2), None, bool(flags & 4))
    yield "BertNormalizer accents", N.BertNormalizer(strip_accents=False)
    yield "Precompiled", N.Precompiled(charsmap())
    yield "Sequence", N.Sequence([N.NFKC(), N.Lowercase(), N.Sequence([N.Replace("the", "THE")])])


GPT4 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
PATTERNS = [
    CLIP, GPT4, r"\d{1,3}", r"\bt\w+", r"a++b?", r"(?>a+)b", r"(ab|a)(c|bc)?", r"(?:[a-z][0-9]?)+?\s", r"[a-m&&[^e]]+",
    r"(?<!t)h", r"\A.|.\z", r"^.|.$", r"(?m:.+)", r"\R", r"\P{L}+", r"[\w.-]+", r"a{2,3}+", r"a{2}?", r"\h\H", "",
]


def pre_tokenizers():
    behaviors = ("removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous")
    for behavior in behaviors:
        for invert in (False, True):
            yield f"Split {behavior} {invert}", P.Split("a", behavior, invert)
        yield f"Punctuation {behavior}", P.Punctuation(behavior)
    for pattern in PATTERNS:
        yield f"Split {pattern}", P.Split(Regex(pattern), "isolated")
    for flags in range(4):
        yield f"ByteLevel {flags}", P.ByteLevel(bool(flags & 1), use_regex=bool(flags & 2))
    for scheme in ("first", "never", "always"):
        for split in (False, True):
            yield f"Metaspace {scheme} {split}", P.Metaspace("_", scheme, split)
    yield "Metaspace first behind a cut", P.Sequence([P.WhitespaceSplit(), P.Metaspace("_", "first")])
    for pre in (P.Whitespace(), P.WhitespaceSplit(), P.BertPreTokenizer(), P.CharDelimiterSplit("a"), P.FixedLength(3)):
        yield type(pre).__name__, pre
    yield "Digits", P.Digits()
    yield "Digits individual", P.Digits(True)
    yield "Sequence", P.Sequence([P.Digits(), P.Sequence([P.Punctuation(), P.WhitespaceSplit()])])


def post_processors():
    cls, sep = ("[CLS]", 1), ("[SEP]", 2)
    template = PP.TemplateProcessing(single="[CLS] $A [SEP] [SEP]", pair="$A $B", special_tokens=[cls, sep])
    yield "BertProcessing", PP.BertProcessing(sep, cls)
    yield "RobertaProcessing", PP.RobertaProcessing(sep, cls)
    yield "TemplateProcessing", template
    yield "ByteLevel", PP.ByteLevel()
    yield "Sequence", PP.Sequence([PP.ByteLevel(), template])
    yield "Sequence of two", PP.Sequence([template, PP.RobertaProcessing(sep, cls)])


def added_tokens():
    for flags in range(16):
        options = dict(zip(("single_word", "lstrip", "rstrip", "normalized"), (bool(flags & 1 << i) for i in range(4))))
        tokenizer = spelling(N.Lowercase(), P.Metaspace(prepend_scheme="first"))
        tokenizer.add_tokens([AddedToken(t, **options) for t in ("<s>", "<mask>", "The", "th", "  ", "é")])
        yield f"added tokens {flags}", tokenizer
    tokenizer = bpe(PLAIN)
    tokenizer.add_special_tokens(["a", "new", "cat"])
    tokenizer.add_tokens(["cat", "newer"])
    yield "added tokens and a vocabulary", tokenizer


def cases():
    yield from models()
    for name, normalizer in normalizers():
        yield f"normalizer {name}", spelling(normalizer)
    for name, pre in pre_tokenizers():
        yield f"pre-tokenizer {name}", spelling(None, pre)
    for name, post in post_processors():
        tokenizer = spelling()
        tokenizer.post_processor = post
        yield f"post-processor {name}", tokenizer
    yield from added_tokens()


def record(name, tokenizer):
    ids = []
    for text in TEXTS:
        tokenizer.no_truncation()
        whole = tokenizer.encode(text).ids
        tokenizer.enable_truncation(7)
        ids.append({"ids": whole, "ids7": tokenizer.encode(text).ids})
    tokenizer.no_truncation()
    return {"name": name, "tokenizer": json.loads(tokenizer.to_str()), "answers": ids}


json.dump({"texts": TEXTS, "cases": [record(*case) for case in cases()]}, sys.stdout)
