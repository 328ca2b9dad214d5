"""Golden numbers for expectation maximization: a mixture of normals with full covariances.

    python tools/golden/normal_mixture.py

``x`` is [rows, latent]; ``start`` and ``end`` hold ``weights`` [components], ``means`` [components,
latent] and ``covariances`` [components, latent, latent]. ``log_likelihood[t]`` is the mean
log-density of the rows, in nats, under the mixture after t turns, t = 0 .. TURNS; ``end`` is the
mixture after the last. ``regularization`` times the mean variance of x (divided by rows) is added to
the diagonal of every covariance. Densities are SciPy's, sums NumPy's in two passes.
"""

from __future__ import annotations

import numpy as np
from golden import exact, write
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

ROWS, LATENT, COMPONENTS, TURNS = 90, 3, 3, 12
REGULARIZATION = 0.001


def log_joint(x: np.ndarray, mixture: dict[str, np.ndarray]) -> np.ndarray:
    """log π_k N(x; μ_k, Σ_k), [rows, components]."""
    parts = zip(mixture["weights"], mixture["means"], mixture["covariances"], strict=True)
    return np.stack(
        [np.log(w) + multivariate_normal.logpdf(x, mean, cov) for w, mean, cov in parts], axis=1
    )


def turn(x: np.ndarray, mixture: dict[str, np.ndarray], ridge: float) -> dict[str, np.ndarray]:
    joint = log_joint(x, mixture)
    responsibility = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    rows = responsibility.sum(axis=0)
    means = responsibility.T @ x / rows[:, None]
    covariances = []
    for k in range(COMPONENTS):
        difference = x - means[k]
        product = (responsibility[:, k, None] * difference).T @ difference / rows[k]
        covariances.append(product + ridge * np.eye(LATENT))
    return {"weights": rows / len(x), "means": means, "covariances": np.array(covariances)}


def main() -> None:
    generator = np.random.default_rng(2203)
    centres = np.array([[-2.0, 0.0, 1.0], [1.5, 1.5, 0.0], [0.5, -2.0, -1.0]])
    shapes = generator.normal(size=(COMPONENTS, LATENT, LATENT)) * 0.6
    which = generator.integers(COMPONENTS, size=ROWS)
    noise = generator.normal(size=(ROWS, LATENT))
    x = exact(centres[which] + np.einsum("nij,nj->ni", shapes[which], noise))

    ridge = REGULARIZATION * float(np.mean(x.var(axis=0)))
    start = {
        "weights": np.array([0.5, 0.25, 0.25]),
        "means": x[[0, 1, 2]],
        "covariances": np.array([np.eye(LATENT) * scale for scale in (1.0, 2.0, 0.5)]),
    }
    mixture = start
    likelihoods = [float(np.mean(logsumexp(log_joint(x, mixture), axis=1)))]
    for _ in range(TURNS):
        mixture = turn(x, mixture, ridge)
        likelihoods.append(float(np.mean(logsumexp(log_joint(x, mixture), axis=1))))

    write(
        __file__,
        {
            "regularization": REGULARIZATION,
            "x": x,
            "start": start,
            "log_likelihood": likelihoods,
            "end": mixture,
        },
    )


if __name__ == "__main__":
    main()
