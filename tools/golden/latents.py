"""Golden numbers for distributions over the latent space, in nats, float64, from SciPy.

    python tools/golden/latents.py

``mixtures``: log density of normal mixtures with diagonal covariances, weights softmax(logits).
``full_gaussian``: the parameters are the mean, log L_ii^2 and the rows of L below its diagonal;
z = mean + L noise, its log density under N(mean, L L^T), the diagonal's logarithm, and the
divergence from N(0, I).
"""

from __future__ import annotations

import numpy as np
from golden import exact, write
from scipy import stats
from scipy.special import log_softmax, logsumexp


def mixture(case: str, z: np.ndarray, logits: np.ndarray, means: np.ndarray, log_variances: np.ndarray) -> dict:
    each = stats.norm.logpdf(z[:, None], means, np.exp(0.5 * log_variances)).sum(axis=2)
    return {
        "case": case,
        "z": z,
        "logits": logits,
        "means": means,
        "log_variances": log_variances,
        "log_density": logsumexp(each + log_softmax(logits), axis=1),
    }


def full_gaussian(latent: int, rows: int, normal) -> dict:
    mean, log_squares = normal(rows, latent), normal(rows, latent)
    below = normal(rows, latent * (latent - 1) // 2)
    noise = normal(rows, latent)
    z, log_density, log_variance, kl = [], [], [], []
    for row in range(rows):
        lower = np.diag(np.exp(0.5 * log_squares[row]))
        lower[np.tril_indices(latent, -1)] = below[row]
        covariance = lower @ lower.T
        z.append(mean[row] + lower @ noise[row])
        log_density.append(stats.multivariate_normal.logpdf(z[-1], mean[row], covariance))
        log_variance.append(np.log(np.diag(covariance)))
        _, log_determinant = np.linalg.slogdet(covariance)
        kl.append(0.5 * (np.trace(covariance) + mean[row] @ mean[row] - latent - log_determinant))
    return {
        "latent": latent,
        "parameters": np.concatenate([mean, log_squares, below], axis=1),
        "noise": noise,
        "z": np.array(z),
        "log_density": np.array(log_density),
        "log_variance": np.array(log_variance),
        "kl": np.array(kl),
    }


def main() -> None:
    generator = np.random.default_rng(20170519)

    def normal(*shape: int, scale: float = 1.0) -> np.ndarray:
        return exact(scale * generator.normal(size=shape))

    far = np.array([[30.0, -40.0], [-100.0, 0.0], [0.0, 8.0]])
    write(
        __file__,
        {
            "units": "nats",
            "mixtures": [
                mixture("near", normal(5, 3), normal(4), normal(4, 3), normal(4, 3)),
                mixture("one component", normal(3, 2), normal(1), normal(1, 2), normal(1, 2)),
                mixture("one dimension", normal(4, 1), normal(3), normal(3, 1), normal(3, 1)),
                mixture("far points", far, normal(3), normal(3, 2), normal(3, 2)),
                mixture("small variances", normal(4, 2), normal(3), normal(3, 2), normal(3, 2) - 7.0),
                mixture("rare component", normal(4, 2), np.array([0.0, -60.0]), normal(2, 2), normal(2, 2)),
            ],
            "full_gaussian": [full_gaussian(latent, 3, normal) for latent in (1, 2, 4)],
        },
    )


if __name__ == "__main__":
    main()
