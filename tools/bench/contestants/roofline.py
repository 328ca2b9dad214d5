"""The roofline's contestants: what the machine can do, measured in turns like everybody else.

The spec's `matmuls` lists the matrix products of one step of a work as [form, m, k, n]:
`forward` is [m,k]x[k,n], `weights` its gradient [k,m]x[m,n], `input` its gradient [m,n]x[n,k].
`numpy`, `torch` and `tensorflow` do them with all threads, `torch-each` does as many copies side by
side as there are threads, with one thread each. `memory` adds two arrays of `floats` numbers into a
third, a part for each thread.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any, Callable

import numpy as np

from protocol import WARM_UP_CALLS, WARM_UP_SECONDS, read_spec, serve

SHAPES = {
    "forward": lambda m, k, n: ((m, k), (k, n)),
    "weights": lambda m, k, n: ((k, m), (m, n)),
    "input": lambda m, k, n: ((m, n), (n, k)),
}
TRANSPOSED = {"forward": (False, False), "weights": (True, False), "input": (False, True)}
FLOATS_A_CALL = 4_000_000  # small arrays are added many times a call, so that calls cost nothing


def operands(spec: dict[str, Any]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Both sides of every product, laid out as training finds them: a transposed side is a view."""
    random = np.random.default_rng(spec["seed"])
    pairs = []
    for form, m, k, n in spec["matmuls"]:
        sides = []
        for (rows, columns), turned in zip(SHAPES[form](m, k, n), TRANSPOSED[form]):
            size = (columns, rows) if turned else (rows, columns)
            side = random.standard_normal(size, dtype=np.float32)
            sides.append(side.T if turned else side)
        pairs.append((sides[0], sides[1]))
    return pairs


def numpy_step(spec: dict[str, Any]) -> Callable[[], None]:
    pairs = operands(spec)
    outs = [left @ right for left, right in pairs]

    def step() -> None:
        for (left, right), out in zip(pairs, outs):
            np.matmul(left, right, out=out)

    return step


def torch_step(spec: dict[str, Any], threads: int) -> Callable[[], None]:
    import torch

    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    pairs = [(torch.from_numpy(left), torch.from_numpy(right)) for left, right in operands(spec)]
    outs = [left @ right for left, right in pairs]

    def step() -> None:
        for (left, right), out in zip(pairs, outs):
            torch.mm(left, right, out=out)

    return step


def tensorflow_step(spec: dict[str, Any]) -> Callable[[], None]:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(spec["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(spec["threads"])
    forms = [TRANSPOSED[product[0]] for product in spec["matmuls"]]
    pairs = [
        tuple(tf.constant(side.T if turned else side) for side, turned in zip(pair, form))
        for pair, form in zip(operands(spec), forms)
    ]

    @tf.function
    def products(pairs: Any) -> Any:
        return [
            tf.matmul(left, right, transpose_a=turn_left, transpose_b=turn_right)
            for (left, right), (turn_left, turn_right) in zip(pairs, forms)
        ]

    function = products.get_concrete_function(pairs)
    flat = [side for pair in pairs for side in pair]

    def step() -> None:
        function(*flat)[-1].numpy()

    return step


def memory_step(floats: int) -> Callable[[], None]:
    a, b, c = np.ones(floats, np.float32), np.ones(floats, np.float32), np.ones(floats, np.float32)
    repeats = max(1, FLOATS_A_CALL // floats)

    def step() -> None:
        for _ in range(repeats):
            np.add(a, b, out=c)

    return step


def loop(step: Callable[[], None], end: float, counts: list[int]) -> None:
    count = 0
    while time.perf_counter() < end:
        step()
        count += 1
    counts.append(count)


def side_by_side(workers: list[Callable[[], None]]) -> Callable[[float], tuple[int, float]]:
    """Runs every worker in a thread of its own for some seconds; returns steps and seconds."""
    begin = time.perf_counter()
    for number in range(WARM_UP_CALLS):
        for step in workers:
            step()
        if time.perf_counter() - begin > WARM_UP_SECONDS and number > 2:
            break

    def run(seconds: float) -> tuple[int, float]:
        begin, counts = time.perf_counter(), []
        threads = [
            threading.Thread(target=loop, args=(step, begin + seconds, counts))
            for step in workers[1:]
        ]
        for thread in threads:
            thread.start()
        loop(workers[0], begin + seconds, counts)
        for thread in threads:
            thread.join()
        return sum(counts), time.perf_counter() - begin

    return run


def main() -> None:
    spec = read_spec()
    threads, variant = spec["threads"], spec["variant"]
    if variant == "memory":
        floats = max(1, spec["floats"] // threads)
        run = side_by_side([memory_step(floats) for _ in range(threads)])
        moved = 3 * 4 * floats * max(1, FLOATS_A_CALL // floats)

        def turn(seconds: float) -> dict[str, Any]:
            steps, elapsed = run(seconds)
            return {"bytes": steps * moved, "seconds": elapsed}

    else:
        makers = {
            "numpy": lambda: [numpy_step(spec)],
            "torch": lambda: [torch_step(spec, threads)],
            "torch-each": lambda: [torch_step(spec, 1) for _ in range(threads)],
            "tensorflow": lambda: [tensorflow_step(spec)],
        }
        run = side_by_side(makers[variant]())

        def turn(seconds: float) -> dict[str, Any]:
            steps, elapsed = run(seconds)
            return {"rows": steps * spec["batch"], "seconds": elapsed}

    serve(f"roofline, {variant}", 0, turn)


if __name__ == "__main__":
    main()
