"""Golden numbers for the metrics of a latent representation, from the papers' definitions, float64.

    python tools/golden/representation.py

``decomposition``: mean KL, mutual information and marginal KL (Hoffman and Johnson 2016) of given
draws, nats, each with the standard error of a mean over rows. ``exact``: the same three by
quadrature for one latent dimension. ``codes`` and ``places`` of three factors are what MIG (Chen et
al. 2018, on binned means), SAP (Kumar et al. 2018) and DCI (Eastwood and Williams 2018, random
forests of given bags) are computed from: thresholds by trying all, trees by trying every cut.
``factor_vae`` (Kim and Mnih 2018) and ``beta_vae`` (Higgins et al. 2017) start from given batches;
the classifier's weights are the minimum that SciPy finds, with its gradient checked to be zero.
"""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
from golden import exact, write
from scipy import integrate, optimize, stats
from scipy.special import log_softmax, logsumexp

Array = np.ndarray


# Information


def estimate(values: Array) -> dict[str, float]:
    return {"mean": values.mean(), "standard_error": stats.sem(values)}


def log_posteriors(z: Array, mean: Array, log_variance: Array) -> Array:
    """log q(z|x), [points, rows]."""
    return stats.norm.logpdf(z[:, None, :], mean, np.exp(log_variance / 2.0)).sum(axis=2)


def decomposition(generator: np.random.Generator) -> dict[str, object]:
    rows, draws, latent = 7, 3, 2
    mean = exact(generator.normal(size=(rows, latent)))
    log_variance = exact(generator.normal(-1.0, 1.0, size=(rows, latent)))
    noise = exact(generator.normal(size=(rows * draws, latent)))
    row = np.repeat(np.arange(rows), draws)
    z = mean[row] + np.exp(log_variance[row] / 2.0) * noise
    given = log_posteriors(z, mean, log_variance)
    own = given[np.arange(len(z)), row]
    aggregated = logsumexp(given, axis=1) - np.log(rows)
    information = (own - aggregated).reshape(rows, draws).mean(axis=1)
    by_dimension = 0.5 * (mean**2 + np.exp(log_variance) - 1.0 - log_variance)
    kl = by_dimension.sum(axis=1)
    return {
        "mean": mean,
        "log_variance": log_variance,
        "noise": noise,
        "variances": mean.var(axis=0, ddof=1),
        "kl_by_dimension": [estimate(column) for column in by_dimension.T],
        "kl_by_row": kl,
        "kl": estimate(kl),
        "mutual_information": estimate(information),
        "marginal_kl": estimate(kl - information),
    }


def exact_decomposition() -> dict[str, object]:
    mean = np.array([-2.0, -0.5, 0.25, 1.5])
    log_variance = np.array([-3.0, -1.0, -2.0, 0.5])
    deviation = np.exp(log_variance / 2.0)

    def q(z: float) -> float:
        return stats.norm.pdf(z, mean, deviation).mean()

    def integral(integrand) -> float:
        value, _ = integrate.quad(integrand, -16.0, 16.0, points=mean, epsabs=1e-11, limit=400)
        return value

    entropy = integral(lambda z: -q(z) * np.log(q(z)))
    cross = integral(lambda z: -q(z) * stats.norm.logpdf(z))
    given = stats.norm.entropy(mean, deviation).mean()
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1.0 - log_variance).mean()
    np.testing.assert_allclose(cross - given, kl, rtol=1e-9)
    return {
        "mean": mean,
        "log_variance": log_variance,
        "kl": kl,
        "mutual_information": entropy - given,
        "marginal_kl": cross - entropy,
    }


# Codes and factors

SIZES = (3, 4, 2)
CATEGORICAL = (True, False, True)
VALUES = ((0.0, 1.0, 2.0), (0.5, 0.75, 1.0, 1.75), (0.0, 1.0))
ROWS = 100


def sample(generator: np.random.Generator) -> tuple[Array, Array]:
    """Places [rows, 3] and codes [rows, 4]: mixed, noise, and a dimension that hardly varies."""
    places = np.stack([generator.integers(size, size=ROWS) for size in SIZES], axis=1)
    noise = generator.normal(size=(ROWS, 4))
    codes = np.stack(
        [
            np.array([1.0, -1.0, 0.2])[places[:, 0]] + 0.5 * noise[:, 0],
            places[:, 1] + 0.7 * places[:, 2] + 0.6 * noise[:, 1],
            noise[:, 2],
            0.01 * (places[:, 1] + noise[:, 3]),
        ],
        axis=1,
    )
    return places, np.round(codes, 6)


