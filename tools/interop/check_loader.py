"""Holds vaetf against cases that Java computed with a model, in the units of the stored data.

    python tools/interop/check_loader.py MODEL_DIR CASES.json

The same form and the same measure as check_export.py, with two differences: x is as stored, before
scaling, and a seed is one whole number. One key a method of ``vaetf.Vae``. Exit status: 0 all
agree, 1 something does not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# The package of this checkout, installed or not.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

import cases  # noqa: E402
import check_export  # noqa: E402
import vaetf  # noqa: E402

METHODS = ("encode", "decode", "reconstruct", "sample", "score")


def outputs_of(vae: vaetf.Vae, method: str, inputs: dict[str, Any]) -> dict[str, np.ndarray]:
    """What the method gives, x as stored."""
    label = inputs.get("label")
    match method:
        case "encode":
            mean, log_variance = vae.encode(vae.scale(inputs["x"]), label=label)
            return {"mean": mean, "log_variance": log_variance}
        case "decode":
            return {"x": vae.unscale(vae.decode(inputs["z"], label=label))}
        case "reconstruct":
            reconstruction = vae.reconstruct(vae.scale(inputs["x"]), label=label)
            return {"reconstruction": vae.unscale(reconstruction)}
        case "sample":
            x, z = vae.sample(int(inputs["count"]), int(inputs["seed"]), label=label)
            return {"x": vae.unscale(x), "z": z}
        case _:
            samples, seed = int(inputs["samples"]), int(inputs["seed"])
            return vae.score(vae.scale(inputs["x"]), samples, seed, label=label)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print("usage: python tools/interop/check_loader.py MODEL_DIR CASES.json", file=sys.stderr)
        return 2
    folder, file = arguments
    vae = vaetf.load(folder)
    by_method = cases.read(file)
    faults = 0
    for method in METHODS:
        if not by_method.get(method):
            faults += check_export.report(method, "has no case")
        for number, case in enumerate(by_method.get(method, [])):
            inputs = {name: cases.from_json(one) for name, one in case["inputs"].items()}
            found = outputs_of(vae, method, inputs)
            for name, one in case["outputs"].items():
                where = f"{method}[{number}].{name}"
                faults += check_export.compare(where, found.get(name), cases.from_json(one))
    print(f"{faults} of the lines above do not agree" if faults else "all agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
