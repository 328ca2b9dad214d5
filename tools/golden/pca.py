"""Golden numbers for principal components: what the best linear autoencoder of k numbers reaches.

    python tools/golden/pca.py

``x`` is [rows, width], drawn from a linear-Gaussian model. ``mse[k]`` is the mean over all entries
of the squared error after projecting on the first k components, k = 0 .. width; it equals the sum
of the eigenvalues of the covariance (divided by rows) after the k-th, over width. Both ways are
computed here and must agree. Components are up to sign and therefore not stored.
"""

from __future__ import annotations

import numpy as np
from golden import exact, write

ROWS, WIDTH, LATENT = 40, 5, 2


def main() -> None:
    generator = np.random.default_rng(1901)
    weights = generator.normal(size=(LATENT, WIDTH))
    latent = generator.normal(size=(ROWS, LATENT))
    x = exact(1.0 + latent @ weights + 0.2 * generator.normal(size=(ROWS, WIDTH)))

    mean = x.mean(axis=0)
    centred = x - mean
    _, singular_values, components = np.linalg.svd(centred, full_matrices=False)
    eigenvalues = singular_values**2 / ROWS
    mse = np.array([eigenvalues[k:].sum() / WIDTH for k in range(WIDTH + 1)])
    for k in range(WIDTH + 1):
        projected = centred @ components[:k].T @ components[:k]
        np.testing.assert_allclose(np.mean((centred - projected) ** 2), mse[k], atol=1e-12)

    write(__file__, {"x": x, "mean": mean, "eigenvalues": eigenvalues, "mse": mse})


if __name__ == "__main__":
    main()
