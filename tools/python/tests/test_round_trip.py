"""What is saved and loaded computes what NumPy computes from the Keras networks."""

import numpy as np
import pytest
import tensorflow as tf
from models import convolutional, dense

import vaetf

GREY = vaetf.Scaling("unit", (0.0,), (255.0,))


@pytest.fixture(scope="module")
def bernoulli(tmp_path_factory):
    encoder, decoder = dense()
    folder = tmp_path_factory.mktemp("bernoulli") / "deep" / "saved_model"
    written = vaetf.save(
        folder,
        encoder,
        decoder,
        latent=3,
        shape=[12],
        scaling=GREY,
        metadata={"data": "toy", "seed": 7, "metrics": {"elbo": -1.5}},
    )
    assert written == folder
    return vaetf.load(folder), encoder, decoder


@pytest.fixture(scope="module")
def gaussian(tmp_path_factory):
    encoder, decoder = convolutional()
    folder = tmp_path_factory.mktemp("gaussian") / "model"
    vaetf.save(
        folder,
        encoder,
        decoder,
        latent=2,
        shape=(8, 8, 3),
        likelihood="gaussian",
        variance=0.25,
    )
    return vaetf.load(folder), encoder, decoder


@pytest.fixture(params=["bernoulli", "gaussian"])
def case(request):
    """(vae, x, encode, decode, mean of p, log p) with the last four in float64 NumPy."""
    vae, encoder, decoder = request.getfixturevalue(request.param)
    x = np.random.default_rng(5).random((5, *vae.shape), dtype=np.float32)

    def encode(values):
        output = encoder(values, training=False)
        parts = output if isinstance(output, list) else np.split(output.numpy(), 2, axis=1)
        return tuple(np.asarray(part, np.float64) for part in parts)

    def decode(z):
        return decoder(z.astype(np.float32), training=False).numpy().astype(np.float64)

    def mean(output):
        return 1.0 / (1.0 + np.exp(-output)) if request.param == "bernoulli" else output

    def log_probability(values, output):
        if request.param == "bernoulli":
            entries = values * output - np.logaddexp(0.0, output)
        else:
            entries = -0.5 * ((values - output) ** 2 / 0.25 + np.log(2.0 * np.pi * 0.25))
        return entries.reshape(len(values), -1).sum(axis=1)

    return vae, x, encode, decode, mean, log_probability


def close(actual, expected):
    assert actual.dtype == np.float32
    assert actual.shape == expected.shape
    np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-5)


def noise(rows, latent, seed):
    return tf.raw_ops.StatelessRandomNormal(shape=[rows, latent], seed=seed).numpy()


def test_encode(case):
    vae, x, encode, *_ = case
    for actual, expected in zip(vae.encode(x), encode(x), strict=True):
        close(actual, expected)


def test_decode_gives_the_mean(case):
    vae, _, _, decode, mean, _ = case
    z = noise(4, vae.latent, [1, 2])
    close(vae.decode(z), mean(decode(z)))


def test_reconstruct_uses_the_posterior_mean(case):
    vae, x, encode, decode, mean, _ = case
    close(vae.reconstruct(x), mean(decode(encode(x)[0])))


def test_sample_draws_from_the_prior(case):
    vae, _, _, decode, mean, _ = case
    x, z = vae.sample(6, seed=11)
    np.testing.assert_array_equal(z, noise(6, vae.latent, [11, 0]))
    close(x, mean(decode(z)))
    np.testing.assert_array_equal(vae.sample(6, seed=(11, 3))[1], noise(6, vae.latent, [11, 3]))
    assert vae.sample(0)[0].shape == (0, *vae.shape)


@pytest.mark.parametrize("samples", [1, 4])
def test_score(case, samples):
    vae, x, encode, decode, _, log_probability = case
    mean, log_variance = encode(x)
    log_x, log_weights = [], []
    for i in range(samples):
        eps = noise(len(x), vae.latent, [9, 2 + i]).astype(np.float64)
        z = mean + np.exp(0.5 * log_variance) * eps
        log_x.append(log_probability(x, decode(z)))
        log_ratio = 0.5 * (eps**2 + log_variance - z**2).sum(axis=1)
        log_weights.append(log_x[-1] + log_ratio)
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1.0 - log_variance).sum(axis=1)
    reconstruction = np.mean(log_x, axis=0)

    actual = vae.score(x, samples, seed=(9, 2))

    assert actual.keys() == {"elbo", "reconstruction", "kl", "log_likelihood"}
    close(actual["reconstruction"], reconstruction)
    close(actual["kl"], kl)
    close(actual["elbo"], reconstruction - kl)
    close(actual["log_likelihood"], np.logaddexp.reduce(log_weights) - np.log(samples))


def test_batch_of_any_size_and_none(case):
    vae, x, *_ = case
    assert vae.reconstruct(x[:1]).shape == (1, *vae.shape)
    assert vae.score(x[:0])["elbo"].shape == (0,)


def test_manifest(bernoulli, gaussian):
    manifest = bernoulli[0].manifest
    assert manifest["contract"] == 1
    assert manifest["data"] == {
        "name": "toy",
        "shape": [12],
        "scaling": {"kind": "unit", "shift": [0.0], "scale": [255.0]},
        "fingerprint": "",
    }
    assert manifest["model"]["likelihood"] == {"kind": "bernoulli"}
    assert manifest["seed"] == 7
    assert manifest["metrics"] == {"elbo": -1.5}
    model = gaussian[0].manifest["model"]
    assert model["latent"] == 2
    assert model["likelihood"] == {"kind": "gaussian", "variance": 0.25}


def test_scaling_is_the_manifests(bernoulli):
    raw = np.arange(0, 240, 20, dtype=np.uint8)
    x = bernoulli[0].scale(raw)
    close(x, raw / 255.0)
    close(bernoulli[0].unscale(x), raw)
    by_channel = vaetf.Scaling("standard", (1.0, 2.0, 3.0), (2.0, 2.0, 4.0))
    close(by_channel.apply(np.full((2, 2, 3), 3.0)), np.full((2, 2, 3), [1.0, 0.5, 0.0]))


def test_a_run_folder_is_a_model(bernoulli, tmp_path):
    encoder, decoder = dense()
    vaetf.save(tmp_path / "saved_model", encoder, decoder, latent=3, shape=[12])
    assert vaetf.load(tmp_path).shape == (12,)


def test_plain_tensorflow_opens_it(tmp_path):
    encoder, decoder = dense()
    folder = vaetf.save(tmp_path / "model", encoder, decoder, latent=3, shape=[12])
    signatures = tf.saved_model.load(str(folder)).signatures
    outputs = signatures["serving_default"](x=tf.zeros([2, 12]))
    assert outputs["reconstruction"].shape == [2, 12]
    with pytest.raises(tf.errors.InvalidArgumentError, match="expected at least 1"):
        signatures["score"](
            x=tf.zeros([2, 12]), samples=tf.constant(0), seed=tf.zeros([2], "int64")
        )


def test_an_input_of_another_shape_is_an_error_and_not_the_end_of_the_process(tmp_path):
    encoder, decoder = convolutional()
    folder = vaetf.save(tmp_path / "model", encoder, decoder, latent=2, shape=[8, 8, 3])
    signatures = tf.saved_model.load(str(folder)).signatures
    for shape in ([2, 192], [2, 8, 8, 4]):
        with pytest.raises(tf.errors.InvalidArgumentError, match="is not compatible"):
            signatures["encode"](x=tf.zeros(shape))
