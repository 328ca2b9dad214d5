"""Golden numbers for the likelihoods p(x|z), in nats, float64, from SciPy.

    python tools/golden/densities.py

Each case is a likelihood as in a model's JSON, rows of x, what the decoder gives for each (numbers
before any bound), log p(x|z) summed over the row, and the mean of p(x|z). ``slack`` is how far log
p may move when x and the parameters are rounded to float32. Where SciPy itself gives up far out in
a tail, the formula is written with logarithms and held against SciPy where that is finite.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from golden import exact, write
from scipy import integrate, stats
from scipy.special import gammaln, log_softmax, logsumexp, softmax, xlogy

HUGE = 1e4
INFINITE = np.inf
FLOAT = 2.0**-24


def softplus(x: Any) -> np.ndarray:
    return np.logaddexp(0.0, np.asarray(x, dtype=np.float64))


def bounded(log: Any, least: float = -INFINITE, most: float = INFINITE) -> np.ndarray:
    """least + softplus(l - least), then most - softplus(most - l)."""
    value = np.asarray(log, dtype=np.float64)
    if np.isfinite(least):
        value = least + softplus(value - least)
    if np.isfinite(most):
        value = most - softplus(most - value)
    return value


def case(
    likelihood: dict[str, Any],
    shape: list[int],
    x: Any,
    parameters: Any,
    log_density: Any,
    mean: Any,
    slack: Any = 0.0,
) -> dict[str, Any]:
    """Of rows that are a single value, one list holds all."""
    assert len(x) == len(log_density) == len(mean) == len(parameters)
    lists = {"x": x, "parameters": parameters, "log_density": log_density, "mean": mean}
    lists["slack"] = np.broadcast_to(slack, len(x))
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in lists.items()}
    if shape == [1]:
        arrays = {name: values.ravel() for name, values in arrays.items()}
    return {"likelihood": likelihood, "shape": shape, **arrays}


def single(
    likelihood: dict[str, Any],
    rows: list[tuple],
    log_density: Any,
    mean: Any,
    slack: Any = lambda *row: 0.0,
) -> dict[str, Any]:
    """Rows of one value each: (x, parameters...)."""
    table = np.array(rows, dtype=np.float64)
    x, parameters = table[:, :1], table[:, 1:]
    densities = [log_density(*row) for row in table]
    means = [mean(*row[1:]) for row in table]
    slacks = [slack(*row) for row in table]
    return case(likelihood, [1], x, parameters, densities, means, slacks)


def continuous_bernoulli() -> dict:
    """A truncated exponential, or its mirror image; uniform at logit 0."""

    def law(logit: float) -> Any:
        return stats.truncexpon(b=abs(logit), scale=1.0 / abs(logit))

    def log_density(x: float, logit: float) -> float:
        if logit == 0:
            return 0.0
        value = law(logit).logpdf(1.0 - x if logit > 0 else x)
        if 0.01 < abs(logit) < 20.0:
            lam = 1.0 / (1.0 + np.exp(-logit))
            constant = 2.0 * np.arctanh(1.0 - 2.0 * lam) / (1.0 - 2.0 * lam)
            paper = np.log(constant) + xlogy(x, lam) + xlogy(1.0 - x, 1.0 - lam)
            np.testing.assert_allclose(value, paper, rtol=1e-8, atol=1e-10)
        return value

    def mean(logit: float) -> float:
        if abs(logit) <= 20.0:
            value, _ = integrate.quad(
                lambda x: x * np.exp(log_density(x, logit)), 0.0, 1.0, epsabs=1e-12
            )
            return value
        return 1.0 - 1.0 / logit if logit > 0 else -1.0 / logit

    sizes = [0.0, 2.0**-20, 2.0**-10, 0.015625, 0.5, 0.984375, 1.0, 1.015625, 3.0, 20.0, 100.0, HUGE]
    logits = sorted({sign * size for size in sizes for sign in (-1.0, 1.0)})
    rows = list(product([0.0, 0.25, 0.5, 1.0], logits))
    return single(
        {"kind": "continuous-bernoulli"},
        rows,
        log_density,
        mean,
        lambda x, logit: FLOAT * abs(logit),
    )


RAW_SCALES = [-HUGE, -12.0, -5.0, -1.5, 0.0, 2.0, HUGE]


def laplace() -> dict:
    def log_density(x: float, location: float, raw: float) -> float:
        log_scale = bounded(raw, least=-5.0)
        value = -np.log(2.0) - log_scale - abs(x - location) * np.exp(-log_scale)
        if -500.0 < value < 500.0 and raw < HUGE:
            agreed = stats.laplace.logpdf(x, location, np.exp(log_scale))
            np.testing.assert_allclose(value, agreed, rtol=1e-12)
        return value

    rows = list(product([-2.5, 0.0, 0.75], [-HUGE, -2.5, 0.75, 3.0], RAW_SCALES))
    return single(
        {"kind": "laplace", "scale": "per-pixel", "value": 1.0},
        rows,
        log_density,
        lambda location, raw: location,
    )


def student_t(degrees: float) -> dict:
    def log_density(x: float, location: float, raw: float) -> float:
        log_scale = bounded(raw, least=-5.0)
        t = (x - location) * np.exp(-log_scale)
        return stats.t.logpdf(t, degrees) - log_scale

    rows = list(product([-2.5, 0.0, 0.75], [-HUGE, -2.5, 0.75, 3.0], RAW_SCALES))
    return single(
        {"kind": "student-t", "degreesOfFreedom": degrees, "scale": "per-pixel", "value": 1.0},
        rows,
        log_density,
        lambda location, raw: location,
    )


def log_bin(x: Any, location: Any, log_scale: Any) -> np.ndarray:
    """log of the logistic distribution's mass from x - 1/510 to x + 1/510, open at both ends."""
    x, location, log_scale = np.broadcast_arrays(x, location, log_scale)
    scale = np.exp(log_scale)
    upper = np.where(x > 1.0 - 1.0 / 510.0, INFINITE, (x + 1.0 / 510.0 - location) / scale)
    lower = np.where(x < 1.0 / 510.0, -INFINITE, (x - 1.0 / 510.0 - location) / scale)
    # On the side where both are small; the distribution is symmetric.
    mirrored = lower > 0
    upper, lower = np.where(mirrored, -lower, upper), np.where(mirrored, -upper, lower)
    larger, smaller = stats.logistic.logcdf(upper), stats.logistic.logcdf(lower)
    return larger + np.log(-np.expm1(smaller - larger))