def information(a: Array, b: Array) -> float:
    joint = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(joint, (a, b), 1.0 / len(a))
    return stats.entropy(joint.ravel(), np.outer(joint.sum(axis=1), joint.sum(axis=0)).ravel())


def top_two(scores: Array) -> Array:
    """By how much the best dimension of each factor leads, scores [latent, factors]."""
    ordered = np.sort(scores, axis=0)
    return ordered[-1] - ordered[-2]


def mig(places: Array, codes: Array, bins: int) -> dict[str, object]:
    binned = np.stack([np.digitize(c, np.histogram(c, bins)[1][:-1]) - 1 for c in codes.T])
    scores = np.array([[information(c, v) for v in places.T] for c in binned])
    entropies = np.array([stats.entropy(np.bincount(v) / ROWS) for v in places.T])
    gaps = top_two(scores) / entropies
    return {"bins": bins, "information": scores, "by_factor": gaps, "score": gaps.mean()}


def best_thresholds(code: Array, label: Array, classes: int) -> float:
    """The best balanced accuracy of classes - 1 thresholds, all of them tried."""
    between = np.unique(code)
    cuts = np.concatenate([[-np.inf], (between[1:] + between[:-1]) / 2.0])
    share = np.array([1.0 / np.sum(label == c) / classes for c in range(classes)])
    best = 0.0
    for chosen in combinations(cuts, classes - 1):
        interval = np.searchsorted(np.array(chosen), code)
        gain = np.zeros((classes, classes))
        np.add.at(gain, (interval, label), share[label])
        best = max(best, gain.max(axis=1).sum())
    return best


def sap(places: Array, codes: Array, active: float) -> dict[str, object]:
    scores = np.zeros((codes.shape[1], len(SIZES)))
    for (j, k), _ in np.ndenumerate(scores):
        code, place = codes[:, j], places[:, k]
        if code.var(ddof=1) > active:
            if CATEGORICAL[k]:
                scores[j, k] = best_thresholds(code, place, SIZES[k])
            else:
                scores[j, k] = stats.linregress(code, np.array(VALUES[k])[place]).rvalue ** 2
    gaps = top_two(scores)
    return {"active": active, "scores": scores, "by_factor": gaps, "score": gaps.mean()}


# DCI


def squared_error(y: Array) -> float:
    return np.sum((y - y.mean(axis=0)) ** 2)


class Tree:
    """Every cut of every column is tried; the first of the best ones is made. Leaves hold 5 rows."""

    def __init__(self, x: Array, y: Array, depth: int) -> None:
        self.value = y.mean(axis=0)
        self.column, self.gain = None, 0.0
        if depth == 0 or squared_error(y) < 1e-12:
            return
        for column in range(x.shape[1]):
            values = np.unique(x[:, column])
            for threshold in (values[1:] + values[:-1]) / 2.0:
                below = x[:, column] <= threshold
                if min(below.sum(), (~below).sum()) < 5:
                    continue
                parts = squared_error(y[below]) + squared_error(y[~below])
                gain = squared_error(y) - parts
                if gain > self.gain + 1e-9:
                    self.column, self.threshold, self.gain = column, threshold, gain
        if self.column is not None:
            below = x[:, self.column] <= self.threshold
            self.below = Tree(x[below], y[below], depth - 1)
            self.above = Tree(x[~below], y[~below], depth - 1)

    def predict(self, row: Array) -> Array:
        if self.column is None:
            return self.value
        return (self.below if row[self.column] <= self.threshold else self.above).predict(row)

    def add_gains(self, into: Array) -> None:
        if self.column is not None:
            into[self.column] += self.gain
            self.below.add_gains(into)
            self.above.add_gains(into)


def concentration(parts: Array) -> float:
    return 1.0 - stats.entropy(parts, base=len(parts)) if parts.sum() > 0.0 else 0.0


