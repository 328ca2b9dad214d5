"""Holds a SavedModel against cases that somebody else computed with it, Java above all.

    python tools/interop/check_export.py MODEL_DIR CASES.json [MODEL_DIR CASES.json ...]

Opens each MODEL_DIR with plain ``tf.saved_model.load`` and calls every signature of the contract with
the inputs in CASES.json (its form: cases.py). An output agrees when its name, dtype and shape are
those of the case and every value has |found - expected| <= 2e-5 max(1, |expected|). Prints a line
an output with the largest error in that measure. Exit status: 0 all agree, 1 something does not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import cases  # noqa: E402
import tensorflow as tf  # noqa: E402

TOLERANCE = 2e-5


def main(arguments: Sequence[str]) -> int:
    if not arguments or len(arguments) % 2:
        print(
            "usage: python tools/interop/check_export.py MODEL_DIR CASES.json [...]",
            file=sys.stderr,
        )
        return 2
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    faults = sum(check_model(folder, file) for folder, file in pairs)
    print(f"{faults} of the lines above do not agree" if faults else "all agree")
    return 1 if faults else 0


def check_model(folder: str, file: str) -> int:
    """Calls every signature of one model; returns how many outputs do not agree."""
    print(folder)
    model = tf.saved_model.load(folder)
    by_signature = cases.read(file)
    faults = 0
    for name in cases.SIGNATURES:
        if name not in model.signatures:
            faults += report(name, "is missing in the model")
        elif not by_signature.get(name):
            faults += report(name, "has no case")
        else:
            for number, case in enumerate(by_signature[name]):
                faults += check(f"{name}[{number}]", model.signatures[name], case)
    return faults


def check(where: str, signature: Any, case: dict[str, Any]) -> int:
    """Calls the signature; returns how many outputs do not agree, or 1 if it cannot be called."""
    inputs = {name: tf.constant(cases.from_json(one)) for name, one in case["inputs"].items()}
    # Checked here because TensorFlow does not, and some kernels then end the process.
    _, wanted = signature.structured_input_signature
    if inputs.keys() != wanted.keys():
        return report(where, f"has inputs {sorted(wanted)}; the case has {sorted(inputs)}")
    for name, one in inputs.items():
        if not wanted[name].is_compatible_with(one):
            return report(f"{where}.{name}", f"is {wanted[name]}; the case has {one.shape}")
    found = {name: one.numpy() for name, one in signature(**inputs).items()}
    expected = {name: cases.from_json(one) for name, one in case["outputs"].items()}
    return sum(
        compare(f"{where}.{name}", found.get(name), expected.get(name))
        for name in sorted(found.keys() | expected.keys())
    )


def compare(where: str, found: np.ndarray | None, expected: np.ndarray | None) -> int:
    """Prints the line; returns 1 if the two do not agree, else 0."""
    if found is None or expected is None:
        return report(where, "is missing in the " + ("model" if found is None else "case"))
    kinds = [f"{one.dtype.name} {list(one.shape)}" for one in (found, expected)]
    if kinds[0] != kinds[1]:
        return report(where, f"is {kinds[0]}; expected {kinds[1]}")
    error = largest_error(found, expected)
    line = f"{where:34} {kinds[0]:24} largest error {error:.1e}"
    if error <= TOLERANCE:
        print(line)
        return 0
    return report(line, f"above {TOLERANCE:.0e}")


def largest_error(found: np.ndarray, expected: np.ndarray) -> float:
    """Greatest |found - expected| / max(1, |expected|): 0 where both are the same infinity or
    NaN, infinite where only one is."""
    found, expected = found.astype(np.float64), expected.astype(np.float64)
    same = (found == expected) | (np.isnan(found) & np.isnan(expected))
    finite = np.isfinite(found) & np.isfinite(expected)
    errors = np.where(same, 0.0, np.inf)
    apart = np.abs(found[finite] - expected[finite])
    errors[finite] = apart / np.maximum(1.0, np.abs(expected[finite]))
    return float(errors.max(initial=0.0))


def report(where: str, fault: str) -> int:
    print(f"{where} {fault}   <-- DOES NOT AGREE")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
