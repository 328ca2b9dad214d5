"""Writing a Keras encoder and decoder as a SavedModel of the contract."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from vaetf.classes import Classes
from vaetf.contract import SignatureRule, TensorRule, described, signature_rules
from vaetf.manifest import build_manifest, write_manifest
from vaetf.scaling import Scaling


def save(
    path: str | PathLike[str],
    encoder: Any,
    decoder: Any,
    *,
    latent: int,
    shape: Sequence[int],
    likelihood: str = "bernoulli",
    variance: float = 1.0,
    scaling: Scaling | None = None,
    classes: int | Sequence[str] = 0,
    metadata: Mapping[str, Any] | None = None,
    overwrite: bool = False,
) -> Path:
    """Writes a model that ``load``, vae-tf in Java and plain TensorFlow open. All or nothing.

    Args:
        path: the SavedModel's folder; missing parents are made.
        encoder: a Keras model, x [batch, \\*shape] to the mean and the log-variance of q(z|x):
            two outputs [batch, latent], or one [batch, 2 latent] with the mean first.
        decoder: a Keras model, z [batch, latent] to the logits (``bernoulli``) or the mean
            (``gaussian``) of p(x|z), [batch, \\*shape].
        latent: the number of latent variables.
        shape: the shape of one row of data.
        likelihood: ``bernoulli`` or ``gaussian``.
        variance: of p(x|z), one for every entry; ``gaussian`` only.
        classes: of a conditional model: how many there are, or their names. Its decoder then has
            two inputs, [z, y], and its encoder [x, y] or x alone; y is the label one-hot, float32
            [batch, classes].
        scaling: how stored values become the x that the encoder was trained on; None for as is.
        metadata: what to add to the manifest, of ``data`` (a name), ``fingerprint``,
            ``training`` (a dict), ``seed`` and ``metrics`` (a dict).
        overwrite: whether to replace a SavedModel that is already there.

    Returns:
        The SavedModel's folder.

    Raises:
        FileExistsError: if something is there that may not be replaced.
        ValueError: if a network's output or a setting does not fit.
    """
    target = Path(path).absolute()
    _check_free(target, overwrite)
    shape = tuple(int(size) for size in shape)
    scaling = scaling or Scaling()
    scaling.check_fits(shape)
    known = Classes.of(classes)

    from vaetf.graph import VaeGraph
    from vaetf.backend import tf

    chosen, described_likelihood = _likelihood(likelihood, variance)
    manifest = build_manifest(
        latent=latent,
        shape=shape,
        likelihood=described_likelihood,
        scaling=scaling,
        classes=known,
        metadata=metadata or {},
        tensorflow=tf.__version__,
    )
    graph = VaeGraph(
        _checked_encoder(encoder, latent, known.count),
        _checked_decoder(decoder, shape, known.count),
        chosen,
        latent,
        known.count,
    )
    rules = signature_rules(latent, shape, known.count > 0)
    del rules["serving_default"]
    functions = {name: _trace(getattr(graph, name), rule) for name, rule in rules.items()}
    functions["serving_default"] = functions["reconstruct"]

    module = tf.Module()
    # Only what the signatures read, each weight once: no optimizer, no training graph.
    weights = {id(weight): weight for one in functions.values() for weight in one.variables}
    module.weights = list(weights.values())

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        dir=target.parent, prefix=f".{target.name}.", suffix=".tmp"
    ) as beside:
        written = Path(beside) / "written"
        tf.saved_model.save(module, str(written), signatures=functions)
        write_manifest(written, manifest)
        if target.exists():
            target.rename(Path(beside) / "replaced")
        written.rename(target)
    return target


def _check_free(target: Path, overwrite: bool) -> None:
    """Nothing there, or a SavedModel that may go. Never another folder, whatever it holds."""
    if not target.exists():
        return
    if not overwrite:
        raise FileExistsError(f"{target}: is there already; pass overwrite=True to replace it")
    if not (target / "saved_model.pb").is_file():
        raise FileExistsError(f"{target}: is there and is not a SavedModel; choose another place")


def _likelihood(name: str, variance: float) -> tuple[Any, dict[str, Any]]:
    """The likelihood's graph and its entry in the manifest."""
    from vaetf.graph import Bernoulli, Gaussian

    if name == "bernoulli":
        return Bernoulli(), {"kind": name}
    if name == "gaussian":
        if not (variance > 0.0 and math.isfinite(variance)):
            raise ValueError(f"variance is {variance}; expected a finite number above 0")
        return Gaussian(variance), {"kind": name, "variance": float(variance)}
    raise ValueError(f"likelihood is '{name}'; expected bernoulli or gaussian")


def _inputs(name: str, network: Any, allowed: tuple[int, ...]) -> int:
    """How many inputs the network has."""
    count = len(getattr(network, "inputs", None) or [None])
    if count not in allowed:
        expected = " or ".join(str(one) for one in allowed)
        raise ValueError(f"the {name} has {count} inputs; expected {expected}")
    return count


def _checked_encoder(encoder: Any, latent: int, classes: int) -> Callable[..., tuple[Any, Any]]:
    from vaetf.backend import tf

    inputs = _inputs("encoder", encoder, (1, 2) if classes else (1,))

    def encode(x: Any, y: Any) -> tuple[Any, Any]:
        output = encoder([x, y] if inputs == 2 else x, training=False)
        parts = tuple(output) if isinstance(output, (list, tuple)) else (output,)
        widths = (latent, latent) if len(parts) == 2 else (2 * latent,)
        found = [described(part.dtype.name, tuple(part.shape)) for part in parts]
        if found != [described("float32", (None, width)) for width in widths]:
            raise ValueError(
                f"the encoder gives {' and '.join(found)}; expected mean and log-variance,"
                f" float32 [?, {latent}] each, or one float32 [?, {2 * latent}]"
            )
        return parts if len(parts) == 2 else tuple(tf.split(output, 2, axis=1))

    return encode


def _checked_decoder(decoder: Any, shape: tuple[int, ...], classes: int) -> Callable[..., Any]:
    inputs = _inputs("decoder", decoder, (2,) if classes else (1,))

    def decode(z: Any, y: Any) -> Any:
        output = decoder([z, y] if inputs == 2 else z, training=False)
        found = described(output.dtype.name, tuple(output.shape))
        expected = described("float32", (None, *shape))
        if found != expected:
            raise ValueError(f"the decoder gives {found}; expected {expected}")
        return output

    return decode


def _trace(function: Callable[..., dict[str, Any]], rule: SignatureRule) -> Any:
    """A concrete function with the contract's names, types and shapes, and no other.

    The shapes are checked when it runs, too: a signature by itself lets any input through, and
    some kernels end the process when they get an input of another rank.
    """
    from vaetf.backend import tf

    def ensured(tensors: Mapping[str, Any], rules: Mapping[str, TensorRule]) -> dict[str, Any]:
        return {name: tf.ensure_shape(tensors[name], one.shape) for name, one in rules.items()}

    def signature(**inputs: Any) -> dict[str, Any]:
        return ensured(function(**ensured(inputs, rule.inputs)), rule.outputs)

    specs = {
        name: tf.TensorSpec(tensor.shape, tensor.dtype, name=name)
        for name, tensor in rule.inputs.items()
    }
    return tf.function(signature, autograph=False).get_concrete_function(**specs)
