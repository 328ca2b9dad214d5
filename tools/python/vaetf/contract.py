"""The contract: which signatures a SavedModel has, and what goes in and comes out of them.

All tensors are float32 unless said, the batch dimension is always unknown, ``x`` is in the model's
scaled space. A conditional model, one whose manifest says of how many classes its labels are, has
one more input in every signature: ``label``, int64 [batch], in ``sample`` [count].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = 1
TAG = "serve"
LABEL = "label"


class ContractError(Exception):
    """A folder is not a model of the contract. One line: what, what was found, what expected."""


@dataclass(frozen=True)
class TensorRule:
    """A tensor's type and shape; None stands for the batch dimension, which is unknown."""

    dtype: str
    shape: tuple[int | None, ...]

    def __str__(self) -> str:
        return described(self.dtype, self.shape)


@dataclass(frozen=True)
class SignatureRule:
    """A signature's inputs and outputs by name."""

    inputs: Mapping[str, TensorRule]
    outputs: Mapping[str, TensorRule]


def signature_rules(
    latent: int, shape: tuple[int, ...], conditional: bool = False
) -> dict[str, SignatureRule]:
    """The six signatures of a model with ``latent`` latent variables and rows of ``shape``."""
    x = TensorRule("float32", (None, *shape))
    z = TensorRule("float32", (None, latent))
    row = TensorRule("float32", (None,))
    whole = TensorRule("int32", ())
    seed = TensorRule("int64", (2,))
    label = {LABEL: TensorRule("int64", (None,))} if conditional else {}
    reconstruct = SignatureRule({"x": x, **label}, {"reconstruction": x})
    nats = {"elbo": row, "reconstruction": row, "kl": row, "log_likelihood": row}
    return {
        "serving_default": reconstruct,
        "reconstruct": reconstruct,
        "encode": SignatureRule({"x": x, **label}, {"mean": z, "log_variance": z}),
        "decode": SignatureRule({"z": z, **label}, {"x": x}),
        "sample": SignatureRule({"count": whole, "seed": seed, **label}, {"x": x, "z": z}),
        "score": SignatureRule({"x": x, "samples": whole, "seed": seed, **label}, nats),
    }


def described(dtype: str, shape: tuple[int | None, ...] | None) -> str:
    """A tensor for a message: ``float32 [?, 784]``; a shape of None is of unknown rank."""
    if shape is None:
        return f"{dtype} of unknown rank"
    return f"{dtype} [{', '.join('?' if size is None else str(size) for size in shape)}]"


def check_signatures(path: Path, latent: int, shape: tuple[int, ...], conditional: bool) -> None:
    """Holds the SavedModel's signatures against the contract.

    Raises:
        ContractError: naming the first signature or tensor that does not fit.
    """
    found = _signature_defs(path)
    for name, rule in signature_rules(latent, shape, conditional).items():
        if name not in found:
            known = ", ".join(sorted(found)) or "none"
            raise ContractError(f"{path}: signature '{name}' is missing; found {known}")
        where = f"{path}: signature '{name}'"
        inputs = dict(found[name].inputs)
        if inputs.keys() != rule.inputs.keys():
            raise ContractError(
                f"{where}: inputs are {_names(inputs)}; expected {_names(rule.inputs)}"
            )
        outputs = dict(found[name].outputs)
        if not outputs.keys() >= rule.outputs.keys():
            raise ContractError(
                f"{where}: outputs are {_names(outputs)}; expected {_names(rule.outputs)}"
            )
        for key, tensor in rule.inputs.items():
            _check_tensor(where, "input", key, inputs[key], tensor)
        for key, tensor in rule.outputs.items():
            _check_tensor(where, "output", key, outputs[key], tensor)


def _signature_defs(path: Path) -> Mapping[str, Any]:
    """The signatures of the meta graph for serving, read from the file without loading it."""
    from google.protobuf.message import DecodeError
    from tensorflow.core.protobuf import saved_model_pb2

    model = saved_model_pb2.SavedModel()
    try:
        model.ParseFromString((path / "saved_model.pb").read_bytes())
    except (OSError, DecodeError) as cause:
        raise ContractError(
            f"{path}: saved_model.pb cannot be read ({type(cause).__name__}); expected a SavedModel"
        ) from cause
    for graph in model.meta_graphs:
        if TAG in graph.meta_info_def.tags:
            signatures: Mapping[str, Any] = graph.signature_def
            return signatures
    tags = ", ".join(tag for graph in model.meta_graphs for tag in graph.meta_info_def.tags)
    raise ContractError(f"{path}: tags are {tags or 'none'}; expected the tag '{TAG}'")


def _check_tensor(where: str, role: str, name: str, found: Any, rule: TensorRule) -> None:
    """An unknown size or rank fits anything; a batch dimension of a fixed size fits nothing."""
    from vaetf.backend import tf

    dtype = tf.dtypes.as_dtype(found.dtype).name
    shape: tuple[int | None, ...] | None = None
    if not found.tensor_shape.unknown_rank:
        shape = tuple(None if dim.size < 0 else dim.size for dim in found.tensor_shape.dim)
    if dtype != rule.dtype or (shape is not None and not _fits(shape, rule.shape)):
        raise ContractError(
            f"{where}: {role} '{name}' is {described(dtype, shape)}; expected {rule}"
        )


def _fits(found: tuple[int | None, ...], expected: tuple[int | None, ...]) -> bool:
    return len(found) == len(expected) and all(
        one is None or one == other for one, other in zip(found, expected)
    )


def _names(tensors: Mapping[str, Any]) -> str:
    return ", ".join(sorted(tensors)) or "none"