def dci(
    places: Array, codes: Array, depth: int, generator: np.random.Generator
) -> dict[str, object]:
    part = np.arange(ROWS) % 10
    learning, choosing, judging = part < 8, part == 8, part == 9
    count = int(learning.sum())
    bags = [np.bincount(generator.integers(count, size=count), minlength=count) for _ in range(3)]
    importances = np.zeros((codes.shape[1], len(SIZES)))
    depths, errors = [], []
    for k, size in enumerate(SIZES):
        y = np.eye(size)[places[:, k]] if CATEGORICAL[k] else np.array(VALUES[k])[places[:, [k]]]
        forests = []
        for d in range(depth + 1):
            rows = [np.repeat(np.flatnonzero(learning), bag) for bag in bags]
            forests.append([Tree(codes[row], y[row], d) for row in rows])

        def error(d: int, rows: Array) -> float:
            predicted = [
                np.mean([tree.predict(code) for tree in forests[d]], axis=0) for code in codes[rows]
            ]
            return np.sum((np.array(predicted) - y[rows]) ** 2)

        best = int(np.argmin([error(d, choosing) for d in range(depth + 1)]))
        gains = np.zeros(codes.shape[1])
        for tree in forests[best]:
            tree.add_gains(gains)
        importances[:, k] = gains / gains.sum() if gains.sum() > 0.0 else 0.0
        depths.append(best)
        errors.append(np.sqrt(error(best, judging) / squared_error(y[judging])))
    weights = importances.sum(axis=1) / importances.sum()
    by_factor = np.array([concentration(column) for column in importances.T])
    return {
        "depth": depth,
        "bags": bags,
        "chosen": depths,
        "importances": importances,
        "disentanglement": sum(w * concentration(r) for w, r in zip(weights, importances)),
        "completeness_by_factor": by_factor,
        "completeness": by_factor.mean(),
        "error_by_factor": errors,
        "error": np.mean(errors),
    }


# Scores from batches


def factor_vae(generator: np.random.Generator) -> dict[str, object]:
    votes, training, batch, latent, factors = 40, 25, 6, 4, 3
    scale = np.array([1.0, 3.0, 0.5, 0.05])
    overall, active = scale**2, 0.01
    factor = generator.integers(factors, size=votes)
    codes = scale * generator.normal(size=(votes, batch, latent))
    codes[np.arange(votes), :, factor] *= 0.6
    codes = np.round(codes, 6)
    ratio = np.where(overall > active, codes.var(axis=1, ddof=1) / overall, np.inf)
    dimension = ratio.argmin(axis=1)
    counts = np.zeros((latent, factors), dtype=int)
    np.add.at(counts, (dimension[:training], factor[:training]), 1)
    right = counts.argmax(axis=1)[dimension[training:]] == factor[training:]
    return {
        "training": training,
        "active": active,
        "overall": overall,
        "factor": factor,
        "codes": codes,
        "dimension": dimension,
        "accuracy": estimate(right.astype(float)),
    }


def beta_vae(generator: np.random.Generator) -> dict[str, object]:
    rows, training, latent, classes = 60, 40, 4, 3
    label = generator.integers(classes, size=rows)
    differences = 1.0 + 0.3 * generator.normal(size=(rows, latent))
    differences[np.arange(rows), label] -= 0.6
    differences[:, 3] = 0.75
    differences = np.round(differences, 6)
    learned = differences[:training]
    spread = learned.std(axis=0)
    scale = np.divide(1.0, spread, out=np.zeros(latent), where=spread > 0.0)
    inputs = np.column_stack([(differences - learned.mean(axis=0)) * scale, np.ones(rows)])
    x, target = inputs[:training], np.eye(classes)[label[:training]]

    def loss(flat: Array) -> tuple[float, Array]:
        w = flat.reshape(classes, latent + 1)
        penalised = w * (np.arange(latent + 1) < latent)
        log_p = log_softmax(x @ w.T, axis=1)
        value = -np.mean(np.sum(target * log_p, axis=1)) + np.sum(penalised**2) / (2 * training)
        return value, ((np.exp(log_p) - target).T @ x / training + penalised / training).ravel()

    found = optimize.minimize(
        loss,
        np.zeros(classes * (latent + 1)),
        jac=True,
        method="BFGS",
        options={"gtol": 1e-11, "xrtol": 0.0, "maxiter": 10000},
    )
    np.testing.assert_allclose(loss(found.x)[1], 0.0, atol=1e-9)
    weights = found.x.reshape(classes, latent + 1)
    predicted = (inputs @ weights.T).argmax(axis=1)
    return {
        "training": training,
        "classes": classes,
        "differences": differences,
        "label": label,
        "weights": weights,
        "predicted": predicted,
        "accuracy": estimate((predicted == label)[training:].astype(float)),
    }


def main() -> None:
    generator = np.random.default_rng(1802)
    places, codes = sample(generator)
    write(
        __file__,
        {
            "units": "nats",
            "decomposition": decomposition(generator),
            "exact": exact_decomposition(),
            "sizes": SIZES,
            "categorical": CATEGORICAL,
            "values": VALUES,
            "places": places,
            "codes": codes,
            "mig": mig(places, codes, 5),
            "sap": sap(places, codes, 0.01),
            "dci": dci(places, codes, 4, generator),
            "factor_vae": factor_vae(generator),
            "beta_vae": beta_vae(generator),
        },
    )


if __name__ == "__main__":
    main()
