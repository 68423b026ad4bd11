"""Prints the similarity transforms that FaceAlignmentTests expects.

    pip install numpy
    python umeyama.py

Umeyama, "Least-squares estimation of transformation parameters between two point
patterns", 1991, equations 34 to 43: by singular value decomposition in float64, where Fovea
uses the closed form that exists in the plane.
"""

import numpy as np

TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
LANDMARKS = {
    "turned": [[210, 130], [262, 151], [228, 172], [195, 190], [238, 209]],
    "profile": [[60.5, 40.25], [64, 41], [52.75, 55.5], [61, 70], [63.5, 70.75]],
    "mirrored": [[73.5, 51.5], [38.25, 51.75], [56, 71.75], [70.75, 92.25], [41.5, 92.5]],
    "in a line": [[0, 0], [1, 2], [2, 4], [3, 6], [4, 8]],
}


def umeyama(source, target):
    source_mean, target_mean = source.mean(0), target.mean(0)
    s, t = source - source_mean, target - target_mean
    u, d, vt = np.linalg.svd(t.T @ s / len(s))
    sign = np.ones(2)
    if np.linalg.det(u) * np.linalg.det(vt) < 0:
        sign[-1] = -1
    rotation = u @ np.diag(sign) @ vt
    scale = (d * sign).sum() / s.var(0).sum()
    return scale * rotation, target_mean - scale * rotation @ source_mean


if __name__ == "__main__":
    for name, points in LANDMARKS.items():
        matrix, shift = umeyama(np.array(points, float), TEMPLATE)
        print(f"{name:10}", *(f"{v:.9f}" for v in [*matrix[0], shift[0], *matrix[1], shift[1]]))
