"""The manifest: what a SavedModel cannot say of itself, in ``assets.extra/vae.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vaetf.classes import Classes
from vaetf.contract import VERSION, ContractError
from vaetf.scaling import Scaling
from vaetf.version import __version__

FILE = Path("assets.extra") / "vae.json"

_METADATA = ("data", "fingerprint", "training", "seed", "metrics")


def build_manifest(
    *,
    latent: int,
    shape: tuple[int, ...],
    likelihood: Mapping[str, Any],
    scaling: Scaling,
    classes: Classes,
    metadata: Mapping[str, Any],
    tensorflow: str,
) -> dict[str, Any]:
    """The one place that knows the manifest's keys. ``tensorflow`` is a version.

    Raises:
        ValueError: if the metadata has a key that the manifest has no place for.
    """
    for key in metadata:
        if key not in _METADATA:
            raise ValueError(f"metadata: unknown key '{key}'; known are {', '.join(_METADATA)}")
    return {
        "contract": VERSION,
        "library": {"name": "vaetf (Python)", "version": __version__},
        "tensorflow": tensorflow,
        "data": {
            "name": metadata.get("data", ""),
            "shape": list(shape),
            "scaling": scaling.to_json(),
            "fingerprint": metadata.get("fingerprint", ""),
        },
        "classes": classes.to_json(),
        "model": {
            "latent": latent,
            "posterior": "diagonal-gaussian",
            "prior": "standard-normal",
            "likelihood": dict(likelihood),
        },
        "training": metadata.get("training", {}),
        "seed": metadata.get("seed", 0),
        "metrics": metadata.get("metrics", {}),
    }


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Writes the manifest into a SavedModel's folder; ValueError if a number is not finite."""
    file = folder / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False)
    file.write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Reads the manifest of a SavedModel's folder, whatever it says.

    Raises:
        ContractError: if there is none, or it is not a JSON object.
    """
    file = folder / FILE
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContractError(
            f"{folder}: the manifest {FILE.as_posix()} is missing; expected a model written by"
            " vae-tf or by vaetf.save"
        ) from None
    except (OSError, ValueError) as cause:
        raise ContractError(f"{file}: cannot be read as JSON ({cause})") from cause
    if not isinstance(manifest, dict):
        raise ContractError(f"{file}: holds a {type(manifest).__name__}; expected an object")
    return manifest


def required_parts(
    folder: Path, manifest: Mapping[str, Any]
) -> tuple[int, tuple[int, ...], Scaling, Classes]:
    """What loading needs of a manifest: its contract version must be ours.

    Returns:
        The number of latent variables, the shape of a row, the scaling, the classes of labels.

    Raises:
        ContractError: naming the key that is missing or does not fit.
    """
    version = manifest.get("contract")
    if version != VERSION:
        raise ContractError(f"{folder}: contract version is {version}; expected {VERSION}")
    try:
        latent = int(manifest["model"]["latent"])
        shape = tuple(int(size) for size in manifest["data"]["shape"])
        scaling = Scaling.from_json(manifest["data"]["scaling"])
        scaling.check_fits(shape)
        classes = Classes.from_json(manifest.get("classes"))
    except KeyError as cause:
        raise ContractError(
            f"{folder / FILE}: key {cause} is missing; expected contract, model.latent,"
            " data.shape and data.scaling {kind, shift, scale}"
        ) from cause
    except (AttributeError, TypeError, ValueError) as cause:
        raise ContractError(
            f"{folder / FILE}: {cause}; expected a whole model.latent, a list of sizes"
            " data.shape, data.scaling {kind, shift, scale} and classes {count, names}"
        ) from cause
    return latent, shape, scaling, classes
