"""Makes the picture files in this folder and records what Pillow and OpenCV make of them.

Run from anywhere, with Debian's libavif-bin, libheif-examples and libjpeg-turbo-progs installed:

    python3 -m venv venv
    venv/bin/pip install pillow==12.2.0 opencv-python-headless==4.13.0.92 tifffile==2026.3.3 numpy==2.4.6
    venv/bin/python make_fixtures.py

All pictures are drawn by this script. `decoding.json` holds, for each file, the size and a fingerprint
of the pixels of Pillow's `Image.open(file).convert("RGB")`; `geometry.json` holds the same of Pillow's
and OpenCV's resizes and warps of `source.png`; `reduced.json` holds those of the large JPEGs decoded at a
part of their size. They are the reference that the tests compare with.
"""

import io
import json
import pathlib
import subprocess
import tempfile

import cv2
import numpy as np
from PIL import Image, PngImagePlugin

from bmp_files import bmp_files
from gif_files import gif_files
from png_files import png_files
from tiff_files import tiff_files

HERE = pathlib.Path(__file__).parent
FILES = HERE / "files"
# What later versions of libjpeg-turbo smooth in another way than Debian's: there is nothing to compare with.
SMOOTHED = "large-unfinished.jpg"

# Pillow refuses a picture for a large text beside it; the pixels are what is recorded here.
PngImagePlugin.MAX_TEXT_CHUNK = 1 << 30


