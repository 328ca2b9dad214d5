#!/usr/bin/env python3
"""Writes the array files that the tests of org.vaetf.data read: as NumPy itself writes them.

    python3 tools/golden/make-arrays.py

Value i of every array, counted in C order, is i (bytes), i - 5 (whole numbers) or i / 4 - 2
(real numbers): the tests know the formula.
"""

import pathlib

import numpy as np
from numpy.lib import format as npy

TARGET = pathlib.Path(__file__).resolve().parents[2] / "src/test/resources/org/vaetf/data/golden"
TARGET.mkdir(parents=True, exist_ok=True)


def reals(shape, dtype):
    return (np.arange(np.prod(shape)) / 4 - 2).reshape(shape).astype(dtype)


def wholes(shape, dtype):
    return (np.arange(np.prod(shape)) - 5).reshape(shape).astype(dtype)


def levels(shape):
    return np.arange(np.prod(shape)).reshape(shape).astype("u1")


def save(name, array, version=(1, 0)):
    with open(TARGET / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version)


save("u1", levels((2, 3, 4)))
save("u1-nhwc", levels((2, 3, 4, 3)))
for dtype in "<f4", ">f4", "<f8", ">f8":
    save(dtype[1:] + ("-little" if dtype[0] == "<" else "-big"), reals((4, 5), dtype))
for dtype in "<i8", ">i8":
    save(dtype[1:] + ("-little" if dtype[0] == "<" else "-big"), wholes((4, 5), dtype))
save("i4", wholes((4, 5), "<i4"))
save("i2", wholes((4, 5), "<i2"))
save("i1", wholes((4, 5), "i1"))
save("version2", reals((4, 5), "<f4"), (2, 0))
save("version3", reals((4, 5), "<f4"), (3, 0))
save("rank1", reals((20,), "<f4"))
save("fortran", np.asfortranarray(reals((4, 5), "<f4")))
save("complex", np.zeros((2, 2), "c8"))
save("structured", np.zeros(2, [("a", "<f4"), ("b", "<f4")]))
save("scalar", np.float32(1))
nan = reals((4, 5), "<f4")
nan[2, 3] = np.nan
save("nan", nan)
save("too-large", np.array([[1.0], [1e300]]))

np.savez(TARGET / "stored.npz", images=levels((6, 2, 2)), labels=np.arange(6) % 3)
np.savez_compressed(TARGET / "deflated.npz", y=np.arange(6, dtype="u1"), x=reals((6, 4), "f4"))
np.savez(TARGET / "single.npz", reals((4, 5), "f4"))
np.savez(TARGET / "labels-missing.npz", images=levels((6, 2, 2)), labels=np.arange(5))
np.savez(TARGET / "labels-alone.npz", labels=np.arange(5))
