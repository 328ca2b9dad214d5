"""Converts models to ONNX and holds what onnxruntime computes against cases of Java.

    python tools/interop/check_onnx.py MODEL_DIR CASES.json [MODEL_DIR CASES.json ...]

The same cases and the same measure as check_export.py, of the signatures that ONNX can have. Exit
status: 0 all agree, 1 something does not.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "onnx"))

import cases  # noqa: E402
import check_export  # noqa: E402
import convert  # noqa: E402


def main(arguments: Sequence[str]) -> int:
    if not arguments or len(arguments) % 2:
        print(
            "usage: python tools/interop/check_onnx.py MODEL_DIR CASES.json [...]", file=sys.stderr
        )
        return 2
    faults = 0
    for folder, file in zip(arguments[::2], arguments[1::2], strict=True):
        print(folder)
        with tempfile.TemporaryDirectory() as work:
            faults += check_model(convert.convert(folder, Path(work) / "onnx"), cases.read(file))
    print(f"{faults} of the lines above do not agree" if faults else "all agree")
    return 1 if faults else 0


def check_model(files: Sequence[Path], by_signature: dict[str, list[dict]]) -> int:
    """Runs every file; returns how many outputs do not agree."""
    import onnxruntime

    faults = 0
    for file in files:
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        names = [output.name for output in session.get_outputs()]
        if not by_signature.get(file.stem):
            faults += check_export.report(file.stem, "has no case")
        for number, case in enumerate(by_signature.get(file.stem, [])):
            inputs = {name: cases.from_json(one) for name, one in case["inputs"].items()}
            found = dict(zip(names, session.run(names, inputs), strict=True))
            expected = {name: cases.from_json(one) for name, one in case["outputs"].items()}
            faults += sum(
                check_export.compare(
                    f"{file.stem}[{number}].{name}", found.get(name), expected.get(name)
                )
                for name in sorted(found.keys() | expected.keys())
            )
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
