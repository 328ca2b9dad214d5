"""Golden numbers for the optimizers: a parameter of three numbers after each of five gradients.

    python tools/golden/optimizers.py

Each rule is written out in float64 NumPy, in the form that TensorFlow's kernels use, and held
against the kernel in float64 to 1e-12 (Nadam has none: against Keras, to 1e-6). In float32 the
kernels come within 2e-6 of these numbers, the worst being Adam's, where 1 - 0.999 loses digits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import numpy as np
from golden import exact, write

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

START = exact([1.0, -2.0, 0.5])
GRADIENTS = exact(
    [
        [0.5, -1.0, 0.015625],
        [0.25, -1.5, 0.0],
        [-0.75, 2.0, 0.03125],
        [1.0, 0.125, -0.015625],
        [0.0, -0.5, 0.0625],
    ]
)
Step = Callable[[np.ndarray, np.ndarray, int], np.ndarray]


def path(step: Step) -> np.ndarray:
    """The parameter after each step, [5, 3]; ``step`` maps parameter, gradient, t = 1.. to it."""

    def walk() -> Iterator[np.ndarray]:
        parameter = START
        for t, gradient in enumerate(GRADIENTS, start=1):
            parameter = step(parameter, gradient, t)
            yield parameter

    return np.array(list(walk()))


def kernel_path(apply: Callable[[tf.Variable, tf.Tensor, int], None]) -> np.ndarray:
    """The same through TensorFlow, float64 too."""
    variable = tf.Variable(START, dtype=tf.float64)

    def step(_: np.ndarray, gradient: np.ndarray, t: int) -> np.ndarray:
        apply(variable, tf.constant(gradient, tf.float64), t)
        return variable.numpy()

    return path(step)


def agreed(ours: np.ndarray, theirs: np.ndarray, tolerance: float = 1e-12) -> np.ndarray:
    """Ours, once TensorFlow has come to the same."""
    np.testing.assert_allclose(theirs, ours, rtol=0.0, atol=tolerance)
    return ours


def slot(value: float = 0.0) -> tf.Variable:
    return tf.Variable(np.full(3, value), dtype=tf.float64)


def sgd(lr: float) -> np.ndarray:
    """p -= lr g"""
    ours = path(lambda p, g, t: p - lr * g)
    kernel = kernel_path(
        lambda p, g, t: tf.raw_ops.ResourceApplyGradientDescent(var=p.handle, alpha=lr, delta=g)
    )
    return agreed(ours, kernel)


def momentum(lr: float, momentum: float, nesterov: bool) -> np.ndarray:
    """a = momentum a + g; p -= lr a, or with Nesterov p -= lr g + lr momentum a"""
    a = np.zeros(3)

    def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
        nonlocal a
        a = momentum * a + g
        return p - lr * (g + momentum * a if nesterov else a)

    accumulator = slot()
    kernel = kernel_path(
        lambda p, g, t: tf.raw_ops.ResourceApplyMomentum(
            var=p.handle,
            accum=accumulator.handle,
            lr=lr,
            grad=g,
            momentum=momentum,
            use_nesterov=nesterov,
        )
    )
    return agreed(path(step), kernel)


def adam(
    lr: float, beta1: float, beta2: float, epsilon: float, weight_decay: float = 0.0
) -> np.ndarray:
    """m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
    p -= lr sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)    (Kingma and Ba 2015)

    The epsilon stands beside sqrt(v), not beside its bias-corrected form: the paper's "epsilon
    hat". AdamW shrinks first, p -= lr weight_decay p (Loshchilov and Hutter 2019).
    """
    m, v = np.zeros(3), np.zeros(3)

    def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
        nonlocal m, v
        p = p - lr * weight_decay * p
        m = beta1 * m + (1.0 - beta1) * g
        v = beta2 * v + (1.0 - beta2) * g**2
        return p - lr * np.sqrt(1.0 - beta2**t) / (1.0 - beta1**t) * m / (np.sqrt(v) + epsilon)

    slot_m, slot_v = slot(), slot()

    def kernel(p: tf.Variable, g: tf.Tensor, t: int) -> None:
        p.assign_sub(lr * weight_decay * p)
        tf.raw_ops.ResourceApplyAdam(
            var=p.handle,
            m=slot_m.handle,
            v=slot_v.handle,
            beta1_power=beta1**t,
            beta2_power=beta2**t,
            lr=lr,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            grad=g,
        )

    return agreed(path(step), kernel_path(kernel))


def nadam(
    lr: float, beta1: float, beta2: float, epsilon: float, schedule_decay: float
) -> np.ndarray:
    """mu_t = beta1 (1 - 0.96^(schedule_decay t) / 2); m and v as Adam's;
    p -= lr (mu_{t+1} m / (1 - prod_{i<=t+1} mu_i) + (1 - mu_t) g / (1 - prod_{i<=t} mu_i))
         / (sqrt(v / (1 - beta2^t)) + epsilon)                          (Dozat 2016, Algorithm 2)

    With Dozat's schedule_decay 0.004 the momentum takes hundreds of steps to come near beta1; it
    is the golden value, and tensorflow-framework's and PyTorch's. Keras 3 dropped the factor:
    its exponent is t, schedule_decay 1. The formula is the same, so that is the one compared.
    """

    def ours(decay: float) -> np.ndarray:
        m, v, product = np.zeros(3), np.zeros(3), 1.0

        def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
            nonlocal m, v, product
            mu = beta1 * (1.0 - 0.5 * 0.96 ** (decay * t))
            next_mu = beta1 * (1.0 - 0.5 * 0.96 ** (decay * (t + 1)))
            product *= mu
            m = beta1 * m + (1.0 - beta1) * g
            v = beta2 * v + (1.0 - beta2) * g**2
            m_hat = next_mu * m / (1.0 - product * next_mu) + (1.0 - mu) * g / (1.0 - product)
            return p - lr * m_hat / (np.sqrt(v / (1.0 - beta2**t)) + epsilon)

        return path(step)

    theirs = keras.optimizers.Nadam(lr, beta1, beta2, epsilon)
    variable = keras.Variable(START, dtype="float64")

    def keras_step(_: np.ndarray, gradient: np.ndarray, t: int) -> np.ndarray:
        theirs.apply([tf.constant(gradient, tf.float64)], [variable])
        return variable.numpy()

    agreed(ours(1.0), path(keras_step), tolerance=1e-6)
    return ours(schedule_decay)


def adamax(lr: float, beta1: float, beta2: float, epsilon: float) -> np.ndarray:
    """m as Adam's; u = max(beta2 u, |g|); p -= lr / (1 - beta1^t) m / (u + epsilon)"""
    m, u = np.zeros(3), np.zeros(3)

    def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
        nonlocal m, u
        m = beta1 * m + (1.0 - beta1) * g
        u = np.maximum(beta2 * u, np.abs(g))
        return p - lr / (1.0 - beta1**t) * m / (u + epsilon)

    slot_m, slot_v = slot(), slot()
    kernel = kernel_path(
        lambda p, g, t: tf.raw_ops.ResourceApplyAdaMax(
            var=p.handle,
            m=slot_m.handle,
            v=slot_v.handle,
            beta1_power=beta1**t,
            lr=lr,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            grad=g,
        )
    )
    return agreed(path(step), kernel)


