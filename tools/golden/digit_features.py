"""Golden features of digits: what the shipped classifier's last hidden layer gives, from SciPy.

    python tools/golden/digit_features.py

Written out in float64 from the weights alone (src/main/resources/org/vaetf/eval/digits), without
TensorFlow: three convolutions with stride 2, padded as TensorFlow's SAME does, with ReLU, and a
dense layer with ELU, of grey levels divided by 255. ``rows`` are numbers of test rows of mnist-10k.
"""

from __future__ import annotations

import gzip

import numpy as np
from golden import ROOT, write
from scipy import signal

RESOURCES = ROOT / "src" / "main" / "resources" / "org" / "vaetf"
SHAPES = [
    (5, 5, 1, 16),
    (16,),
    (3, 3, 16, 32),
    (32,),
    (3, 3, 32, 32),
    (32,),
    (4 * 4 * 32, 64),
    (64,),
]
ROWS = (0, 7, 500, 999)


def weights() -> list[np.ndarray]:
    flat = np.fromfile(RESOURCES / "eval" / "digits" / "weights.f32", "<f4").astype(np.float64)
    ends = np.cumsum([np.prod(shape) for shape in SHAPES])
    assert ends[-1] == len(flat)
    parts = np.split(flat, ends[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)]


def convolution(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """[height, width, channels] to half the size, rounded up; the odd pad is put after."""
    size = kernel.shape[0]
    pads = []
    for length in x.shape[:2]:
        total = max((-(-length // 2) - 1) * 2 + size - length, 0)
        pads.append((total // 2, total - total // 2))
    padded = np.pad(x, [*pads, (0, 0)])
    planes = [
        sum(
            signal.correlate2d(padded[:, :, c], kernel[:, :, c, f], mode="valid")
            for c in range(x.shape[2])
        )[::2, ::2]
        for f in range(kernel.shape[3])
    ]
    return np.maximum(np.stack(planes, axis=2) + bias, 0.0)


def features(image: np.ndarray) -> np.ndarray:
    layers = weights()
    x = image[:, :, None] / 255.0
    for kernel, bias in zip(layers[0:6:2], layers[1:6:2], strict=True):
        x = convolution(x, kernel, bias)
    x = x.ravel() @ layers[6] + layers[7]
    return np.where(x > 0.0, x, np.expm1(np.minimum(x, 0.0)))


def main() -> None:
    images = gzip.decompress((RESOURCES / "data/mnist-10k/test-images.idx.gz").read_bytes())
    digits = np.frombuffer(images[16:], np.uint8).reshape(-1, 28, 28).astype(np.float64)
    write(__file__, {"rows": list(ROWS), "features": [features(digits[row]) for row in ROWS]})


if __name__ == "__main__":
    main()
