"""Golden numbers for reconstructions: PSNR, SSIM and bits per dimension, float64, from SciPy.

    python tools/golden/reconstruction.py

``images`` are grey levels [rows, height, width, channels] and what was made of them;
``squared_error`` is the mean over a row, ``decibels`` 10 log10(255^2 / squared_error),
``similarity`` the SSIM of Wang et al. (2004), equation 13: means, variances and the covariance
under a two-dimensional Gaussian window (11 pixels or the largest odd number that fits, sigma 1.5),
by scipy.signal.correlate2d at the places where the window fits; the mean over places and channels.

``bits`` are -log2 p(x) / D for x as stored: of a Gaussian, whose density scipy.stats gives for x
itself, beside ``log_likelihood``, in nats, of (x - shift) / scale under the scaled Gaussian.
"""

from __future__ import annotations

import numpy as np
from golden import exact, write
from scipy import signal, stats

K1, K2, SIGMA, WINDOW = 0.01, 0.03, 1.5, 11
VALUES = 4


def window(height: int, width: int) -> np.ndarray:
    size = min(WINDOW, height - (height + 1) % 2, width - (width + 1) % 2)
    at = np.arange(size) - size // 2
    weights = np.exp(-(at[:, None] ** 2 + at[None, :] ** 2) / (2.0 * SIGMA**2))
    return weights / weights.sum()


def similarity(x: np.ndarray, y: np.ndarray, peak: float) -> float:
    """Of two planes [height, width]: variances as means of squared differences from the mean."""
    weights = window(*x.shape)
    c1, c2 = (K1 * peak) ** 2, (K2 * peak) ** 2
    size = len(weights)
    mean_x = signal.correlate2d(x, weights, mode="valid")
    mean_y = signal.correlate2d(y, weights, mode="valid")
    patches_x = np.lib.stride_tricks.sliding_window_view(x, (size, size))
    patches_y = np.lib.stride_tricks.sliding_window_view(y, (size, size))
    off_x = patches_x - mean_x[:, :, None, None]
    off_y = patches_y - mean_y[:, :, None, None]
    variance_x = (weights * off_x**2).sum(axis=(2, 3))
    variance_y = (weights * off_y**2).sum(axis=(2, 3))
    covariance = (weights * off_x * off_y).sum(axis=(2, 3))
    luminance = (2.0 * mean_x * mean_y + c1) / (mean_x**2 + mean_y**2 + c1)
    rest = (2.0 * covariance + c2) / (variance_x + variance_y + c2)
    return float((luminance * rest).mean())


def images(case: str, shape: tuple[int, ...], generator: np.random.Generator) -> dict:
    """Two smooth pictures, one with little and one with much noise put on."""
    height, width, channels = shape
    row, column = np.mgrid[:height, :width]
    wave = np.sin(row[:, :, None] / 3.0) + np.cos(column[:, :, None] / (2.0 + np.arange(channels)))
    x = np.stack([127.5 + 60.0 * wave, 120.0 + 110.0 * (wave > 0.5) - 50.0 * (wave < -0.5)])
    noise = np.array([4.0, 60.0])[:, None, None, None] * generator.normal(size=x.shape)
    y = np.clip(np.round(x + noise), 0.0, 255.0)
    x = np.clip(np.round(x), 0.0, 255.0)
    error = ((x - y) ** 2).mean(axis=(1, 2, 3))
    return {
        "case": case,
        "shape": list(shape),
        "original": x.reshape(2, -1).astype(int),
        "reconstruction": y.reshape(2, -1).astype(int),
        "squared_error": error,
        "decibels": 10.0 * np.log10(255.0**2 / error),
        "similarity": [
            np.mean([similarity(a[:, :, c], b[:, :, c], 255.0) for c in range(channels)])
            for a, b in zip(x, y, strict=True)
        ],
    }


def bits(case: str, shift: np.ndarray, scale: np.ndarray, generator: np.random.Generator) -> dict:
    x = exact(shift + scale * generator.normal(size=(3, VALUES)))
    mean, deviation = exact(0.5 * generator.normal(size=VALUES)), 0.75
    scaled = (x - shift) / scale
    stored = stats.norm.logpdf(x, mean * scale + shift, deviation * np.abs(scale)).sum(axis=1)
    return {
        "case": case,
        "values": VALUES,
        "shift": np.atleast_1d(shift),
        "scale": np.atleast_1d(scale),
        "log_likelihood": stats.norm.logpdf(scaled, mean, deviation).sum(axis=1),
        "bits": -stored / (VALUES * np.log(2.0)),
    }


def main() -> None:
    generator = np.random.default_rng(2004)
    write(
        __file__,
        {
            "images": [
                images("grey", (14, 17, 1), generator),
                images("colour", (11, 12, 3), generator),
                images("smaller than the window", (8, 9, 1), generator),
                images("a single line", (1, 6, 1), generator),
            ],
            "bits": [
                bits("one scale", exact(0.0), exact(255.0), generator),
                bits("one a column", exact([1, 0, -2, 4]), exact([3, 0.5, 8, -0.25]), generator),
            ],
        },
    )


if __name__ == "__main__":
    main()
