"""Pictures made by hand, good ones and evil ones."""

import itertools
import random
import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width, height, depth=8, color=0):
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))


def png(width, height, rows, depth=8, color=0):
    """A PNG of raw rows, without filters."""
    deflate = zlib.compressobj(6)
    data = b"".join(deflate.compress(b"\0" + row) for row in rows) + deflate.flush()
    return header(width, height, depth, color) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def grey(level, width=8, height=8):
    """A picture of one shade: 0 is black."""
    return png(width, height, [bytes([level]) * width] * height)


def noise(width, height, seed=0):
    """A picture that does not compress: about width * height * 3 bytes."""
    source = random.Random(seed)
    return png(width, height, [source.randbytes(width * 3) for _ in range(height)], color=2)


def gradient(width, height):
    return png(width, height, [bytes((x * 255 // max(1, width - 1)) for x in range(width))] * height)


def header_only(width, height):
    """Says that it is large, and ends."""
    return header(width, height, color=2) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def overfull(size):
    """8 x 8 pixels by its header, and `size` bytes of them by its data."""
    return header(8, 8) + chunk(b"IDAT", zeros(size)) + chunk(b"IEND", b"")


def text_bomb(size):
    """A small picture with a compressed comment that is `size` bytes long."""
    whole = grey(128)
    at = len(header(8, 8))
    return whole[:at] + chunk(b"zTXt", b"Comment\0\0" + zeros(size)) + whole[at:]


def bilevel(width, height):
    """A black picture of one bit a pixel: small as a file whatever its size."""
    return png(width, height, itertools.repeat(bytes((width + 7) // 8), height), depth=1)


def zeros(size):
    deflate = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(deflate.compress(piece) for _ in range(size >> 20)) + deflate.flush()
