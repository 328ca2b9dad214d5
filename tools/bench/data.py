"""Writes the data of the benchmark as NPY files: digits, colour images and long files of rows."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "bench"
IN_THE_JAR = ROOT / "src/main/resources/org/vaetf/data/mnist-10k"
IDX_HEADER = 16
CHUNK = 100_000
MADE_IMAGES = 4000


def official() -> Path | None:
    """The folder of the official data sets, if there is one."""
    folder = Path(os.environ.get("VAETF_DATA", "")) / "mnist"
    return folder.parent if (folder / "train-images-idx3-ubyte.gz").exists() else None


def _idx(file: Path) -> np.ndarray:
    content = gzip.decompress(file.read_bytes())
    rows, height, width = np.frombuffer(content, ">i4", 3, 4)
    return np.frombuffer(content, np.uint8, offset=IDX_HEADER).reshape(rows, height, width, 1)


def _save(name: str, rows: np.ndarray) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / name
    np.save(file, rows)
    return str(file)


def digits() -> tuple[str, str]:
    """Files of training and test digits: the official ones, or those inside the jar."""
    folder = official()
    if folder:
        train = folder / "mnist/train-images-idx3-ubyte.gz"
        test = folder / "mnist/t10k-images-idx3-ubyte.gz"
    else:
        train = IN_THE_JAR / "train-images.idx.gz"
        test = IN_THE_JAR / "test-images.idx.gz"
    return _save("digits-train.npy", _idx(train)), _save("digits-test.npy", _idx(test))


def _smooth_images(count: int) -> np.ndarray:
    """Random colours on a coarse grid, enlarged with linear interpolation."""
    coarse = np.random.default_rng(1).random((count, 5, 5, 3), np.float32)
    at = np.linspace(0, 3.999, 32)
    low, part = at.astype(int), (at % 1).astype(np.float32)
    tall = coarse[:, low] * (1 - part[:, None, None]) + coarse[:, low + 1] * part[:, None, None]
    wide = tall[:, :, low] * (1 - part[:, None]) + tall[:, :, low + 1] * part[:, None]
    return (wide * 255).astype(np.uint8)


def colours() -> str:
    """A file of 32x32 colour images: photographs of CIFAR-10 if they are there, else made ones."""
    folder = official()
    pieces = sorted((folder / "cifar10").glob("cifar10-train-*.npz")) if folder else []
    rows = np.load(pieces[0])["images"] if pieces else _smooth_images(MADE_IMAGES)
    return _save("colours-train.npy", rows)


def long_file(rows: int, source: str) -> str:
    """A file of `rows` rows, the source's repeated, written piece by piece."""
    digits_ = np.load(source)
    file = FOLDER / f"rows-{rows}.npy"
    out = np.lib.format.open_memmap(file, "w+", np.uint8, (rows, *digits_.shape[1:]))
    for begin in range(0, rows, CHUNK):
        end = min(rows, begin + CHUNK)
        out[begin:end] = digits_[np.arange(begin, end) % len(digits_)]
        out.flush()
    del out
    return str(file)
