"""Where the marginal likelihood has a closed form, the importance-weighted estimate meets it."""

import keras
import numpy as np
from keras import layers

import vaetf

LATENT, WIDTH, VARIANCE = 2, 5, 0.3


def test_linear_gaussian(tmp_path):
    generator = np.random.default_rng(8)
    weights = generator.normal(size=(LATENT, WIDTH))
    bias = generator.normal(size=WIDTH)
    x = (
        generator.normal(size=(7, LATENT)) @ weights
        + bias
        + np.sqrt(VARIANCE) * generator.normal(size=(7, WIDTH))
    )

    # The exact posterior's mean; its variances without the covariances and half as much again, so
    # that the weights differ from draw to draw and the ELBO is not tight.
    covariance = np.linalg.inv(np.eye(LATENT) + weights @ weights.T / VARIANCE)
    gain = weights.T @ covariance / VARIANCE
    log_variance = np.log(1.5 * np.diag(covariance))
    encoder_input, decoder_input = keras.Input([WIDTH]), keras.Input([LATENT])
    encoder = keras.Model(encoder_input, layers.Dense(2 * LATENT)(encoder_input))
    encoder.set_weights(
        [
            np.hstack([gain, np.zeros_like(gain)]),
            np.concatenate([-bias @ gain, log_variance]),
        ]
    )
    decoder = keras.Model(decoder_input, layers.Dense(WIDTH)(decoder_input))
    decoder.set_weights([weights, bias])
    folder = vaetf.save(
        tmp_path / "model",
        encoder,
        decoder,
        latent=LATENT,
        shape=[WIDTH],
        likelihood="gaussian",
        variance=VARIANCE,
    )

    # log N(x; bias, weights^T weights + VARIANCE I)
    marginal = weights.T @ weights + VARIANCE * np.eye(WIDTH)
    centred = x - bias
    distance = np.einsum("ni,ni->n", centred @ np.linalg.inv(marginal), centred)
    log_determinant = np.linalg.slogdet(2.0 * np.pi * marginal)[1]
    exact = -0.5 * (distance + log_determinant)

    scores = vaetf.load(folder).score(x, samples=5000, seed=1)

    np.testing.assert_allclose(scores["log_likelihood"], exact, rtol=0.0, atol=0.05)
    assert np.all(scores["elbo"] < exact)
    assert np.all(scores["kl"] >= 0.0)
