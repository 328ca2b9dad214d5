"""Signatures as layers of Keras, as examples/keras_layer.py shows it."""

from pathlib import Path

import keras
import numpy as np
import pytest

import keras_layer
import vaetf

MODELS = Path(__file__).resolve().parents[3] / "saved_models"


def test_the_example_learns():
    keras.utils.set_random_seed(1)
    assert keras_layer.main(str(MODELS / "mnist-conv")) > 0.8


@pytest.mark.parametrize("endpoint", ["encode", "reconstruct"])
def test_a_layer_computes_what_the_signature_does(endpoint):
    model = str(MODELS / "mnist-2d")
    vae = vaetf.load(model)
    x, _ = vae.sample(5, seed=3)
    found = keras.layers.TFSMLayer(model, call_endpoint=endpoint)(x)
    expected = (
        dict(zip(("mean", "log_variance"), vae.encode(x), strict=True))
        if endpoint == "encode"
        else {"reconstruction": vae.reconstruct(x)}
    )
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-5, atol=1e-5)


def test_a_conditional_model_is_given_its_label_first():
    model = str(MODELS / "mnist-cvae")
    vae = vaetf.load(model)
    z = np.random.default_rng(1).normal(size=(3, vae.latent)).astype("float32")
    label = np.array([7, 1, 0])
    layer = keras.layers.TFSMLayer(model, call_endpoint="decode")
    np.testing.assert_allclose(
        layer(label, z=z)["x"], vae.decode(z, label=label), rtol=1e-5, atol=1e-5
    )


def test_weights_stay_and_only_new_layers_learn():
    network = keras_layer.classifier(str(MODELS / "mnist-2d"), 10)
    assert [tuple(weight.shape) for weight in network.trainable_weights] == [(2, 10), (10,)]
    assert network.output_shape == (None, 10)
