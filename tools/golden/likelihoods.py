"""Golden numbers for the terms of the ELBO, in nats, float64, from SciPy.

    python tools/golden/likelihoods.py

``log_likelihood`` is per row, summed over the entries of the row. The Bernoulli takes logits, and
grey x between 0 and 1: sum of x log p + (1 - x) log(1 - p). ``kl`` is of N(mean, exp(log_variance))
from N(0, 1), checked here by quadrature. ``elbo`` = log p(x|z) - kl for the one z that gave the
logits.
"""

from __future__ import annotations

import numpy as np
from golden import exact, write
from scipy import integrate, stats
from scipy.special import expit, log_expit

ROWS, WIDTH, LATENT = 4, 6, 3


def bernoulli(x: np.ndarray, logits: np.ndarray) -> np.ndarray:
    entries = x * log_expit(logits) + (1.0 - x) * log_expit(-logits)
    plain = np.isin(x, (0.0, 1.0)) & (np.abs(logits) < 10.0)
    agreed = stats.bernoulli.logpmf(x[plain], expit(logits[plain]))
    np.testing.assert_allclose(entries[plain], agreed, rtol=1e-9)
    return entries.sum(axis=1)


def gaussian(x: np.ndarray, mean: np.ndarray, log_variance: np.ndarray) -> np.ndarray:
    return stats.norm.logpdf(x, mean, np.exp(0.5 * log_variance)).sum(axis=1)


def kl(mean: np.ndarray, log_variance: np.ndarray) -> np.ndarray:
    """By dimension, [rows, latent]: (mean^2 + exp(log_variance) - 1 - log_variance) / 2."""
    closed = 0.5 * (mean**2 + np.expm1(log_variance) - log_variance)
    for (row, column), value in np.ndenumerate(closed):
        q = stats.norm(mean[row, column], np.exp(0.5 * log_variance[row, column]))
        integral, _ = integrate.quad(
            lambda z: q.pdf(z) * (q.logpdf(z) - stats.norm.logpdf(z)),
            q.mean() - 12.0 * q.std(),
            q.mean() + 12.0 * q.std(),
            points=[q.mean()],
            epsabs=1e-10,
        )
        np.testing.assert_allclose(integral, value, rtol=1e-8, atol=1e-9)
    return closed


def main() -> None:
    generator = np.random.default_rng(20141220)

    def normal(*shape: int, scale: float = 1.0) -> np.ndarray:
        return exact(scale * generator.normal(size=shape))

    binary = (generator.random((ROWS, WIDTH)) < 0.5).astype(float)
    grey = exact(generator.random((ROWS, WIDTH)))
    logits = normal(ROWS, WIDTH, scale=2.0)
    extreme = np.array([[50.0, -50.0, 50.0, -50.0, 0.0, 50.0]])
    extreme_x = np.array([[1.0, 0.0, 0.0, 1.0, 0.25, 0.75]])
    bernoulli_cases = [
        {"case": case, "x": x, "logits": one, "log_likelihood": bernoulli(x, one)}
        for case, x, one in (
            ("binary", binary, logits),
            ("grey", grey, logits),
            ("extreme", extreme_x, extreme),
        )
    ]

    gaussian_cases = []
    for case, log_variance in (
        ("unit", np.zeros(())),
        ("scalar", exact(-1.5)),
        ("per entry", normal(ROWS, WIDTH)),
    ):
        x, mean = normal(ROWS, WIDTH), normal(ROWS, WIDTH)
        gaussian_cases.append(
            {
                "case": case,
                "x": x,
                "mean": mean,
                "log_variance": log_variance,
                "log_likelihood": gaussian(x, mean, log_variance),
            }
        )

    mean = normal(ROWS, LATENT)
    log_variance = normal(ROWS, LATENT, scale=1.5)
    mean[0], log_variance[0] = 0.0, 0.0
    by_dimension = kl(mean, log_variance)
    z = normal(ROWS, LATENT, scale=1.5)
    write(
        __file__,
        {
            "units": "nats",
            "bernoulli": bernoulli_cases,
            "gaussian": gaussian_cases,
            "kl": {
                "mean": mean,
                "log_variance": log_variance,
                "by_dimension": by_dimension,
                "kl": by_dimension.sum(axis=1),
            },
            "posterior": {
                "z": z,
                "mean": mean,
                "log_variance": log_variance,
                "log_density": gaussian(z, mean, log_variance),
            },
            "standard_normal": {"z": z, "log_density": stats.norm.logpdf(z).sum(axis=1)},
            "elbo": {
                "x": grey,
                "logits": logits,
                "mean": mean,
                "log_variance": log_variance,
                "elbo": bernoulli(grey, logits) - by_dimension.sum(axis=1),
            },
        },
    )


if __name__ == "__main__":
    main()
