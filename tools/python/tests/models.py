"""Small Keras networks with seeded weights."""

import keras
import numpy as np
from keras import layers


def seeded(model, seed):
    """The model with weights drawn by NumPy from a seed, biases too."""
    generator = np.random.default_rng(seed)
    model.set_weights(
        [generator.normal(0.0, 0.3, weight.shape).astype("float32") for weight in model.weights]
    )
    return model


def dense(width=12, latent=3):
    """An encoder with two outputs and a decoder, width - 8 - latent - 8 - width."""
    x = keras.Input([width])
    hidden = layers.Dense(8, "tanh")(x)
    hidden = layers.Dropout(0.5)(hidden)
    encoder = keras.Model(x, [layers.Dense(latent)(hidden), layers.Dense(latent)(hidden)])
    z = keras.Input([latent])
    decoder = keras.Model(z, layers.Dense(width)(layers.Dense(8, "tanh")(z)))
    return seeded(encoder, 1), seeded(decoder, 2)


def conditional(width=12, latent=3, classes=3):
    """The networks of ``dense``, given the label one-hot; the encoder has one output."""
    x, y, z = keras.Input([width]), keras.Input([classes]), keras.Input([latent])
    hidden = layers.Dense(8, "tanh")(layers.Concatenate()([x, y]))
    encoder = keras.Model([x, y], layers.Dense(2 * latent)(hidden))
    hidden = layers.Dense(8, "tanh")(layers.Concatenate()([z, y]))
    decoder = keras.Model([z, y], layers.Dense(width)(hidden))
    return seeded(encoder, 5), seeded(decoder, 6)


def convolutional(latent=2):
    """An encoder of 8 x 8 x 3 pictures with one output [batch, 2 latent], and a decoder."""
    x = keras.Input([8, 8, 3])
    hidden = layers.Flatten()(layers.Conv2D(4, 3, 2, "same", activation="relu")(x))
    encoder = keras.Model(x, layers.Dense(2 * latent)(hidden))
    z = keras.Input([latent])
    hidden = layers.Reshape([4, 4, 4])(layers.Dense(64, "relu")(z))
    decoder = keras.Model(z, layers.Conv2DTranspose(3, 3, 2, "same")(hidden))
    return seeded(encoder, 3), seeded(decoder, 4)
