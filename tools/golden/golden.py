"""How every golden file is written: the same bytes each time, nine significant digits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src" / "test" / "resources" / "golden"


def exact(values: Any) -> np.ndarray:
    """Rounded to multiples of 1/64: short in decimal, and the same number in float32 as here."""
    return np.round(np.asarray(values, dtype=np.float64) * 64.0) / 64.0


def write(script: str, content: dict[str, Any]) -> None:
    """Writes ``golden/NAME.json`` for the script NAME.py, named in ``made_by``."""
    name = Path(script).stem
    text = _text({"made_by": f"tools/golden/{name}.py", **content}, "")
    file = FOLDER / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(file.relative_to(ROOT))


def _text(value: Any, indent: str) -> str:
    """JSON with a key or a case a line, and lists of numbers on one."""
    deeper = indent + "  "
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, dict):
        lines = [f"{deeper}{json.dumps(key)}: {_text(one, deeper)}" for key, one in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, (list, tuple)):
        if any(isinstance(one, (dict, list, tuple, np.ndarray)) for one in value):
            lines = [deeper + _text(one, deeper) for one in value]
            return "[\n" + ",\n".join(lines) + f"\n{indent}]"
        return "[" + ", ".join(_text(one, deeper) for one in value) + "]"
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            raise ValueError(f"{value} in a golden file")
        return repr(float(f"{float(value) + 0.0:.9g}"))
    return json.dumps(value)
