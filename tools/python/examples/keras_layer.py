"""A trained encoder as a layer of a Keras model: a classifier on top of its code.

    python tools/python/examples/keras_layer.py [MODEL]

`keras.layers.TFSMLayer` makes a signature of a SavedModel a layer. Its weights stay as they are,
gradients go through it. Keras must run on TensorFlow. Of a conditional model a signature has two
inputs: the label comes first, as in ``layer(label, x=x)``.
"""

import sys

import keras

import vaetf


def classifier(model: str, classes: int) -> keras.Model:
    """Digits in the model's scaled space to probabilities of classes."""
    encode = keras.layers.TFSMLayer(model, call_endpoint="encode")
    x = keras.Input(vaetf.load(model).shape)
    probabilities = keras.layers.Dense(classes, "softmax")(encode(x)["mean"])
    return keras.Model(x, probabilities)


def main(model: str = "saved_models/mnist-conv") -> float:
    """Fits the one dense layer to drawn digits and their own codes' signs; returns the accuracy."""
    vae = vaetf.load(model)
    x, z = vae.sample(1000, seed=1)
    y = (z[:, 0] > 0).astype("int64")
    network = classifier(model, 2)
    loss = "sparse_categorical_crossentropy"
    network.compile(keras.optimizers.Adam(0.05), loss, metrics=["accuracy"])
    network.fit(x[:800], y[:800], batch_size=100, epochs=20, verbose=0)
    accuracy = float(network.evaluate(x[800:], y[800:], verbose=0)[1])
    print(f"{accuracy:.1%} of {len(y) - 800} drawn digits put on the side that they came from")
    return accuracy


if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    main(*sys.argv[1:])
