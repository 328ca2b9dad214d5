"""Makes a model in Python, and cases that whoever loads it can check: Java's loader above all.

    python tools/interop/make_model.py OUT_DIR CASES_OUT.json [--network dense|conv|conditional]

Nothing is trained: the weights are seeded. ``dense`` has rows of 12 numbers and a Bernoulli
likelihood; ``conv`` has pictures of 8 x 8 x 3 and a Gaussian one of variance 0.25; ``conditional``
is ``dense`` given the label of each row, one of three classes. The cases
(their form: cases.py) are what plain TensorFlow computes with the model just written, every
signature with two sizes of batch.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# The package of this checkout, installed or not.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

import cases  # noqa: E402
import keras  # noqa: E402
import make_cases  # noqa: E402
import vaetf  # noqa: E402
from keras import layers  # noqa: E402

LATENT = 3


def dense() -> tuple[keras.Model, keras.Model, dict[str, Any]]:
    """Encoder with two outputs, decoder, and what ``vaetf.save`` needs to know."""
    x = keras.Input([12])
    hidden = layers.Dense(8, "tanh")(x)
    encoder = keras.Model(x, [layers.Dense(LATENT)(hidden), layers.Dense(LATENT)(hidden)])
    z = keras.Input([LATENT])
    decoder = keras.Model(z, layers.Dense(12)(layers.Dense(8, "tanh")(z)))
    scaling = vaetf.Scaling("unit", (0.0,), (255.0,))
    return encoder, decoder, {"shape": [12], "likelihood": "bernoulli", "scaling": scaling}


def conv() -> tuple[keras.Model, keras.Model, dict[str, Any]]:
    """The same with convolutions; the encoder has one output, mean and log-variance in a row."""
    x = keras.Input([8, 8, 3])
    hidden = layers.Flatten()(layers.Conv2D(4, 3, 2, "same", activation="relu")(x))
    encoder = keras.Model(x, layers.Dense(2 * LATENT)(hidden))
    z = keras.Input([LATENT])
    hidden = layers.Reshape([4, 4, 4])(layers.Dense(64, "relu")(z))
    decoder = keras.Model(z, layers.Conv2DTranspose(3, 3, 2, "same")(hidden))
    return encoder, decoder, {"shape": [8, 8, 3], "likelihood": "gaussian", "variance": 0.25}


def conditional() -> tuple[keras.Model, keras.Model, dict[str, Any]]:
    """Both networks are given the label, one-hot, beside x and beside z."""
    x, y = keras.Input([12]), keras.Input([3])
    hidden = layers.Dense(8, "tanh")(layers.Concatenate()([x, y]))
    encoder = keras.Model([x, y], [layers.Dense(LATENT)(hidden), layers.Dense(LATENT)(hidden)])
    z = keras.Input([LATENT])
    hidden = layers.Dense(8, "tanh")(layers.Concatenate()([z, y]))
    decoder = keras.Model([z, y], layers.Dense(12)(hidden))
    return encoder, decoder, {"shape": [12], "classes": ["square", "ellipse", "heart"]}


NETWORKS = {"dense": dense, "conv": conv, "conditional": conditional}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out_dir")
    parser.add_argument("cases_out")
    parser.add_argument("--network", choices=NETWORKS, default="dense")
    options = parser.parse_args(arguments)

    generator = np.random.default_rng(1312)
    encoder, decoder, settings = NETWORKS[options.network]()
    for network in (encoder, decoder):
        network.set_weights([generator.normal(0.0, 0.3, w.shape) for w in network.weights])
    folder = vaetf.save(
        options.out_dir, encoder, decoder, latent=LATENT, overwrite=True, **settings
    )

    cases.write(options.cases_out, make_cases.cases_of(folder, generator))
    print(f"{folder} and {options.cases_out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
