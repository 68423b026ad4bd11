"""BMP files of every kind, written by hand: Pillow writes only a few of them."""

import struct

import numpy as np


def bmp(width, height, bits, pixels, compression=0, palette=b"", masks=b"", colours=0, core=False):
    if core:
        header = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        header = struct.pack(
            "<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(pixels), 2835, 2835, colours, 0)
    offset = 14 + len(header) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + header + masks + palette + pixels


def rows(samples, top_down=False):
    """Rows of bytes, padded to four bytes, the bottom one first."""
    padded = [row.tobytes() + b"\0" * (-row.nbytes % 4) for row in samples]
    return b"".join(padded if top_down else reversed(padded))


def run_length(index, nibbles):
    """Runs where two or more indices are equal, literal stretches elsewhere, a skip in the first row."""
    out = b""
    for number, row in enumerate(index[::-1]):
        x = 0
        if number == 3:
            out += bytes([0, 2, 6, 0])
            x = 6
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x] and run < 255:
                run += 1
            if run >= 2 or len(row) - x < 4:
                out += bytes([run, row[x] * 17 if nibbles else row[x]])
                x += run
                continue
            literal = row[x : x + 4]
            out += bytes([0, 4]) + (
                bytes([literal[0] << 4 | literal[1], literal[2] << 4 | literal[3]]) if nibbles
                else bytes(literal))
            x += 4
        out += b"\0\0"
    return out + b"\0\1"


def bmp_files(picture):
    rgb = np.asarray(picture)
    height, width = rgb.shape[:2]
    bgr = rgb[..., ::-1]
    index = {bits: np.asarray(picture.quantize(2**bits)) for bits in (1, 4, 8)}
    palettes = {}
    for bits in index:
        colours = np.array(picture.quantize(2**bits).getpalette()[: 3 * 2**bits], np.uint8).reshape(-1, 3)
        colours = np.vstack([colours, np.zeros((2**bits - len(colours), 3), np.uint8)])
        palettes[bits] = np.dstack([colours[:, ::-1][None], np.zeros((1, 2**bits, 1), np.uint8)])[0]
        powers = 8 // bits
        wide = np.zeros((height, -(-width // powers) * powers), np.uint8)
        wide[:, :width] = index[bits]
        packed = sum(wide[:, i::powers].astype(int) << (8 - bits * (i + 1)) for i in range(powers))
        yield f"palette{bits}.bmp", bmp(
            width, height, bits, rows(packed.astype(np.uint8)), palette=palettes[bits].tobytes())
    yield "short-palette.bmp", bmp(
        width, height, 8, rows(index[4]), palette=palettes[4].tobytes(), colours=16)
    yield "core.bmp", bmp(
        width, height, 8, rows(index[8]), palette=palettes[8][:, :3].tobytes(), core=True)
    yield "rgb24.bmp", bmp(width, height, 24, rows(bgr))
    yield "core24.bmp", bmp(width, height, 24, rows(bgr), core=True)
    yield "top-down.bmp", bmp(width, -height, 24, rows(bgr, top_down=True))
    yield "rgb32.bmp", bmp(width, height, 32, rows(np.dstack([bgr, np.full((height, width), 9, np.uint8)])))
    deep = rgb.astype(np.uint16)
    r, g, b = deep[..., 0], deep[..., 1], deep[..., 2]
    yield "rgb555.bmp", bmp(width, height, 16, rows((r >> 3) << 10 | (g >> 3) << 5 | b >> 3))
    rgb565 = rows((r >> 3) << 11 | (g >> 2) << 5 | b >> 3)
    yield "rgb565.bmp", bmp(
        width, height, 16, rgb565, compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    xbgr = r.astype(np.uint32) << 24 | g.astype(np.uint32) << 16 | b.astype(np.uint32) << 8
    yield "masks32.bmp", bmp(
        width, height, 32, rows(xbgr), compression=3, masks=struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00))
    yield "run-length8.bmp", bmp(
        width, height, 8, run_length(index[8].tolist(), False), compression=1, palette=palettes[8].tobytes())
    yield "run-length4.bmp", bmp(
        width, height, 4, run_length(index[4].tolist(), True), compression=2, palette=palettes[4].tobytes())
