"""PNG files of every colour type and depth, written by hand: Pillow writes only some of them."""

import struct
import zlib

import numpy as np


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(samples, depth):
    """Rows of samples (height x width x channels) as PNG stores them, each after a filter byte of 0."""
    height = samples.shape[0]
    flat = samples.reshape(height, -1).astype(np.uint32)
    bits = (flat[..., None] >> np.arange(depth - 1, -1, -1)) & 1
    rows = np.packbits(bits.reshape(height, -1).astype(np.uint8), axis=1)
    return b"".join(b"\0" + row.tobytes() for row in rows)


def png(samples, depth, colour_type, interlaced=False, extra=b"", trailing=b""):
    height, width = samples.shape[:2]
    data = b""
    if interlaced:
        for x, y, dx, dy in (
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
        ):
            part = samples[y::dy, x::dx]
            if part.size:
                data += packed_rows(part, depth)
    else:
        data = packed_rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
        + chunk(b"IDAT", zlib.compress(data + trailing, 9)) + chunk(b"IEND", b"")
    )


def png_files(rgb, rgba):
    rgb16 = np.asarray(rgb).astype(np.uint32) * 257 + 77 & 0xFFFF
    alpha16 = np.asarray(rgba)[..., 3:].astype(np.uint32) * 257
    grey = np.asarray(rgb.convert("L")).astype(np.uint32)[..., None]
    grey16 = grey * 3
    palette = np.asarray(rgb).reshape(-1, 3)[::12][:200]
    plte = chunk(b"PLTE", palette.astype(np.uint8).tobytes())
    for depth in (1, 2, 4, 8):
        yield f"grey{depth}.png", png(grey >> (8 - depth), depth, 0)
        index = grey >> (8 - depth)
        yield f"palette{depth}.png", png(index, depth, 3, extra=plte if depth == 8 else chunk(
            b"PLTE", palette[: 2**depth].astype(np.uint8).tobytes()))
    yield "palette-alpha.png", png(grey >> 1, 8, 3, extra=plte + chunk(b"tRNS", bytes(range(200))))
    yield "grey-transparent.png", png(grey, 8, 0, extra=chunk(b"tRNS", struct.pack(">H", 60)))
    yield "grey16.png", png(grey16, 16, 0)
    yield "grey16-interlaced.png", png(grey16, 16, 0, interlaced=True)
    yield "grey-alpha8.png", png(np.dstack([grey, np.asarray(rgba)[..., 3:]]), 8, 4)
    yield "grey-alpha16.png", png(np.dstack([grey16 * 40 & 0xFFFF, alpha16]), 16, 4)
    yield "rgb8.png", png(np.asarray(rgb), 8, 2)
    yield "rgb-transparent.png", png(
        np.asarray(rgb), 8, 2, extra=chunk(b"tRNS", struct.pack(">HHH", 230, 40, 60)))
    yield "rgb16.png", png(rgb16, 16, 2)
    yield "rgba8.png", png(np.asarray(rgba), 8, 6)
    yield "rgba16.png", png(np.dstack([rgb16, alpha16]), 16, 6)
    yield "interlaced.png", png(np.asarray(rgb), 8, 2, interlaced=True)
    yield "interlaced1.png", png(grey >> 7, 1, 0, interlaced=True)
    yield "interlaced-palette.png", png(grey >> 1, 8, 3, interlaced=True, extra=plte)
    # What unpacks to far more than it takes: a text, a colour profile, and data behind the last row.
    bomb = zlib.compress(bytes(4_000_000), 9)
    few = np.asarray(rgb)[:4]
    yield "bomb-text.png", png(few, 8, 2, extra=chunk(b"zTXt", b"Comment\0\0" + bomb))
    yield "bomb-profile.png", png(few, 8, 2, extra=chunk(b"iCCP", b"profile\0\0" + bomb))
    yield "bomb-pixels.png", png(few, 8, 2, trailing=bytes(4_000_000))
    yield "gamma.png", png(np.asarray(rgb), 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 100000)))
