"""GIF files. Frames that do not fill the screen are made by editing the bytes of those that do."""

import io

from PIL import Image


def saved(picture, **options):
    out = io.BytesIO()
    picture.save(out, "GIF", **options)
    return bytearray(out.getvalue())


def moved(data, width, height, x, y):
    """Another screen size, and the first frame at (x, y)."""
    data = bytearray(data)
    data[6:10] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    frame = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 128 else 0)
    while data[frame] == 0x21:
        frame += 2
        while data[frame]:
            frame += data[frame] + 1
        frame += 1
    data[frame + 1 : frame + 5] = x.to_bytes(2, "little") + y.to_bytes(2, "little")
    return bytes(data)


def gif_files(rgb):
    palette = rgb.quantize(64)
    yield "interlaced.gif", bytes(saved(palette, interlace=1))
    yield "plain.gif", bytes(saved(palette, interlace=0))
    yield "grey.gif", bytes(saved(rgb.convert("L")))
    yield "two-colours.gif", bytes(saved(rgb.convert("1")))
    yield "transparent.gif", bytes(saved(palette, transparency=7))
    yield "animated.gif", bytes(saved(
        palette, save_all=True, append_images=[rgb.rotate(180).quantize(32)], duration=100, disposal=2))
    yield "offset.gif", moved(saved(palette), 80, 60, 9, 5)
    yield "offset-transparent.gif", moved(saved(palette, transparency=7), 80, 60, 9, 5)
    yield "beyond-screen.gif", moved(saved(palette), 40, 30, 3, 2)
    yield "offset-grey.gif", moved(saved(rgb.convert("L")), 80, 60, 9, 5)
