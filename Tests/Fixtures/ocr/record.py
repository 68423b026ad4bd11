"""Records what OpenCV and Pillow answer for small made-up inputs of the OCR steps.

    pip install numpy opencv-python-headless==4.13.0.92
    python record.py            # writes geometry.json beside this file
"""

import json
import pathlib

import cv2
import numpy as np

random = np.random.default_rng(20240917)


def text(bitmap):
    return ["".join(".#"[int(v > 0)] for v in row) for row in bitmap]


def bitmaps():
    """Noise of several densities, full and empty ones, rings in rings, shapes at every edge."""
    for width, height in [(1, 1), (1, 7), (8, 1), (2, 2), (9, 7), (14, 11), (17, 13)]:
        for density in (0.2, 0.5, 0.8):
            yield random.random((height, width)) < density
    yield np.ones((5, 6), bool)
    yield np.zeros((3, 4), bool)
    rings = np.zeros((15, 17), np.uint8)
    for inset in range(0, 8, 2):
        cv2.rectangle(rings, (inset, inset), (16 - inset, 14 - inset), 1)
    yield rings > 0
    shapes = np.zeros((24, 32), np.uint8)
    cv2.ellipse(shapes, (9, 9), (9, 5), 30, 0, 360, 1, -1)
    cv2.line(shapes, (20, 2), (31, 20), 1, 2)
    cv2.fillPoly(shapes, [np.array([[0, 23], [6, 16], [14, 23]])], 1)
    yield shapes > 0


def contours(bitmap):
    found = cv2.findContours(bitmap.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]
    return [c.reshape(-1).tolist() for c in found]


def point_sets():
    """Hand-made shapes and contours; many of these have several rectangles of least area."""
    yield [[3, 4]]
    yield [[3, 4], [3, 4], [10, 4]]
    yield [[0, 0], [4, 2], [8, 4], [2, 1]]
    yield [[3, 0], [4, 1], [4, 2], [5, 1], [5, 0]]
    yield [[2, 3], [11, 3], [11, 9], [2, 9]]
    yield [[5, 0], [10, 5], [5, 10], [0, 5]]
    yield random.integers(0, 5000, (40, 2)).tolist()
    for sigma in (1, 1.5, 2.5):
        noise = cv2.GaussianBlur(random.random((40, 60)).astype(np.float32), (0, 0), sigma)
        bitmap = (noise > np.quantile(noise, 0.75)).astype(np.uint8)
        for contour in contours(cv2.dilate(bitmap, np.ones((2, 2), np.uint8))):
            yield np.reshape(contour, (-1, 2)).tolist()
    for angle in (10, 37, 44, 81):  # long thin ones, as text is
        outline = cv2.ellipse2Poly((150, 120), (100, 9), angle, 0, 360, 5)
        yield [list(p) for p in dict.fromkeys(map(tuple, outline.tolist()))]


def rectangle(points):
    corners = cv2.boxPoints(cv2.minAreaRect(np.array(points, np.int32)))
    return [float(v) for v in corners.reshape(-1)]


def hull(points):
    """Clockwise on the screen. OpenCV's flag means the y axis to point up."""
    return cv2.convexHull(np.array(points, np.int32), clockwise=False).reshape(-1).tolist()


def quads():
    """Corners of rotated rectangles, some reaching out of a 40×30 map."""
    for centre in [(20, 15), (20, 15), (18, 14), (21, 12), (22, 16), (15, 15), (2, 3), (38, 28), (20, 1)]:
        angle = float(random.uniform(0, 90))
        size = [float(v) for v in random.uniform(3, 26, 2)]
        yield cv2.boxPoints((centre, size, angle))
    yield np.array([[4, 5], [20, 5], [20, 12], [4, 12]], np.float32)


def map_value(x, y):
    return (x * 7 + y * 13) % 17 / 17


def mean_inside(corners):
    width, height = 40, 30
    values = np.array([[map_value(x, y) for x in range(width)] for y in range(height)], np.float32)
    low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int)
    x1, x2 = np.clip([low[0], high[0]], 0, width - 1)
    y1, y2 = np.clip([low[1], high[1]], 0, height - 1)
    mask = np.zeros((y2 - y1 + 1, x2 - x1 + 1), np.uint8)
    shifted = corners - np.array([x1, y1], np.float32)
    cv2.fillPoly(mask, shifted.reshape(1, -1, 2).astype(np.int32), 1)
    return cv2.mean(values[y1 : y2 + 1, x1 : x2 + 1], mask)[0]


recorded = {
    "bitmaps": [
        {
            "rows": text(b),
            "dilated": text(cv2.dilate(b.astype(np.uint8), np.ones((2, 2), np.uint8))),
            "contours": contours(b),
        }
        for b in bitmaps()
    ],
    "rectangles": [{"points": sum(p, []), "hull": hull(p), "corners": rectangle(p)} for p in point_sets()],
    "means": [{"corners": [float(v) for v in q.reshape(-1)], "mean": mean_inside(q)} for q in quads()],
}

lines = [
    f'  "{key}": [\n' + ",\n".join("    " + json.dumps(entry) for entry in entries) + "\n  ]"
    for key, entries in recorded.items()
]
pathlib.Path(__file__).with_name("geometry.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
