"""Converts a model of vae-tf to ONNX, a file for each of encode, decode and reconstruct.

    python tools/onnx/convert.py MODEL OUT [--opset N]

MODEL is a run folder or a SavedModel. OUT, a folder that must not exist, appears whole or not at
all: encode.onnx, decode.onnx, reconstruct.onnx, and the manifest vae.json. Names, types and shapes of
inputs and outputs are those of the signatures, the first dimension is `batch`. Each file says in
its metadata how stored values become the model's (`scaling`).

`sample` and `score` draw with TensorFlow's stateless generator, which ONNX does not have: draw z
from the prior and decode it. Needs tools/requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# The package of this checkout, installed or not.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

import vaetf  # noqa: E402
from vaetf.manifest import read_manifest, required_parts  # noqa: E402
from vaetf.reader import model_folder  # noqa: E402

SIGNATURES = ("encode", "decode", "reconstruct")
OPSET = 18


class ConversionError(Exception):
    """A model cannot be converted. One line: what, what was found, what to do."""


def convert(model: str | Path, out: str | Path, opset: int = OPSET) -> list[Path]:
    """Writes one file a signature into the new folder ``out``.

    Args:
        model: a run folder or a SavedModel.
        out: a folder that does not exist yet.
        opset: version of ONNX's operators.

    Returns:
        The files.

    Raises:
        ConversionError: if ``out`` exists, or a signature holds what ONNX has no operator for.
        vaetf.ContractError: if ``model`` is not a model of the contract.
    """
    import onnx
    from vaetf.backend import tf

    place = Path(out)
    if place.exists():
        raise ConversionError(f"{place}: exists already; choose another place")
    folder = model_folder(model)
    manifest = read_manifest(folder)
    required_parts(folder, manifest)
    loaded = tf.saved_model.load(str(folder))
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".vae-tf-", dir=place.parent))
    try:
        fresh = work / place.name
        fresh.mkdir()
        for name in SIGNATURES:
            converted = _converted(f"{folder}: signature '{name}'", loaded.signatures[name], opset)
            about = {"signature": name, "scaling": json.dumps(manifest["data"]["scaling"])}
            onnx.helper.set_model_props(converted, about)
            onnx.save(converted, str(fresh / f"{name}.onnx"))
        shutil.copy(folder / "assets.extra" / "vae.json", fresh / "vae.json")
        fresh.rename(place)
    finally:
        shutil.rmtree(work)
    return [place / f"{name}.onnx" for name in SIGNATURES]


def _converted(where: str, signature: Any, opset: int) -> Any:
    """The signature as an ONNX model, with its own names."""
    import onnx
    import tf2onnx
    from vaetf.backend import tf

    inputs = dict(signature.structured_input_signature[1])
    names = sorted(inputs)
    function = tf.function(lambda *values: signature(**dict(zip(names, values, strict=True))))
    specs = [tf.TensorSpec(inputs[name].shape, inputs[name].dtype, name=name) for name in names]
    model, _ = tf2onnx.convert.from_function(function, specs, opset=opset)
    unknown = _unknown_operators(model, opset)
    if unknown:
        raise ConversionError(
            f"{where}: ONNX has no {', '.join(unknown)} in its operators of version {opset};"
            " try another --opset"
        )
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "batch"
    onnx.checker.check_model(model, full_check=True)
    return model


def _unknown_operators(model: Any, opset: int) -> list[str]:
    """tf2onnx leaves what it cannot convert as it is, under TensorFlow's name."""
    import onnx

    known = {schema.name for schema in onnx.defs.get_all_schemas_with_history()}
    return sorted({node.op_type for node in model.graph.node if node.op_type not in known})


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 the model cannot be converted, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="convert.py", description="A model of vae-tf to ONNX.")
    parser.add_argument("model", help="a run folder or a SavedModel")
    parser.add_argument("out", help="a folder that does not exist yet")
    parser.add_argument("--opset", type=int, default=OPSET, help=f"of ONNX ({OPSET})")
    options = parser.parse_args(arguments)
    logging.getLogger("tf2onnx").setLevel(logging.CRITICAL)
    try:
        files = convert(options.model, options.out, options.opset)
    except (ConversionError, vaetf.ContractError, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    for file in files:
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
