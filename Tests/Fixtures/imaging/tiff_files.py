"""TIFF files: compressions by Pillow, layouts that Pillow does not write by tifffile."""

import io

import numpy as np
import tifffile
from PIL import Image


def saved(picture, **options):
    out = io.BytesIO()
    picture.save(out, "TIFF", **options)
    return out.getvalue()


def written(samples, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, samples, software="", metadata=None, **options)
    return out.getvalue()


def tiff_files(rgb, rgba):
    pixels, grey = np.asarray(rgb), np.asarray(rgb.convert("L"))
    for name in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "lzma", "zstd"):
        yield f"{name.removeprefix('tiff_')}.tiff", saved(rgb, compression=name)
    yield "jpeg.tiff", saved(rgb, compression="jpeg", quality=80)
    yield "jpeg-grey.tiff", saved(rgb.convert("L"), compression="jpeg", quality=80)
    yield "predictor.tiff", saved(rgb, compression="tiff_lzw", tiffinfo={317: 2})
    yield "grey8.tiff", saved(rgb.convert("L"))
    yield "fax4.tiff", saved(rgb.convert("1"), compression="group4")
    yield "fax3.tiff", saved(rgb.convert("1"), compression="group3")
    yield "bilevel.tiff", saved(rgb.convert("1"))
    yield "white-is-zero.tiff", written(255 - grey, photometric="miniswhite")
    yield "palette.tiff", saved(rgb.quantize(50), compression="tiff_lzw")
    yield "cmyk.tiff", saved(rgb.convert("CMYK"), compression="tiff_lzw")
    yield "rgba.tiff", saved(rgba, compression="tiff_lzw")
    yield "grey-alpha.tiff", saved(rgba.convert("LA"), compression="tiff_lzw")
    premultiplied = np.asarray(rgba).copy()
    premultiplied[..., :3] = premultiplied[..., :3].astype(int) * premultiplied[..., 3:] // 255
    yield "premultiplied.tiff", written(premultiplied, photometric="rgb", extrasamples=["assocalpha"])
    for orientation in range(2, 9):
        yield f"turned{orientation}.tiff", saved(
            rgb.resize((24, 16)), compression="tiff_lzw", tiffinfo={274: orientation})
    deep = pixels.astype(np.uint16) * 257 + 77
    yield "rgb16.tiff", written(deep, photometric="rgb")
    yield "rgb16-big-endian.tiff", written(deep.astype(">u2"), photometric="rgb", byteorder=">")
    yield "grey16.tiff", written(grey.astype(np.uint16) * 3, photometric="minisblack")
    yield "grey16-signed.tiff", written(grey.astype(np.int16) * 3 - 100, photometric="minisblack")
    yield "grey32-float.tiff", written(grey.astype(np.float32) * 1.5 - 20, photometric="minisblack")
    yield "grey32-signed.tiff", written(grey.astype(np.int32) * 2 - 50, photometric="minisblack")
    yield "tiled.tiff", written(pixels, photometric="rgb", tile=(16, 32), compression="adobe_deflate")
    yield "tiled-raw.tiff", written(pixels, photometric="rgb", tile=(32, 16))
    yield "planar.tiff", written(
        np.moveaxis(pixels, 2, 0), photometric="rgb", planarconfig="separate", compression="adobe_deflate")
    yield "planar-tiled.tiff", written(
        np.moveaxis(pixels, 2, 0), photometric="rgb", planarconfig="separate", tile=(16, 16),
        compression="adobe_deflate")
    yield "big.tiff", written(pixels, photometric="rgb", bigtiff=True)
    yield "big-endian.tiff", written(pixels, photometric="rgb", byteorder=">", rowsperstrip=10)
    yield "two-pages.tiff", saved(rgb, save_all=True, append_images=[rgb.rotate(180)])
    ycc = rgb.convert("YCbCr")
    yield "differences.tiff", saved(ycc, compression="tiff_adobe_deflate")