def drawing(width, height, seed=1):
    """A picture with gradients, edges and some noise: all that resizing and compression feel."""
    generator = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack([x * 255 // (width - 1), y * 255 // (height - 1), (x + 2 * y) % 256], -1)
    disc = (x - width * 0.4) ** 2 + (y - height * 0.5) ** 2 < (height * 0.3) ** 2
    picture[disc] = (230, 40, 60)
    picture[height // 2 :, width * 2 // 3 :: 4] = (255, 255, 255)
    picture[: height // 4, : width // 5] = generator.integers(0, 256, (height // 4, width // 5, 3))
    return picture.astype(np.uint8)


def saved(picture, format, **options):
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def tool(arguments, picture, suffix):
    """What a command-line encoder makes of a picture; `IN` and `OUT` stand for the files."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / ("in.ppm" if arguments[0] == "cjpeg" else "in.png")
        target = pathlib.Path(folder) / f"out.{suffix}"
        picture.save(source)
        names = {"IN": str(source), "OUT": str(target)}
        subprocess.run([names.get(a, a) for a in arguments], check=True, capture_output=True)
        return target.read_bytes()


def jpeg_files(rgb):
    grey, cmyk = rgb.convert("L"), rgb.convert("CMYK")
    yield "444.jpg", saved(rgb, "JPEG", quality=90, subsampling=0)
    yield "422.jpg", saved(rgb, "JPEG", quality=80, subsampling=1)
    yield "420.jpg", saved(rgb, "JPEG", quality=75, subsampling=2)
    yield "411.jpg", tool(["cjpeg", "-sample", "4x1", "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "440.jpg", tool(["cjpeg", "-sample", "1x2", "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "odd-sampling.jpg", tool(
        ["cjpeg", "-sample", "2x2,2x1,1x2", "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "arithmetic.jpg", tool(["cjpeg", "-arithmetic", "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "progressive.jpg", saved(rgb, "JPEG", quality=80, progressive=True)
    yield "restarts.jpg", saved(rgb, "JPEG", quality=80, restart_marker_rows=1)
    yield "rgb.jpg", saved(rgb, "JPEG", quality=80, keep_rgb=True)
    yield "grey.jpg", saved(grey, "JPEG", quality=80)
    yield "cmyk.jpg", saved(cmyk, "JPEG", quality=80)
    exif = Image.Exif()
    exif[0x0112] = 6
    yield "turned-by-exif.jpg", saved(rgb, "JPEG", quality=60, exif=exif)
    # The Adobe marker's last byte says how the four inks are coded; 2 is YCCK.
    data = bytearray(saved(cmyk, "JPEG", quality=80))
    data[data.index(b"Adobe") + 11] = 2
    yield "ycck.jpg", bytes(data)
    yield "one-pixel.jpg", saved(rgb.crop((0, 0, 1, 1)), "JPEG")


def large_jpeg_files(rgb):
    """More blocks both ways than a part of a picture needs around it, and sides that fill no block."""
    grey, cmyk = rgb.convert("L"), rgb.convert("CMYK")
    # Scans of a channel each, and a progression that never sends the last details.
    apart = "0;\n1;\n2;\n"
    unfinished = "0,1,2: 0-0, 0, 1;\n0: 1-5, 0, 2;\n1: 1-63, 0, 1;\n2: 1-63, 0, 1;\n"
    for name, sampling in (
        ("444", "1x1"), ("422", "2x1"), ("420", "2x2"), ("411", "4x1"), ("440", "1x2"), ("410", "4x2"),
        ("441", "1x4"), ("odd-sampling", "2x2,2x1,1x2"), ("coarse-luma", "1x1,2x2,1x1"),
    ):
        yield f"large-{name}.jpg", tool(
            ["cjpeg", "-quality", "60", "-sample", sampling, "-outfile", "OUT", "IN"], rgb, "jpg")
    for name, script in (("large-apart.jpg", apart), (SMOOTHED, unfinished)):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as scans:
            scans.write(script)
            scans.flush()
            yield name, tool(
                ["cjpeg", "-quality", "60", "-scans", scans.name, "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "large-grey-2x2.jpg", tool(
        ["cjpeg", "-quality", "60", "-grayscale", "-sample", "2x2", "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "large-arithmetic.jpg", tool(
        ["cjpeg", "-quality", "60", "-arithmetic", "-outfile", "OUT", "IN"], rgb, "jpg")
    yield "large-progressive.jpg", saved(rgb, "JPEG", quality=60, progressive=True)
    yield "large-restarts.jpg", saved(rgb, "JPEG", quality=60, restart_marker_blocks=4)
    yield "large-grey.jpg", saved(grey, "JPEG", quality=60)
    yield "large-cmyk.jpg", saved(cmyk, "JPEG", quality=40)
    data = bytearray(saved(cmyk, "JPEG", quality=40, subsampling=2))
    data[data.index(b"Adobe") + 11] = 2
    yield "large-ycck.jpg", bytes(data)


def webp_files(rgb, rgba):
    yield "lossy.webp", saved(rgb, "WEBP", quality=80)
    yield "lossless.webp", saved(rgb, "WEBP", lossless=True)
    yield "lossy-alpha.webp", saved(rgba, "WEBP", quality=80)
    yield "lossless-alpha.webp", saved(rgba, "WEBP", lossless=True, exact=True)
    frames = [rgb, rgb.rotate(180)]
    yield "animated.webp", saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], quality=50)
    # First frame smaller than the canvas: ANMF's first six bytes are its offset, VP8X's last six the
    # canvas, both less than one of what they count.
    small = saved(rgba.crop((0, 0, 20, 16)), "WEBP", save_all=True, append_images=[rgb.crop((0, 0, 20, 16))])
    data = bytearray(small)
    canvas, frame = data.index(b"VP8X") + 12, data.index(b"ANMF") + 8
    data[canvas : canvas + 6] = (39).to_bytes(3, "little") + (29).to_bytes(3, "little")
    data[frame : frame + 6] = (3).to_bytes(3, "little") + (4).to_bytes(3, "little")
    yield "animated-offset.webp", bytes(data)


def avif_files(rgb, rgba):
    for sampling in ("4:2:0", "4:2:2", "4:4:4"):
        yield f"{sampling.replace(':', '')}.avif", saved(rgb, "AVIF", quality=70, subsampling=sampling)
    yield "grey.avif", saved(rgb, "AVIF", quality=70, subsampling="4:0:0")
    yield "limited.avif", saved(rgb, "AVIF", quality=70, range="limited")
    yield "alpha.avif", saved(rgba, "AVIF", quality=70)
    yield "premultiplied.avif", saved(rgba, "AVIF", quality=70, alpha_premultiplied=True)
    yield "sequence.avif", saved(
        rgb, "AVIF", quality=40, save_all=True, append_images=[rgb.rotate(180)])
    avifenc = ["avifenc", "-s", "6", "--min", "10", "--max", "20"]
    yield "10-bit.avif", tool(avifenc + ["-d", "10", "-y", "420", "IN", "OUT"], rgb, "avif")
    yield "12-bit.avif", tool(avifenc + ["-d", "12", "-y", "444", "IN", "OUT"], rgb, "avif")
    yield "lossless.avif", tool(["avifenc", "-l", "IN", "OUT"], rgb, "avif")
    yield "turned.avif", tool(avifenc + ["--irot", "1", "IN", "OUT"], rgb, "avif")


def jpeg2000_files(rgb, rgba):
    grey = rgb.convert("L")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 3)
    options = {"quality_mode": "rates", "quality_layers": [8], "irreversible": True}
    yield "rgb.jp2", saved(rgb, "JPEG2000", **options)
    yield "lossless.jp2", saved(rgb, "JPEG2000")
    yield "bare.j2k", saved(rgb, "JPEG2000", no_jp2=True, **options)
    yield "tiled.jp2", saved(rgb, "JPEG2000", tile_size=(32, 32), **options)
    yield "alpha.jp2", saved(rgba, "JPEG2000")
    yield "grey.jp2", saved(grey, "JPEG2000")
    yield "grey-alpha.jp2", saved(rgba.convert("LA"), "JPEG2000")
    yield "grey16.jp2", saved(deep, "JPEG2000")
    yield "ycc.jp2", saved(rgb.convert("YCbCr"), "JPEG2000")


def fingerprint(data):
    """64-bit FNV-1a, which takes the tests five lines to compute."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def recorded(rgb):
    return {"width": rgb.shape[1], "height": rgb.shape[0], "fingerprint": fingerprint(rgb.tobytes())}


def record_decoding():
    small = Image.fromarray(drawing(43, 35))
    large = Image.fromarray(drawing(147, 117, seed=3))
    alpha = np.tile(np.linspace(0, 255, 43).astype(np.uint8), (35, 1))
    alpha[:5] = 0
    rgba = Image.fromarray(np.dstack([np.asarray(small), alpha]))
    box = (0, 0, 31, 25)
    part = small.crop(box)  # for formats that hardly compress
    FILES.mkdir(exist_ok=True)
    for old in FILES.iterdir():
        old.unlink()
    expected = {}
    for makers in (
        jpeg_files(small), large_jpeg_files(large), png_files(small, rgba), webp_files(small, rgba), gif_files(small),
        bmp_files(part), tiff_files(part, rgba.crop(box)), avif_files(small, rgba), jpeg2000_files(small, rgba),
    ):
        for name, data in makers:
            (FILES / name).write_bytes(data)
            if name != SMOOTHED:
                expected[name] = recorded(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
    # Pillow reads no HEIC: these are compared with the picture they were made of.
    small.save(FILES / "heic-original.png")
    expected["heic-original.png"] = recorded(np.asarray(small))
    for chroma in ("444", "420"):
        heic = ["heif-enc", "-q", "95", "-p", f"chroma={chroma}", "IN", "-o", "OUT"]
        (FILES / f"{chroma}.heic").write_bytes(tool(heic, small, "heic"))
    return expected


def record_reduced():
    """Pillow's `draft` has libjpeg decode at a half, a quarter or an eighth of the size."""
    reduced = {}
    for path in sorted(FILES.glob("large-*.jpg")):
        if path.name == SMOOTHED:
            continue
        for reduction in (2, 4, 8):
            picture = Image.open(path)
            picture.draft(None, (picture.width // reduction, picture.height // reduction))
            reduced[f"{path.name} {reduction}"] = recorded(np.asarray(picture.convert("RGB")))
    return reduced


def record_geometry(source):
    picture = Image.fromarray(source)
    width, height = picture.size
    generator = np.random.default_rng(7)
    sizes = [
        (40, 30), (224, 163), (width, 50), (33, height), (1, 1), (1, 90), (130, 1), (width * 2, height * 2),
        (width - 1, height + 1), (7, 400), (61, 47), (300, 219),
    ]
    filters = {"nearest": 0, "box": 4, "bilinear": 2, "hamming": 5, "bicubic": 3, "lanczos": 1}
    resizes = [
        {"filter": name, **recorded(np.asarray(picture.resize(size, code)))}
        for name, code in filters.items() for size in sizes
    ]
    # A picture of one row or column, and one that becomes far larger than what is kept of it.
    extremes = []
    for box, size, crop in (
        ((0, 0, width, 1), (50, 9), (0, 0, 50, 9)), ((0, 0, 1, height), (9, 50), (0, 0, 9, 50)),
        ((0, 0, width, 3), (width * 70, 210), (1000, 20, 100, 150)),
    ):
        for name, code in filters.items():
            x, y, w, h = crop
            resized = np.asarray(picture.crop(box).resize(size, code))[y : y + h, x : x + w]
            extremes.append(
                {"box": box, "size": size, "crop": crop, "filter": name, **recorded(resized)})
    bilinear_sizes = sizes + [(width // 2, height // 2), (64, 64), (250, 100)]
    warps, perspectives = [], []
    for size in [(112, 112)] * 6 + [(31, 77), (1, 1)]:
        angle, scale = generator.uniform(0, 6.28), generator.uniform(0.3, 2.5)
        cos, sin = scale * np.cos(angle), scale * np.sin(angle)
        x, y = generator.uniform(0, 60, 2)
        matrix = np.array([[cos, -sin, x], [sin, cos, y]], np.float32)
        warped = cv2.warpAffine(source, matrix, size, borderValue=0)
        warps.append({"matrix": [float(v) for v in matrix.ravel()], **recorded(warped)})
    for size in [(90, 40), (48, 48), (200, 30), (33, 120)]:
        coefficients = [
            generator.uniform(0.3, 1.5), generator.uniform(-0.4, 0.4), generator.uniform(-10, 30),
            generator.uniform(-0.4, 0.4), generator.uniform(0.3, 1.5), generator.uniform(-10, 30),
            generator.uniform(-0.003, 0.003), generator.uniform(-0.003, 0.003),
        ]
        warped = picture.transform(
            size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
        perspectives.append({"coefficients": coefficients, **recorded(np.asarray(warped))})
    letterbox = np.zeros((160, 160, 3), np.uint8)
    letterbox[:117, :160] = cv2.resize(source, (160, 117))
    return {
        "resized": resizes,
        "resizedParts": extremes,
        "resizedBilinear": [recorded(cv2.resize(source, size)) for size in bilinear_sizes],
        "letterboxed": [{"newWidth": 160, "newHeight": 117, **recorded(letterbox)}],
        "warped": warps,
        "perspectiveWarped": perspectives,
        "rotatedCounterclockwise": [recorded(np.rot90(source))],
    }


if __name__ == "__main__":
    decoding = record_decoding()
    source = drawing(130, 96, seed=2)
    Image.fromarray(source).save(FILES / "source.png")
    decoding["source.png"] = recorded(source)
    for name, content in (
        ("decoding", decoding), ("reduced", record_reduced()), ("geometry", record_geometry(source)),
    ):
        (HERE / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")
