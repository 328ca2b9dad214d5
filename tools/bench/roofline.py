"""Counts what a step of a work must compute and move, and what the machine's rates allow.

A convolution counts as the matrix product it is equal to; a transposed one as its gradient's.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

KERNEL = 16  # 4 x 4
BYTES = 4  # float32
# Adam, a weight: weight, gradient, m and v read; gradient, m, v and weight written.
ADAM_MOVES = 8


@dataclass(frozen=True)
class Layer:
    """One layer as a matrix product [m,k]x[k,n], its weights with biases and its outputs."""

    m: int
    k: int
    n: int
    weights: int
    outputs: int


def _dense(rows: int, before: int, after: int) -> Layer:
    return Layer(rows, before, after, before * after + after, rows * after)


def _dense_chain(rows: int, sizes: list[int]) -> list[Layer]:
    return [_dense(rows, before, after) for before, after in zip(sizes, sizes[1:])]


def encoder(spec: dict[str, Any]) -> list[Layer]:
    """The encoder's layers for one batch."""
    rows, latent, shape, network = spec["batch"], spec["latent"], spec["shape"], spec["network"]
    if network["kind"] == "dense":
        return _dense_chain(rows, [prod(shape), *network["hidden"], 2 * latent])
    height, width, channels = shape
    layers = []
    for after in network["channels"]:
        height, width = height // 2, width // 2
        pixels = rows * height * width
        weights = KERNEL * channels * after + after
        layers.append(Layer(pixels, KERNEL * channels, after, weights, pixels * after))
        channels = after
    flat = height * width * channels
    return layers + _dense_chain(rows, [flat, network["hidden"], 2 * latent])


def decoder(spec: dict[str, Any]) -> list[Layer]:
    """The decoder's layers for the k samples of one batch."""
    rows = spec["batch"] * spec["samples"]
    latent, shape, network = spec["latent"], spec["shape"], spec["network"]
    if network["kind"] == "dense":
        return _dense_chain(rows, [latent, *network["hidden"][::-1], prod(shape)])
    halvings = len(network["channels"])
    height, width = shape[0] >> halvings, shape[1] >> halvings
    channels = network["channels"][-1]
    layers = _dense_chain(rows, [latent, network["hidden"], height * width * channels])
    for after in [*network["channels"][-2::-1], shape[2]]:
        pixels = rows * height * width
        weights = KERNEL * channels * after + after
        layers.append(Layer(pixels, channels, KERNEL * after, weights, 4 * pixels * after))
        height, width, channels = 2 * height, 2 * width, after
    return layers


def layers_of(spec: dict[str, Any]) -> list[Layer]:
    """The layers that one step or call of the work goes through."""
    match spec["work"]:
        case "decode":
            return decoder(spec)
        case "encode":
            return encoder(spec)
    return encoder(spec) + decoder(spec)


def matmuls(spec: dict[str, Any]) -> list[tuple[str, int, int, int]]:
    """The products of one step; the first layer's input needs no gradient."""
    products = []
    for number, layer in enumerate(layers_of(spec)):
        size = (layer.m, layer.k, layer.n)
        products.append(("forward", *size))
        if spec["work"] == "train":
            products.append(("weights", *size))
            if number > 0:
                products.append(("input", *size))
    return products


def flops(spec: dict[str, Any]) -> int:
    """Floating-point operations of one step."""
    return sum(2 * m * k * n for _, m, k, n in matmuls(spec))


def weights(spec: dict[str, Any]) -> int:
    """The number of the whole model's weights."""
    return sum(layer.weights for layer in encoder(spec) + decoder(spec | {"samples": 1}))


def optimizer_bytes(spec: dict[str, Any]) -> int:
    """Bytes that Adam must read and write in one step of training; else none."""
    return ADAM_MOVES * BYTES * weights(spec) if spec["work"] == "train" else 0


def activation_bytes(spec: dict[str, Any]) -> int:
    """Bytes of the layers' outputs, written and read, and of their gradients likewise."""
    passes = 4 if spec["work"] == "train" else 2
    return passes * BYTES * sum(layer.outputs for layer in layers_of(spec))


def bound(spec: dict[str, Any], matrix_rate: float, bandwidth: float) -> float:
    """Rows a second if products at `matrix_rate` rows/s and the optimizer's bytes were all."""
    seconds_a_row = 1 / matrix_rate + optimizer_bytes(spec) / spec["batch"] / bandwidth
    return 1 / seconds_a_row
