"""A look at a model, cell by cell: `python explore.py [MODEL]`, or in an editor that runs `# %%` cells."""

# %% A run folder or a SavedModel; the package checks that it is one.
import sys

import numpy as np
import vaetf

vae = vaetf.load(sys.argv[1] if len(sys.argv) > 1 else "saved_models/mnist-2d")
print(f"rows of {tuple(vae.shape)}, {vae.latent} latent dimensions, fitted to {vae.manifest['data']['name']}")


# %% A picture in the terminal: the darker, the nearer to 1.
def show(picture):
    greys = np.clip(picture[..., 0], 0, 1)
    for line in greys[::2]:
        print("".join(" .:-=+*#%@"[int(9 * value)] for value in line))


# %% New pictures: the seed gives the same ones in Java.
pictures, z = vae.sample(4, seed=7)
show(np.asarray(pictures)[0])

# %% Where they were drawn, and what the model takes them for: means and spreads of q(z|x).
mean, log_variance = vae.encode(pictures)
print("drawn at", np.round(z, 2), sep="\n")
print("found at", np.round(mean, 2), sep="\n")
print("give or take", np.round(np.exp(log_variance / 2), 2), sep="\n")

# %% On the way from the first to the second.
steps = np.linspace(0, 1, 5, dtype=np.float32)[:, None]
path = (1 - steps) * mean[0] + steps * mean[1]
between = np.asarray(vae.decode(path))
show(np.concatenate(list(between), axis=1))

# %% How likely each of them is, in nats.
scores = vae.score(pictures, samples=20, seed=1)
print("ELBO", np.round(scores["elbo"], 1))
