"""Golden numbers for the exact log-likelihood of a linear-Gaussian VAE, in nats a row.

    python tools/golden/marginal.py

z ~ N(0, I), x|z ~ N(z weights + bias, variance I), weights [latent, width] as a dense layer's
kernel; so x ~ N(bias, weights^T weights + variance I), and q = p(z|x) is
N((x - bias) weights^T covariance / variance, covariance), covariance = (I + weights weights^T /
variance)^-1. The weights' rows are orthogonal, so the covariance is diagonal and a diagonal
Gaussian is exact: there the ELBO equals the log-likelihood, which is checked here.
"""

from __future__ import annotations

import numpy as np
from golden import exact, write
from scipy import stats

ROWS, WIDTH, LATENT = 6, 4, 2
WEIGHTS = np.array([[1.0, 0.5, -0.25, 0.5], [-0.5, 1.0, 0.5, 0.25]])
BIAS = np.array([0.5, -1.0, 0.0, 0.25])
VARIANCE = 0.25


def main() -> None:
    generator = np.random.default_rng(2019)
    latent = generator.normal(size=(ROWS, LATENT))
    noise = np.sqrt(VARIANCE) * generator.normal(size=(ROWS, WIDTH))
    x = exact(latent @ WEIGHTS + BIAS + noise)

    marginal = WEIGHTS.T @ WEIGHTS + VARIANCE * np.eye(WIDTH)
    log_likelihood = stats.multivariate_normal(BIAS, marginal).logpdf(x)

    covariance = np.linalg.inv(np.eye(LATENT) + WEIGHTS @ WEIGHTS.T / VARIANCE)
    variances = np.diag(covariance)
    np.testing.assert_allclose(covariance, np.diag(variances), atol=1e-15)
    mean = (x - BIAS) @ WEIGHTS.T @ covariance / VARIANCE
    squared_error = ((x - mean @ WEIGHTS - BIAS) ** 2).sum(axis=1)
    spread = np.trace(WEIGHTS.T @ covariance @ WEIGHTS)
    reconstruction = -0.5 * (
        (squared_error + spread) / VARIANCE + WIDTH * np.log(2.0 * np.pi * VARIANCE)
    )
    kl = 0.5 * (mean**2 + variances - 1.0 - np.log(variances)).sum(axis=1)
    np.testing.assert_allclose(reconstruction - kl, log_likelihood, rtol=1e-12)

    write(
        __file__,
        {
            "units": "nats",
            "weights": WEIGHTS,
            "bias": BIAS,
            "variance": VARIANCE,
            "x": x,
            "posterior": {"mean": mean, "log_variance": np.log(variances)},
            "reconstruction": reconstruction,
            "kl": kl,
            "log_likelihood": log_likelihood,
        },
    )


if __name__ == "__main__":
    main()