def clipped_mean(location: Any, log_scale: Any) -> np.ndarray:
    """Of the logistic distribution with what lies outside [0, 1] moved to the ends: 1 minus the
    integral of the distribution function."""
    scale = np.exp(log_scale)

    def closed(location: float, scale: float) -> float:
        return 1.0 - scale * (softplus((1.0 - location) / scale) - softplus(-location / scale))

    value = np.vectorize(closed)(location, scale)
    if np.ndim(value) == 0 and scale > 0.01 and abs(location) < 10.0:
        integral, _ = integrate.quad(lambda t: stats.logistic.cdf((t - location) / scale), 0.0, 1.0)
        np.testing.assert_allclose(value, 1.0 - integral, atol=1e-7)
    return np.clip(value, 0.0, 1.0)


def discretized_logistic() -> dict:
    levels = np.array([0, 1, 100, 128, 254, 255]) / 255.0
    locations = [-HUGE, -3.0, 0.0, 0.5, 1.0, 4.0, HUGE]
    scales = [-HUGE, -12.0, -8.0, -5.0, -2.25, 0.0, 3.0, HUGE]
    return single(
        {"kind": "discretized-logistic", "scale": "per-pixel", "value": 1.0},
        list(product(levels, locations, scales)),
        lambda x, location, raw: float(log_bin(x, location, bounded(raw, -8.0, 2.0))),
        lambda location, raw: float(clipped_mean(location, bounded(raw, -8.0, 2.0))),
        lambda x, location, raw: FLOAT * float(np.exp(-bounded(raw, -8.0, 2.0))),
    )


def mixture(generator: np.random.Generator, channels: int, components: int, rows: int) -> dict:
    """Two pixels a row; a pixel's numbers are K at a time."""
    pixels = 2
    colour = 3 if channels == 3 else 0
    raw = exact(2.0 * generator.normal(size=(rows, pixels, 1 + 2 * channels + colour, components)))
    raw[:, :, 1 : 1 + channels] = exact(generator.uniform(-0.5, 1.5, raw[:, :, 1 : 1 + channels].shape))
    raw[:, :, 1 + channels : 1 + 2 * channels] -= 3.0
    raw[0] = np.sign(raw[0] + 0.001) * HUGE
    x = generator.integers(-40, 296, size=(rows, pixels, channels)).clip(0, 255) / 255.0
    log_weights, weights = log_softmax(raw[:, :, 0], axis=-1), softmax(raw[:, :, 0], axis=-1)
    locations = raw[:, :, 1 : 1 + channels]
    log_scales = bounded(raw[:, :, 1 + channels : 1 + 2 * channels], -8.0, 2.0)
    slopes = np.tanh(raw[:, :, 1 + 2 * channels :])

    def moved(channel: int, before: list[np.ndarray]) -> np.ndarray:
        own = locations[:, :, channel]
        if colour and channel == 1:
            return own + slopes[:, :, 0] * before[0]
        if colour and channel == 2:
            return own + slopes[:, :, 1] * before[0] + slopes[:, :, 2] * before[1]
        return own

    known = [x[:, :, channel, None] for channel in range(channels)]
    logs = log_weights.copy()
    means: list[np.ndarray] = []
    for channel in range(channels):
        logs += log_bin(known[channel], moved(channel, known), log_scales[:, :, channel])
        means.append(clipped_mean(moved(channel, means), log_scales[:, :, channel]))
    mean = np.stack([(weights * one).sum(axis=-1) for one in means], axis=-1)
    return case(
        {"kind": "discretized-logistic-mixture", "components": components},
        [1, pixels, channels],
        x.reshape(rows, -1),
        raw.reshape(rows, -1),
        logsumexp(logs, axis=-1).sum(axis=-1),
        mean.reshape(rows, -1),
        FLOAT * np.exp(-log_scales).max(axis=(1, 2, 3)) * pixels * channels,
    )


