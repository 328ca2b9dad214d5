"""Trains the classifier whose last hidden layer org.vaetf.eval.DigitFeatures looks at digits with.

    python tools/classifier/train_digits.py [MNIST-FOLDER]

Learns from the 9,000 training rows of the embedded mnist-10k, moved, turned, scaled and sheared a
little anew in each epoch; no test row is looked at before the end. Prints the accuracy on the
1,000 embedded test rows and, with the folder of the official files, on the official 10,000, and
writes the weights beside Java's class:

    digits/weights.f32    little-endian float32, the layers in order, kernel before bias

Two runs on one machine write the same bytes; another machine's TensorFlow may round otherwise.
Needs tools/requirements.txt.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED = ROOT / "src/main/resources/org/vaetf/data/mnist-10k"
TARGET = ROOT / "src/main/resources/org/vaetf/eval/digits/weights.f32"
SIDE, FEATURES, CLASSES = 28, 64, 10
SEED, EPOCHS, BATCH, RATE = 2017, 60, 50, 1e-3


def read(images: Path, labels: Path) -> tuple[np.ndarray, np.ndarray]:
    """Grey levels [rows, 28, 28, 1] as float32 and the class of each row, from IDX.gz."""
    pixels = np.frombuffer(gzip.decompress(images.read_bytes())[16:], np.uint8)
    classes = np.frombuffer(gzip.decompress(labels.read_bytes())[8:], np.uint8)
    return pixels.reshape(-1, SIDE, SIDE, 1).astype(np.float32), classes.astype(np.int32)


def network() -> keras.Sequential:
    """The layers of DigitFeatures, and on top of them ten logits."""

    def convolution(filters: int, kernel: int) -> keras.layers.Layer:
        return keras.layers.Conv2D(filters, kernel, strides=2, padding="same", activation="relu")

    return keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 1)),
            keras.layers.Rescaling(1.0 / 255.0),
            convolution(16, 5),
            convolution(32, 3),
            convolution(32, 3),
            keras.layers.Flatten(),
            keras.layers.Dense(FEATURES, activation="elu"),
            keras.layers.Dense(CLASSES),
        ]
    )


def distorted(x: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Each row under an affine map of its own, about the middle of the picture."""
    rows = len(x)
    angle = np.radians(generator.uniform(-12.0, 12.0, rows))
    scale = generator.uniform(0.88, 1.12, (rows, 2))
    shear = generator.uniform(-0.15, 0.15, rows)
    shift = generator.uniform(-2.0, 2.0, (rows, 2))
    turn = np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], 1)
    skew = np.stack([scale[:, 0], shear, np.zeros(rows), scale[:, 1]], 1)
    linear = turn.reshape(-1, 2, 2) @ skew.reshape(-1, 2, 2)
    middle = np.full(2, (SIDE - 1) / 2.0)
    offset = middle - linear @ middle + shift
    maps = np.concatenate([linear, offset[:, :, None]], 2).reshape(rows, 6)
    maps = np.concatenate([maps, np.zeros((rows, 2))], 1)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=x,
        transforms=maps.astype(np.float32),
        output_shape=[SIDE, SIDE],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    ).numpy()


def train(model: keras.Sequential, x: np.ndarray, labels: np.ndarray) -> None:
    """Adam, the learning rate falling to nothing along half a cosine."""
    generator = np.random.default_rng(SEED)
    steps = EPOCHS * (len(x) // BATCH)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(RATE, steps))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step(images: tf.Tensor, classes: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            value = loss(classes, model(images, training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return value

    for epoch in range(EPOCHS):
        order = generator.permutation(len(x))
        images, classes = distorted(x[order], generator), labels[order]
        losses = [
            step(tf.constant(images[at : at + BATCH]), tf.constant(classes[at : at + BATCH]))
            for at in range(0, len(x) - BATCH + 1, BATCH)
        ]
        print(f"epoch {epoch + 1}: {np.mean(losses):.4f} nats", file=sys.stderr)


def accuracy(model: keras.Sequential, x: np.ndarray, labels: np.ndarray) -> str:
    right = np.argmax(model.predict(x, batch_size=500, verbose=0), axis=1) == labels
    return f"{100.0 * right.mean():.2f} % of {len(x)}"


def main() -> None:
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(SEED)
    x, labels = read(EMBEDDED / "train-images.idx.gz", EMBEDDED / "train-labels.idx.gz")
    model = network()
    train(model, x, labels)

    test = read(EMBEDDED / "test-images.idx.gz", EMBEDDED / "test-labels.idx.gz")
    print("accuracy, mnist-10k test rows:", accuracy(model, *test))
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        official = read(
            folder / "t10k-images-idx3-ubyte.gz", folder / "t10k-labels-idx1-ubyte.gz"
        )
        print("accuracy, official test rows: ", accuracy(model, *official))

    # The logits served to learn; the features are what lies below them.
    weights = model.get_weights()[:-2]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(b"".join(one.astype("<f4").tobytes() for one in weights))
    print("SHA-256:", hashlib.sha256(TARGET.read_bytes()).hexdigest())
    features = keras.Model(model.inputs, model.layers[-2].output).predict(test[0], verbose=0)
    rank = int((np.linalg.eigvalsh(np.cov(features.T)) > 1e-6 * features.var()).sum())
    print("rank of their covariance:", rank, "of", FEATURES)


if __name__ == "__main__":
    main()
