"""Computes with plain TensorFlow what a model of the contract gives, as cases (cases.py).

    python tools/interop/make_cases.py SAVED_MODEL CASES_OUT.json [BATCH...]

Every signature is called with each size of batch (1 and 4); the inputs are seeded.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import cases  # noqa: E402
import tensorflow as tf  # noqa: E402

BATCHES = (1, 4)


def inputs_of(
    signature: str, batch: int, x: np.ndarray, z: np.ndarray, classes: int
) -> dict[str, np.ndarray]:
    """What to call a signature with; labels where there are classes."""
    label = {"label": (2 * np.arange(batch, dtype=np.int64) + 1) % classes} if classes else {}
    return own_inputs_of(signature, batch, x, z) | label


def own_inputs_of(
    signature: str, batch: int, x: np.ndarray, z: np.ndarray
) -> dict[str, np.ndarray]:
    """What any model's signature is called with."""
    seed = np.array([2014, batch], dtype=np.int64)
    match signature:
        case "decode":
            return {"z": z}
        case "sample":
            return {"count": np.array(batch, dtype=np.int32), "seed": seed}
        case "score":
            return {"x": x, "samples": np.array(10 * batch, dtype=np.int32), "seed": seed}
        case _:
            return {"x": x}


def cases_of(
    folder: str | Path,
    generator: np.random.Generator,
    batches: Sequence[int] = BATCHES,
) -> dict[str, list[dict[str, Any]]]:
    """The cases of a SavedModel by signature."""
    manifest = json.loads((Path(folder) / "assets.extra" / "vae.json").read_text(encoding="utf-8"))
    signatures = tf.saved_model.load(str(folder)).signatures
    classes = manifest.get("classes", {}).get("count", 0)
    latent = signatures["decode"].structured_input_signature[1]["z"].shape[1]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in cases.SIGNATURES}
    for batch in batches:
        x = generator.random([batch, *manifest["data"]["shape"]], dtype=np.float32)
        z = generator.standard_normal([batch, latent], dtype=np.float32)
        for name, of_signature in rows.items():
            inputs = inputs_of(name, batch, x, z, classes)
            outputs = signatures[name](**{key: tf.constant(one) for key, one in inputs.items()})
            of_signature.append(
                {
                    "inputs": {key: cases.to_json(one) for key, one in inputs.items()},
                    "outputs": {key: cases.to_json(one.numpy()) for key, one in outputs.items()},
                }
            )
    return rows


def main(arguments: Sequence[str]) -> int:
    folder, out, *batches = arguments
    generator = np.random.default_rng(1312)
    cases.write(out, cases_of(folder, generator, [int(batch) for batch in batches] or BATCHES))
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
