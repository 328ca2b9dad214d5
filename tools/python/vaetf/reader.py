"""Opening a model of the contract, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vaetf.classes import Classes
from vaetf.contract import LABEL, ContractError, check_signatures
from vaetf.manifest import read_manifest, required_parts
from vaetf.scaling import Scaling

Floats = NDArray[np.float32]
Seed = int | tuple[int, int]
Label = ArrayLike | str | None


def load(path: str | PathLike[str]) -> Vae:
    """Opens a SavedModel folder, or a run folder with ``saved_model/`` inside.

    Raises:
        ContractError: if it is not a model of the contract, in one line.
    """
    folder = model_folder(path)
    manifest = read_manifest(folder)
    latent, shape, scaling, classes = required_parts(folder, manifest)
    check_signatures(folder, latent, shape, classes.count > 0)

    from vaetf.backend import tf

    return Vae(tf.saved_model.load(str(folder)), manifest, latent, shape, scaling, classes)


def model_folder(path: str | PathLike[str]) -> Path:
    """The SavedModel's folder: the one given, or ``saved_model/`` in it.

    Raises:
        ContractError: if neither is a SavedModel.
    """
    given = Path(path)
    for folder in (given, given / "saved_model"):
        if (folder / "saved_model.pb").is_file():
            return folder
    raise ContractError(
        f"{given}: {'holds no saved_model.pb' if given.is_dir() else 'is not a folder'};"
        " expected a SavedModel, or a run folder with saved_model/ inside"
    )


class Vae:
    """A loaded model. ``x`` is in the model's scaled space: see ``scale`` and ``unscale``.

    Shapes: ``x`` is [batch, \\*shape], ``z`` is [batch, latent]. A seed is a pair of whole numbers;
    a single one ``s`` stands for ``(s, 0)``. The same seed gives the same numbers in Java. A
    conditional model wants ``label`` with every call: one for all rows, by number or name, or one
    number for each, int64 [batch]. Its densities are all given the label.
    """

    def __init__(
        self,
        loaded: Any,
        manifest: dict[str, Any],
        latent: int,
        shape: tuple[int, ...],
        scaling: Scaling,
        classes: Classes,
    ) -> None:
        """Use ``load``, which checks what it passes here."""
        self._loaded = loaded  # owns the weights that the signatures only refer to
        self._signatures: Mapping[str, Callable[..., Any]] = loaded.signatures
        self._manifest = manifest
        self._latent = latent
        self._shape = shape
        self._scaling = scaling
        self._classes = classes

    @property
    def manifest(self) -> dict[str, Any]:
        """What ``assets.extra/vae.json`` says."""
        return self._manifest

    @property
    def latent(self) -> int:
        """The number of latent variables."""
        return self._latent

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one row of data."""
        return self._shape

    def scale(self, raw: ArrayLike) -> Floats:
        """Stored values [..., \\*shape] to the model's: ``(raw - shift) / scale``."""
        return self._scaling.apply(raw)

    def unscale(self, x: ArrayLike) -> Floats:
        """The model's values [..., \\*shape] back to stored ones: ``x * scale + shift``."""
        return self._scaling.invert(x)

    @property
    def classes(self) -> Classes:
        """The classes that labels are of; none of a model that is not conditional."""
        return self._classes

    def encode(self, x: ArrayLike, *, label: Label = None) -> tuple[Floats, Floats]:
        """The mean and the log-variance of q(z|x), each [batch, latent]."""
        rows = self._rows("x", x, self._shape)
        outputs = self._call("encode", label, len(rows), x=rows)
        return outputs["mean"], outputs["log_variance"]

    def decode(self, z: ArrayLike, *, label: Label = None) -> Floats:
        """The mean of p(x|z), [batch, \\*shape]."""
        rows = self._rows("z", z, (self._latent,))
        return self._call("decode", label, len(rows), z=rows)["x"]

    def reconstruct(self, x: ArrayLike, *, label: Label = None) -> Floats:
        """The mean of p(x|z) at the mean of q(z|x), [batch, \\*shape]."""
        rows = self._rows("x", x, self._shape)
        return self._call("reconstruct", label, len(rows), x=rows)["reconstruction"]

    def sample(
        self, count: int, seed: Seed = 0, *, label: Label = None
    ) -> tuple[Floats, Floats]:
        """Draws ``count`` latent rows from the prior.

        Returns:
            The mean of p(x|z) for each, [count, \\*shape], and the draws z, [count, latent].
        """
        outputs = self._call("sample", label, count, count=np.int32(count), seed=_pair(seed))
        return outputs["x"], outputs["z"]

    def score(
        self, x: ArrayLike, samples: int = 1, seed: Seed = 0, *, label: Label = None
    ) -> dict[str, Floats]:
        """How likely the rows are, estimated with ``samples`` draws a row from q(z|x).

        Returns:
            In nats, each [batch]: ``elbo`` = ``reconstruction`` - ``kl``; ``reconstruction``, the
            mean of log p(x|z); ``kl`` of q(z|x) from the prior, exact; ``log_likelihood``, the
            importance-weighted estimate of log p(x) (Burda et al. 2016, eq. 8), which tightens
            as ``samples`` grows.
        """
        if samples < 1:
            raise ValueError(f"samples is {samples}; expected at least 1")
        rows = self._rows("x", x, self._shape)
        inputs = {"x": rows, "samples": np.int32(samples), "seed": _pair(seed)}
        return self._call("score", label, len(rows), **inputs)

    def _call(self, name: str, label: Label, rows: int, **inputs: Any) -> dict[str, Floats]:
        from vaetf.backend import tf

        labels = self._classes.labels(label, rows)
        if labels is not None:
            inputs[LABEL] = labels
        tensors = {key: tf.constant(value) for key, value in inputs.items()}
        return {key: value.numpy() for key, value in self._signatures[name](**tensors).items()}

    @staticmethod
    def _rows(name: str, values: ArrayLike, shape: tuple[int, ...]) -> Floats:
        rows = np.asarray(values, dtype=np.float32)
        if rows.ndim != len(shape) + 1 or rows.shape[1:] != shape:
            expected = ", ".join(["batch", *map(str, shape)])
            raise ValueError(f"{name} has shape {list(rows.shape)}; expected [{expected}]")
        return rows


def _pair(seed: Seed) -> NDArray[np.int64]:
    pair = (seed, 0) if isinstance(seed, (int, np.integer)) else seed
    if len(pair) != 2:
        raise ValueError(f"seed is {seed}; expected a whole number, or two")
    return np.array(pair, dtype=np.int64)