def rmsprop(lr: float, decay: float, momentum: float, epsilon: float) -> np.ndarray:
    """s = decay s + (1 - decay) g^2, from 0; b = momentum b + lr g / sqrt(s + epsilon); p -= b"""
    s, b = np.zeros(3), np.zeros(3)

    def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
        nonlocal s, b
        s = decay * s + (1.0 - decay) * g**2
        b = momentum * b + lr * g / np.sqrt(s + epsilon)
        return p - b

    slot_s, slot_b = slot(), slot()
    kernel = kernel_path(
        lambda p, g, t: tf.raw_ops.ResourceApplyRMSProp(
            var=p.handle,
            ms=slot_s.handle,
            mom=slot_b.handle,
            lr=lr,
            rho=decay,
            momentum=momentum,
            epsilon=epsilon,
            grad=g,
        )
    )
    return agreed(path(step), kernel)


def adagrad(lr: float, initial_accumulator: float, epsilon: float) -> np.ndarray:
    """a += g^2, from initial_accumulator; p -= lr g / (sqrt(a) + epsilon)"""
    a = np.full(3, initial_accumulator)

    def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
        nonlocal a
        a = a + g**2
        return p - lr * g / (np.sqrt(a) + epsilon)

    accumulator = slot(initial_accumulator)
    kernel = kernel_path(
        lambda p, g, t: tf.raw_ops.ResourceApplyAdagradV2(
            var=p.handle, accum=accumulator.handle, lr=lr, epsilon=epsilon, grad=g
        )
    )
    return agreed(path(step), kernel)


