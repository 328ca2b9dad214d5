"""Golden numbers for generated data, float64, from SciPy: Frechet distance, precision, recall.

    python tools/golden/generation.py

``frechet`` is |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)) of the features [rows, width] of two
sets, covariances divided by rows - 1. The trace of the root is computed in two ways which must
agree: by scipy.linalg.sqrtm of S1 S2, as is usual, and as the sum of the singular values of A^T B
for any A A^T = S1, B B^T = S2, here the centred features themselves, which stays exact where
covariances have no full rank. ``moments`` are the mean and the covariance of other features.

``precision`` and ``recall`` are those of Kynkaanniemi et al. (2019), equations 1 to 3, by all
distances at once (scipy.spatial.distance.cdist).
"""

from __future__ import annotations

import warnings

import numpy as np
from golden import exact, write
from scipy import linalg
from scipy.spatial.distance import cdist

LEFT, RIGHT = np.array([1, 1, 1, 0, 0]), np.array([0, 0, 1, 1, 1])


def frechet(real: np.ndarray, generated: np.ndarray, full_rank: bool) -> float:
    s1, s2 = np.cov(real.T), np.cov(generated.T)
    a = (real - real.mean(axis=0)).T / np.sqrt(len(real) - 1.0)
    b = (generated - generated.mean(axis=0)).T / np.sqrt(len(generated) - 1.0)
    root = np.linalg.svd(a.T @ b, compute_uv=False).sum()
    with warnings.catch_warnings():
        warnings.simplefilter("default" if full_rank else "ignore", linalg.LinAlgWarning)
        usual = np.trace(linalg.sqrtm(s1 @ s2)).real
    np.testing.assert_allclose(usual, root, rtol=1e-10 if full_rank else 1e-5, atol=1e-6)
    difference = real.mean(axis=0) - generated.mean(axis=0)
    return float(difference @ difference + np.trace(s1) + np.trace(s2) - 2.0 * root)


def radii(points: np.ndarray, neighbours: int) -> np.ndarray:
    # The nearest is the point itself.
    return np.sort(cdist(points, points), axis=1)[:, neighbours]


def inside(others: np.ndarray, points: np.ndarray, neighbours: int) -> float:
    return float((cdist(others, points) <= radii(points, neighbours)).any(axis=1).mean())


def pair(case: str, real: np.ndarray, generated: np.ndarray, full_rank: bool = True) -> dict:
    return {
        "case": case,
        "real": real,
        "generated": generated,
        "frechet": frechet(real, generated, full_rank),
        "manifolds": [
            {
                "neighbours": k,
                "precision": inside(generated, real, k),
                "recall": inside(real, generated, k),
            }
            for k in (1, 3, 5)
        ],
    }


def main() -> None:
    generator = np.random.default_rng(2017)

    def normal(rows: int, width: int) -> np.ndarray:
        return generator.normal(size=(rows, width))

    mix = normal(4, 4)
    clusters = np.repeat(np.array([[0.0, 0.0], [6.0, 0.0], [0.0, 6.0]]), 20, axis=0)
    first, last = exact(normal(20, 5)), exact(normal(25, 5))
    x = exact(100.0 + normal(12, 3))
    write(
        __file__,
        {
            "pairs": [
                pair("full rank", exact(normal(40, 4) @ mix), exact(1.0 + normal(30, 4) @ mix.T)),
                pair("one of three", exact(clusters + normal(60, 2)), exact(0.75 * normal(40, 2))),
                pair("fewer rows than features", exact(normal(6, 8)), exact(normal(7, 8)), False),
                pair("spaces that share a line", first * LEFT, last * RIGHT, False),
                pair("planes that share none", first * (1 - RIGHT), last * (1 - LEFT), False),
                pair("all the same", np.full((6, 5), 0.5), last, False),
            ],
            "moments": {"x": x, "mean": x.mean(axis=0), "covariance": np.cov(x.T)},
        },
    )


if __name__ == "__main__":
    main()
