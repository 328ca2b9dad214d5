"""Conditional models compute what NumPy computes from the Keras networks, given the label."""

import numpy as np
import pytest
import tensorflow as tf
from models import conditional, dense

import vaetf

NAMES = ("square", "ellipse", "heart")
LABELS = np.array([2, 0, 1, 2])
ONE_HOT = np.eye(3, dtype=np.float32)[LABELS]
X = np.random.default_rng(5).random((4, 12), dtype=np.float32)


@pytest.fixture(scope="module")
def networks():
    return conditional()


@pytest.fixture(scope="module")
def folder(networks, tmp_path_factory):
    place = tmp_path_factory.mktemp("conditional") / "model"
    return vaetf.save(place, *networks, latent=3, shape=[12], classes=NAMES)


@pytest.fixture(scope="module")
def vae(folder):
    return vaetf.load(folder)


def sigmoid(logits):
    return 1.0 / (1.0 + np.exp(-logits))


def close(actual, expected):
    assert actual.shape == expected.shape
    np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-5)


def test_every_signature_is_given_the_label(vae, networks):
    encoder, decoder = networks
    mean, log_variance = np.split(encoder([X, ONE_HOT]).numpy(), 2, axis=1)
    for actual, expected in zip(vae.encode(X, label=LABELS), (mean, log_variance), strict=True):
        close(actual, expected)
    logits = decoder([mean, ONE_HOT]).numpy()
    close(vae.decode(mean, label=LABELS), sigmoid(logits))
    close(vae.reconstruct(X, label=LABELS), sigmoid(logits))
    x, z = vae.sample(4, seed=3, label=LABELS)
    close(x, sigmoid(decoder([z, ONE_HOT]).numpy()))


def test_score(vae, networks):
    encoder, decoder = networks
    mean, log_variance = np.split(encoder([X, ONE_HOT]).numpy(), 2, axis=1)
    eps = tf.raw_ops.StatelessRandomNormal(shape=[4, 3], seed=[9, 0]).numpy()
    z = mean + np.exp(0.5 * log_variance) * eps
    logits = decoder([z, ONE_HOT]).numpy()
    log_x = (X * logits - np.logaddexp(0.0, logits)).sum(axis=1)
    scores = vae.score(X, seed=9, label=LABELS)
    close(scores["reconstruction"], log_x)
    log_ratio = 0.5 * (eps**2 + log_variance - z**2).sum(axis=1)
    close(scores["log_likelihood"], log_x + log_ratio)


def test_one_label_for_all_by_number_or_name(vae):
    expected = vae.sample(3, seed=1, label=[2, 2, 2])
    for label in (2, "heart", np.int8(2)):
        for actual, wanted in zip(vae.sample(3, seed=1, label=label), expected, strict=True):
            np.testing.assert_array_equal(actual, wanted)
    other, z = vae.sample(3, seed=1, label="square")
    np.testing.assert_array_equal(z, expected[1])
    assert np.abs(other - expected[0]).max() > 1e-3


def test_the_manifest_says_of_which_classes_labels_are(vae, tmp_path):
    assert vae.manifest["classes"] == {"count": 3, "names": list(NAMES)}
    assert vae.classes == vaetf.Classes(3, NAMES)
    folder = vaetf.save(tmp_path / "numbers", *conditional(), latent=3, shape=[12], classes=3)
    assert vaetf.load(folder).classes == vaetf.Classes(3)
    unconditional = vaetf.save(tmp_path / "none", *dense(), latent=3, shape=[12])
    assert vaetf.load(unconditional).classes == vaetf.Classes()


def test_an_encoder_may_do_without(networks, tmp_path):
    folder = vaetf.save(
        tmp_path / "model", dense()[0], networks[1], latent=3, shape=[12], classes=3
    )
    vae = vaetf.load(folder)
    np.testing.assert_array_equal(vae.encode(X, label=0)[0], vae.encode(X, label=1)[0])
    assert np.abs(vae.reconstruct(X, label=0) - vae.reconstruct(X, label=1)).max() > 1e-3


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (None, "label is missing; expected one of square, ellipse, heart; or a whole number from"),
        (3, "label is 3; expected one of square"),
        ([0, 1, -1, 0], "label is -1"),
        ("star", "label is 'star'; expected one of square"),
        ([0, 1], r"label has shape \[2\]; expected one for all rows, or \[4\]"),
        ([[0, 1, 2, 0]], r"label has shape \[1, 4\]"),
        ([0.0, 1.0, 2.0, 0.5], "label is float64; expected whole numbers"),
    ],
)
def test_labels_that_do_not_fit(vae, label, text):
    for call in (
        lambda: vae.encode(X, label=label),
        lambda: vae.decode(X[:, :3], label=label),
        lambda: vae.reconstruct(X, label=label),
        lambda: vae.sample(4, label=label),
        lambda: vae.score(X, label=label),
    ):
        with pytest.raises(ValueError, match=text):
            call()


def test_plain_tensorflow_gets_an_error_too(folder):
    signatures = tf.saved_model.load(str(folder)).signatures
    z = tf.zeros([2, 3])
    assert signatures["decode"](z=z, label=tf.constant([0, 2], tf.int64))["x"].shape == [2, 12]
    for label, text in (([0, 3], "from 0 to 2"), ([0], "one for each"), ([0, 1, 2], "one for")):
        with pytest.raises(tf.errors.InvalidArgumentError, match=text):
            signatures["decode"](z=z, label=tf.constant(label, tf.int64))
    with pytest.raises(tf.errors.InvalidArgumentError, match="one for each"):
        signatures["sample"](
            count=tf.constant(3), seed=tf.zeros([2], "int64"), label=tf.zeros([1], "int64")
        )


@pytest.mark.parametrize(
    ("networks_of", "classes", "text"),
    [
        (dense, 3, "the decoder has 1 inputs; expected 2"),
        (conditional, 0, "the encoder has 2 inputs; expected 1"),
        (conditional, -1, "classes: -1 with 0 names"),
    ],
)
def test_save_refuses(tmp_path, networks_of, classes, text):
    with pytest.raises(ValueError, match=text):
        vaetf.save(tmp_path / "model", *networks_of(), latent=3, shape=[12], classes=classes)
    assert not list(tmp_path.iterdir())
