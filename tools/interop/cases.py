"""The file of cases that Java and Python check each other with.

    {"encode": [{"inputs": {"x": TENSOR}, "outputs": {"mean": TENSOR, "log_variance": TENSOR}}]}

One key a signature, any number of cases each; a TENSOR is
``{"dtype": "float32", "shape": [2, 3], "values": [...]}``, values flat in row-major order, dtype
float32, int32 or int64. What JSON cannot write is a string: "Infinity", "-Infinity", "NaN".
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

SIGNATURES = ("serving_default", "reconstruct", "encode", "decode", "sample", "score")
DTYPES = ("float32", "int32", "int64")


def to_json(array: np.ndarray) -> dict[str, Any]:
    """A tensor's entry; ``from_json`` gives the same bits back."""
    values = [
        value if math.isfinite(value) else json.dumps(value) for value in array.ravel().tolist()
    ]
    return {"dtype": array.dtype.name, "shape": list(array.shape), "values": values}


def from_json(tensor: dict[str, Any]) -> np.ndarray:
    """The array of an entry; ValueError if its parts do not go together."""
    if tensor["dtype"] not in DTYPES:
        raise ValueError(f"dtype is {tensor['dtype']}; expected one of {', '.join(DTYPES)}")
    values = [float(value) if isinstance(value, str) else value for value in tensor["values"]]
    return np.array(values, dtype=tensor["dtype"]).reshape(tensor["shape"])


def read(file: str | Path) -> dict[str, list[dict[str, Any]]]:
    """The cases by signature."""
    return json.loads(Path(file).read_text(encoding="utf-8"))


def write(file: str | Path, cases: dict[str, list[dict[str, Any]]]) -> None:
    """Writes the cases by signature."""
    text = json.dumps(cases, indent=1, allow_nan=False)
    Path(file).write_text(text + "\n", encoding="utf-8")
