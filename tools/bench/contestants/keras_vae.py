"""Keras's contestant, on TensorFlow and on JAX.

Training, always by `fit`: `tf-graph` (a tf.data pipeline, as tutorials do it), `tf-jit` (compiled
by XLA, data in memory, many steps an execution) and `jax` (the same on JAX).
Serving: `tf-graph`, `tf-jit`, `tf-saved` (a SavedModel, loaded again) and `jax`.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, Callable

import numpy as np

from protocol import Meter, calls, input_of, quality, read_spec, say, serve

BEGIN = time.perf_counter()
SPEC = read_spec()
JAX = SPEC["variant"].startswith("jax")
MOST_STEPS = 32  # an execution
MOST_ROWS = 8192  # an execution, so that a turn is not much longer than asked for
TEST_BATCH = 1000
FOREVER = 1_000_000

os.environ["KERAS_BACKEND"] = "jax" if JAX else "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

if JAX:
    import jax
else:
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(SPEC["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(SPEC["threads"])

if not (SPEC["variant"] == "tf-saved" and SPEC["work"] == "first-sample" and not SPEC.get("prepare")):
    import keras
    from keras import layers, ops


def dense_network() -> tuple[Any, Any]:
    """Encoder and decoder of dense layers; the decoder mirrors the encoder."""
    hidden, pixels = SPEC["network"]["hidden"], int(np.prod(SPEC["shape"]))
    encoder = keras.Sequential(
        [keras.Input(SPEC["shape"]), layers.Flatten()]
        + [layers.Dense(size, activation="relu") for size in hidden]
        + [layers.Dense(2 * SPEC["latent"])]
    )
    decoder = keras.Sequential(
        [keras.Input([SPEC["latent"]])]
        + [layers.Dense(size, activation="relu") for size in hidden[::-1]]
        + [layers.Dense(pixels), layers.Reshape(SPEC["shape"])]
    )
    return encoder, decoder


def convolutional_network() -> tuple[Any, Any]:
    """Encoder and decoder of convolutions that halve and double the image."""
    height, width, image_channels = SPEC["shape"]
    channels, hidden = SPEC["network"]["channels"], SPEC["network"]["hidden"]
    smallest = [height >> len(channels), width >> len(channels), channels[-1]]
    encoder = keras.Sequential(
        [keras.Input(SPEC["shape"])]
        + [layers.Conv2D(size, 4, 2, "same", activation="relu") for size in channels]
        + [layers.Flatten(), layers.Dense(hidden, activation="relu")]
        + [layers.Dense(2 * SPEC["latent"])]
    )
    decoder = keras.Sequential(
        [keras.Input([SPEC["latent"]]), layers.Dense(hidden, activation="relu")]
        + [layers.Dense(int(np.prod(smallest)), activation="relu"), layers.Reshape(smallest)]
        + [layers.Conv2DTranspose(c, 4, 2, "same", activation="relu") for c in channels[-2::-1]]
        + [layers.Conv2DTranspose(image_channels, 4, 2, "same")]
    )
    return encoder, decoder


def sum_of_rows(x: Any) -> Any:
    return ops.sum(ops.reshape(x, (ops.shape(x)[0], -1)), axis=1)


def steps_per_execution() -> int:
    """Steps between two callbacks: a divisor of the epoch's, for `fit` counts none that it lacks."""
    if SPEC["variant"] == "tf-graph":
        return 1
    epoch = len(np.load(SPEC["data"], mmap_mode="r")) // SPEC["batch"]
    most = max(1, min(MOST_STEPS, MOST_ROWS // SPEC["batch"]))
    return next((steps for steps in range(most, 0, -1) if epoch % steps == 0), 1)


def make_vae(data: np.ndarray | None = None) -> Any:
    """The model that all contestants agree on. With `data` its inputs are numbers of rows."""
    held = None if data is None else jax.numpy.asarray(data)

    class Vae(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            dense = SPEC["network"]["kind"] == "dense"
            self.encoder, self.decoder = dense_network() if dense else convolutional_network()
            self.noise = keras.random.SeedGenerator(SPEC["seed"])

        def encode(self, rows: Any) -> Any:
            return ops.split(self.encoder(rows), 2, axis=1)

        def call(self, x: Any) -> Any:
            rows = x if held is None else ops.cast(ops.take(held, x, axis=0), "float32") / 255.0
            mean, log_variance = self.encode(rows)
            k = SPEC["samples"]
            size = (k * ops.shape(mean)[0], SPEC["latent"])
            noise = keras.random.normal(size, seed=self.noise)
            spread = ops.exp(0.5 * log_variance)
            if k > 1:
                rows, mean, spread, log_variance = (
                    ops.concatenate([part] * k) for part in (rows, mean, spread, log_variance)
                )
            return rows, mean, log_variance, noise, self.decoder(mean + spread * noise)

        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
            rows, mean, log_variance, noise, logits = y_pred
            # Cross-entropy on logits, the numerically stable way.
            error = sum_of_rows(ops.softplus(logits) - rows * logits)
            if SPEC["samples"] == 1:
                divergence = 0.5 * (mean**2 + ops.exp(log_variance) - 1.0 - log_variance)
                return ops.mean(error + ops.sum(divergence, axis=1))
            z = mean + ops.exp(0.5 * log_variance) * noise
            log_ratio = 0.5 * ops.sum(noise**2 + log_variance - z**2, axis=1)
            log_weight = ops.reshape(log_ratio - error, (SPEC["samples"], -1))
            bound = ops.logsumexp(log_weight, axis=0) - np.log(SPEC["samples"])
            return -ops.mean(bound)

    vae = Vae()
    vae.compile(
        # The default of epsilon is 1e-7.
        optimizer=keras.optimizers.Adam(SPEC["learning_rate"], epsilon=1e-8),
        jit_compile=SPEC["variant"] != "tf-graph",
        steps_per_execution=steps_per_execution(),
    )
    return vae


def training_data(data: np.ndarray) -> dict[str, Any]:
    """What `fit` is to be given. On JAX the model holds the rows and is given their numbers."""
    batch = SPEC["batch"]
    whole = len(data) // batch * batch
    if JAX:
        return {"x": np.arange(whole, dtype=np.int32), "batch_size": batch, "shuffle": True}
    if SPEC["variant"] == "tf-jit":
        # XLA copies what a compiled step picks from, so the rows are picked before it.
        held = tf.constant(data)
        pipeline = (
            tf.data.Dataset.range(FOREVER)
            .map(lambda _: tf.reshape(tf.random.shuffle(tf.range(whole)), (-1, batch)))
            .unbatch()
            .map(lambda numbers: scaled(tf.gather(held, numbers)))
        )
        return {"x": pipeline.prefetch(tf.data.AUTOTUNE), "steps_per_epoch": whole // batch}
    pipeline = (
        tf.data.Dataset.from_tensor_slices(data)
        .shuffle(len(data))
        .batch(batch, drop_remainder=True)
        .map(scaled, tf.data.AUTOTUNE)
    )
    return {"x": pipeline.prefetch(tf.data.AUTOTUNE)}


def scaled(rows: Any) -> Any:
    return tf.cast(rows, tf.float32) / 255.0


def train() -> None:
    data = np.load(SPEC["data"])
    vae = make_vae(data if JAX else None)
    meter = Meter(about(), weights(vae))

    class Report(keras.callbacks.Callback):
        def __init__(self) -> None:
            super().__init__()
            self.done = -1

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.done = -1

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            steps, self.done = batch - self.done, batch
            meter.report(steps, steps * SPEC["batch"], lambda: float(logs["loss"]))

    vae.fit(**training_data(data), epochs=FOREVER, verbose=0, callbacks=[Report()])


def train_to_quality() -> None:
    data, test = np.load(SPEC["data"]), np.load(SPEC["test"])
    vae = make_vae(data if JAX else None)
    fitted = training_data(data)
    judged = make_vae()
    judged.encoder, judged.decoder = vae.encoder, vae.decoder
    rows = test.astype(np.float32) / 255

    def judge() -> float:
        return float(judged.evaluate(rows, batch_size=TEST_BATCH, verbose=0))

    quality(SPEC, lambda: vae.fit(**fitted, epochs=1, verbose=0), judge, BEGIN)


def served(vae: Any) -> Callable[[Any], Any]:
    """One of the three calls, floats in and floats out."""

    def forward(rows: Any) -> Any:
        if SPEC["work"] == "decode":
            return ops.sigmoid(vae.decoder(rows))
        mean, log_variance = vae.encode(rows)
        if SPEC["work"] == "encode":
            return mean, log_variance
        return ops.sigmoid(vae.decoder(mean))

    return forward


def tensorflow_call(vae: Any, size: list[int]) -> Callable[[np.ndarray], Any]:
    signature = [tf.TensorSpec([None, *size], tf.float32)]
    jit = True if SPEC["variant"] == "tf-jit" else None
    function = tf.function(served(vae), input_signature=signature, jit_compile=jit)
    if SPEC["variant"] == "tf-saved":
        folder = str(Path(SPEC["folder"]) / "saved")
        holder = tf.Module()
        holder.vae, holder.call = vae, function
        tf.saved_model.save(holder, folder)
        loaded = tf.saved_model.load(folder)  # kept by `call`: it owns the weights
        function = lambda rows: loaded.call(rows)
    else:
        function = function.get_concrete_function()

    def call(rows: np.ndarray) -> Any:
        out = function(tf.convert_to_tensor(rows))
        return [part.numpy() for part in out] if isinstance(out, (tuple, list)) else out.numpy()

    return call


def jax_call(vae: Any, size: list[int]) -> Callable[[np.ndarray], Any]:
    function = jax.jit(served(vae))

    def call(rows: np.ndarray) -> Any:
        out = function(rows)
        return [np.asarray(part) for part in out] if isinstance(out, tuple) else np.asarray(out)

    return call


def serve_calls() -> None:
    vae = make_vae()
    size = [SPEC["latent"]] if SPEC["work"] == "decode" else SPEC["shape"]
    call = (jax_call if JAX else tensorflow_call)(vae, size)
    serve(about(), weights(vae), calls(SPEC, call, input_of(SPEC)))


def first_step() -> None:
    rows = np.load(SPEC["data"], mmap_mode="r")[: SPEC["batch"]].astype(np.float32) / 255
    say({"step": 1, "loss": float(make_vae().train_on_batch(rows))})


def first_sample() -> None:
    random = np.random.default_rng(SPEC["seed"])
    z = random.standard_normal((1, SPEC["latent"]), dtype=np.float32)
    folder = Path(SPEC["folder"])
    if SPEC["variant"] == "tf-saved":
        if SPEC.get("prepare"):
            SPEC["work"] = "decode"
            tensorflow_call(make_vae(), [SPEC["latent"]])
            say({"prepared": True})
            return
        loaded = tf.saved_model.load(str(folder / "saved"))
        row = loaded.call(tf.convert_to_tensor(z)).numpy()
    else:
        file = folder / "decoder.keras"
        if SPEC.get("prepare"):
            make_vae().decoder.save(file)
            say({"prepared": True})
            return
        row = np.asarray(ops.sigmoid(keras.saving.load_model(file)(z)))
    say({"sample": [float(value) for value in row.ravel()]})


def weights(vae: Any) -> int:
    return sum(int(np.prod(v.shape)) for v in (vae.encoder.weights + vae.decoder.weights))


def about() -> str:
    backend = f"JAX {jax.__version__}" if JAX else f"TensorFlow {tf.__version__}"
    return f"Keras {keras.__version__} on {backend}, {SPEC['variant']}"


WORKS = {
    "train": train,
    "quality": train_to_quality,
    "first-step": first_step,
    "first-sample": first_sample,
}

if __name__ == "__main__":
    if "keras" in globals():
        keras.utils.set_random_seed(SPEC["seed"])
    WORKS.get(SPEC["work"], serve_calls)()