def categorical(generator: np.random.Generator, levels: int, rows: int, width: int) -> dict:
    logits = exact(3.0 * generator.normal(size=(rows, width, levels)))
    logits[0, 0] = np.where(generator.random(levels) < 0.5, -HUGE, HUGE)
    chosen = generator.integers(levels, size=(rows, width))
    picked = np.take_along_axis(log_softmax(logits, axis=-1), chosen[..., None], axis=-1)
    return case(
        {"kind": "categorical", "levels": levels},
        [width],
        chosen / (levels - 1),
        logits.reshape(rows, -1),
        picked.sum(axis=(1, 2)),
        softmax(logits, axis=-1) @ (np.arange(levels) / (levels - 1)),
    )


RAW_RATES = [-HUGE, -20.0, -1.0, 0.0, 0.703125, 4.59375, 9.203125, 14.0, 16.0, HUGE]
COUNTS = [0.0, 1.0, 2.0, 7.0, 100.0, 10_000.0, 1_000_000.0]


def slack_of_rate(x: float, raw: float, *rest: float) -> float:
    """log p moves by x - mean with the logarithm of the rate, which is a number near 16."""
    return 2.0 * 16.0 * FLOAT * abs(x - float(np.exp(bounded(raw, most=16.0))))


def poisson() -> dict:
    def log_density(x: float, raw: float) -> float:
        log_rate = bounded(raw, most=16.0)
        value = x * log_rate - np.exp(log_rate) - gammaln(x + 1.0)
        if raw > -HUGE:
            np.testing.assert_allclose(
                value, stats.poisson.logpmf(x, np.exp(log_rate)), rtol=1e-7, atol=1e-7
            )
        return value

    return single(
        {"kind": "poisson"},
        list(product(COUNTS, RAW_RATES)),
        log_density,
        lambda raw: float(np.exp(bounded(raw, most=16.0))),
        slack_of_rate,
    )


def negative_binomial() -> dict:
    def log_density(x: float, raw: float, raw_r: float) -> float:
        log_rate, log_r = bounded(raw, most=16.0), bounded(raw_r, -10.0, 10.0)
        r = np.exp(log_r)
        log_total = np.logaddexp(log_rate, log_r)
        value = (
            gammaln(x + r)
            - gammaln(r)
            - gammaln(x + 1.0)
            + r * (log_r - log_total)
            + x * (log_rate - log_total)
        )
        success = np.exp(log_r - log_total)
        if success < 0.99999:  # SciPy takes 1 minus it
            np.testing.assert_allclose(
                value, stats.nbinom.logpmf(x, r, success), rtol=1e-5, atol=1e-6
            )
        return value

    return single(
        {"kind": "negative-binomial", "inverseDispersion": "per-pixel", "value": 1.0},
        list(product(COUNTS, RAW_RATES, [-HUGE, -9.0, -2.0, 0.0, 1.375, 5.0, 9.0, HUGE])),
        log_density,
        lambda raw, raw_r: float(np.exp(bounded(raw, most=16.0))),
        slack_of_rate,
    )


def main() -> None:
    generator = np.random.default_rng(19070684)
    write(
        __file__,
        {
            "units": "nats",
            "cases": [
                continuous_bernoulli(),
                laplace(),
                *(student_t(degrees) for degrees in (0.5, 1.0, 2.5, 5.0, 1e6)),
                discretized_logistic(),
                mixture(generator, channels=1, components=1, rows=4),
                mixture(generator, channels=1, components=3, rows=8),
                mixture(generator, channels=3, components=2, rows=8),
                categorical(generator, levels=4, rows=6, width=3),
                categorical(generator, levels=256, rows=2, width=2),
                poisson(),
                negative_binomial(),
            ],
        },
    )


if __name__ == "__main__":
    main()