def adadelta(lr: float, decay: float, epsilon: float) -> np.ndarray:
    """a = decay a + (1 - decay) g^2; d = sqrt(b + epsilon) / sqrt(a + epsilon) g; p -= lr d;
    b = decay b + (1 - decay) d^2                                                   (Zeiler 2012)"""
    a, b = np.zeros(3), np.zeros(3)

    def step(p: np.ndarray, g: np.ndarray, t: int) -> np.ndarray:
        nonlocal a, b
        a = decay * a + (1.0 - decay) * g**2
        d = np.sqrt(b + epsilon) / np.sqrt(a + epsilon) * g
        b = decay * b + (1.0 - decay) * d**2
        return p - lr * d

    slot_a, slot_b = slot(), slot()
    kernel = kernel_path(
        lambda p, g, t: tf.raw_ops.ResourceApplyAdadelta(
            var=p.handle,
            accum=slot_a.handle,
            accum_update=slot_b.handle,
            lr=lr,
            rho=decay,
            epsilon=epsilon,
            grad=g,
        )
    )
    return agreed(path(step), kernel)


CASES = [
    ("sgd", sgd, {"lr": 0.1}),
    ("momentum", momentum, {"lr": 0.1, "momentum": 0.9, "nesterov": False}),
    ("nesterov", momentum, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("adam", adam, {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    (
        "adamw",
        adam,
        {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.01},
    ),
    (
        "nadam",
        nadam,
        {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "schedule_decay": 0.004},
    ),
    ("adamax", adamax, {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    ("rmsprop", rmsprop, {"lr": 0.1, "decay": 0.9, "momentum": 0.0, "epsilon": 1e-7}),
    ("adagrad", adagrad, {"lr": 0.1, "initial_accumulator": 0.1, "epsilon": 1e-7}),
    ("adadelta", adadelta, {"lr": 0.1, "decay": 0.95, "epsilon": 1e-7}),
    # Other constants than the rules' own.
    ("momentum", momentum, {"lr": 0.1, "momentum": 0.5, "nesterov": False}),
    ("nesterov", momentum, {"lr": 0.1, "momentum": 0.5, "nesterov": True}),
    ("adam", adam, {"lr": 0.1, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.01}),
    (
        "adamw",
        adam,
        {"lr": 0.1, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.01, "weight_decay": 0.01},
    ),
    (
        "nadam",
        nadam,
        {"lr": 0.1, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.01, "schedule_decay": 0.004},
    ),
    ("adamax", adamax, {"lr": 0.1, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.01}),
    ("rmsprop", rmsprop, {"lr": 0.1, "decay": 0.5, "momentum": 0.5, "epsilon": 0.01}),
    ("adagrad", adagrad, {"lr": 0.1, "initial_accumulator": 0.1, "epsilon": 0.01}),
    ("adadelta", adadelta, {"lr": 0.1, "decay": 0.5, "epsilon": 0.01}),
]


def main() -> None:
    cases = [
        {"optimizer": name, "settings": settings, "parameter": rule(**settings)}
        for name, rule, settings in CASES
    ]
    write(__file__, {"start": START, "gradients": GRADIENTS, "cases": cases})


if __name__ == "__main__":
    main()
