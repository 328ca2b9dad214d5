"""The graph of a VAE: q(z|x) a diagonal Gaussian, p(z) standard normal, a network on each side.

Of a conditional model, both networks are given y, the label one-hot: q(z|x, y) and p(x|z, y).

Symbols: batch = number of rows, latent = number of latent variables, shape = shape of a row.
All densities are in nats, summed over everything but the batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from vaetf.backend import tf

_LOG_TWO_PI = math.log(2.0 * math.pi)


class Bernoulli:
    """p(x|z) = Bernoulli with the network's output as logits; x in [0, 1], grey values allowed."""

    def mean(self, logits: Any) -> Any:
        """sigmoid(logits)."""
        return tf.sigmoid(logits)

    def log_probability(self, x: Any, logits: Any) -> Any:
        """sum of x * logits - softplus(logits), [batch]."""
        return _row_sum(x * logits - tf.nn.softplus(logits))


class Gaussian:
    """p(x|z) = Gaussian with the network's output as mean and one variance for every entry."""

    def __init__(self, variance: float) -> None:
        self._variance = variance

    def mean(self, output: Any) -> Any:
        """The network's output."""
        return output

    def log_probability(self, x: Any, output: Any) -> Any:
        """sum of -((x - mean)^2 / variance + log(2 pi variance)) / 2, [batch]."""
        log_two_pi_variance = _LOG_TWO_PI + math.log(self._variance)
        squares = tf.math.squared_difference(x, output)
        return -0.5 * _row_sum(squares / self._variance + log_two_pi_variance)


class VaeGraph:
    """The contract's signatures as functions of tensors; each gives a dict of its outputs."""

    def __init__(
        self,
        encode: Callable[[Any, Any], tuple[Any, Any]],
        decode: Callable[[Any, Any], Any],
        likelihood: Bernoulli | Gaussian,
        latent: int,
        classes: int,
    ) -> None:
        """``encode`` gives mean and log-variance of (x, y); ``decode`` the parameters of the
        likelihood of (z, y). y is None where there are no classes."""
        self._encode = encode
        self._decode = decode
        self._likelihood = likelihood
        self._latent = latent
        self._classes = classes

    def encode(self, x: Any, label: Any = None) -> dict[str, Any]:
        """Of q(z|x), each [batch, latent]."""
        mean, log_variance = self._encode(x, self._one_hot(label, x))
        return {"mean": mean, "log_variance": log_variance}

    def decode(self, z: Any, label: Any = None) -> dict[str, Any]:
        """The mean of p(x|z), [batch, *shape]."""
        return {"x": self._likelihood.mean(self._decode(z, self._one_hot(label, z)))}

    def reconstruct(self, x: Any, label: Any = None) -> dict[str, Any]:
        """The mean of p(x|z) at the posterior mean, [batch, *shape]."""
        y = self._one_hot(label, x)
        mean, _ = self._encode(x, y)
        return {"reconstruction": self._likelihood.mean(self._decode(mean, y))}

    def sample(self, count: Any, seed: Any, label: Any = None) -> dict[str, Any]:
        """Draws z of the prior, [count, latent], and the mean of p(x|z) for each."""
        z = self._noise(count, seed)
        return {"x": self._likelihood.mean(self._decode(z, self._one_hot(label, z))), "z": z}

    def score(self, x: Any, samples: Any, seed: Any, label: Any = None) -> dict[str, Any]:
        """Nats, each [batch]; draw i is ``mean + exp(log_variance / 2) * noise([s0, s1 + i])``.

        The draws stream through a loop, so memory does not grow with their number. Sums over
        draws are float64, so neither does the rounding; the sum of weights is kept relative to
        the greatest so far, ``total = sum_i exp(log_w_i - greatest)``.
        """
        y = self._one_hot(label, x)
        mean, log_variance = self._encode(x, y)
        deviation = tf.exp(0.5 * log_variance)
        batch = tf.shape(mean)[0]

        def draw(i: Any, reconstruction: Any, greatest: Any, total: Any) -> tuple[Any, ...]:
            noise = self._noise(batch, seed + tf.cast(tf.stack([0, i]), tf.int64))
            z = mean + deviation * noise
            log_x = self._likelihood.log_probability(x, self._decode(z, y))
            log_prior = -0.5 * _row_sum(tf.square(z) + _LOG_TWO_PI)
            log_posterior = -0.5 * _row_sum(tf.square(noise) + log_variance + _LOG_TWO_PI)
            log_weight = tf.cast(log_x + log_prior - log_posterior, tf.float64)
            new_greatest = tf.maximum(greatest, log_weight)
            new_total = total * tf.exp(greatest - new_greatest) + tf.exp(log_weight - new_greatest)
            return i + 1, reconstruction + tf.cast(log_x, tf.float64), new_greatest, new_total

        zeros = tf.zeros([batch], tf.float64)
        with tf.control_dependencies(
            [tf.debugging.assert_positive(samples, "samples: expected at least 1")]
        ):
            # The lowest finite number, because -inf - -inf would be NaN.
            start = (tf.constant(0), zeros, tf.fill([batch], tf.float64.min), zeros)
        _, reconstruction, greatest, total = tf.while_loop(
            lambda i, *_: i < samples, draw, start, parallel_iterations=1
        )
        draws = tf.cast(samples, tf.float64)
        reconstruction = tf.cast(reconstruction / draws, tf.float32)
        # expm1(v) - v does not round below 0, as exp(v) - 1 - v does near v = 0.
        kl = 0.5 * _row_sum(tf.square(mean) + tf.math.expm1(log_variance) - log_variance)
        return {
            "elbo": reconstruction - kl,
            "reconstruction": reconstruction,
            "kl": kl,
            "log_likelihood": tf.cast(greatest + tf.math.log(total / draws), tf.float32),
        }

    def _one_hot(self, label: Any, rows: Any) -> Any:
        """[batch, classes]; None where there are no classes.

        Labels of no class, and more or fewer than rows, are errors: a one-hot row of zeros, or one
        row for all, would go unnoticed.
        """
        if not self._classes:
            return None
        known = tf.reduce_all(tf.logical_and(label >= 0, label < self._classes))
        checks = [
            tf.debugging.Assert(
                known, [f"label: expected whole numbers from 0 to {self._classes - 1}"]
            ),
            tf.debugging.assert_equal(
                tf.shape(label)[0], tf.shape(rows)[0], "label: expected one for each row"
            ),
        ]
        with tf.control_dependencies(checks):
            return tf.one_hot(label, self._classes)

    def _noise(self, rows: Any, seed: Any) -> Any:
        """[rows, latent] standard normal.

        The raw op, since ``tf.random.stateless_normal`` may choose another generator by device,
        and Java calls this one.
        """
        return tf.raw_ops.StatelessRandomNormal(
            shape=tf.stack([rows, self._latent]), seed=seed, dtype=tf.float32
        )


def _row_sum(values: Any) -> Any:
    """[batch, ...] to [batch]."""
    return tf.reduce_sum(values, axis=list(range(1, values.shape.rank)))
