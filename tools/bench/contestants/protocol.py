"""What every Python contestant shares: reading the spec, answering turns, and making first arrays.

See ../README.md for the protocol.
"""

from __future__ import annotations

import json
import math
import os
import sys
import threading
import time
from typing import Any, Callable

import numpy as np

WARM_UP_CALLS = 20
WARM_UP_SECONDS = 4.0
UNSUPPORTED = 3

# The protocol has standard output to itself: what a library prints goes to standard error.
_answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)


def read_spec() -> dict[str, Any]:
    """Returns the spec of the first argument."""
    return json.loads(sys.argv[1])


def say(answer: dict[str, Any]) -> None:
    """Writes one line of the protocol."""
    _answers.write(json.dumps(answer) + "\n")
    _answers.flush()


def unsupported(why: str) -> None:
    """Says that this contestant cannot do the work, and leaves."""
    say({"unsupported": why})
    sys.exit(UNSUPPORTED)


def serve(about: str, weights: int, turn: Callable[[float], dict[str, Any]]) -> None:
    """Says that the contestant is ready and answers turns until the input ends."""
    say({"ready": True, "about": about, "weights": weights})
    for line in sys.stdin:
        say(turn(float(json.loads(line)["seconds"])))


def steps(step: Callable[[], int], loss: Callable[[], float]) -> Callable[[float], dict[str, Any]]:
    """Makes turns of a function that does one training step and returns its rows.

    `loss` waits for the last step and returns its loss. Compiles and warms up first.
    """
    begin, calls = time.perf_counter(), 0
    while calls < WARM_UP_CALLS or time.perf_counter() - begin < WARM_UP_SECONDS:
        step()
        loss()
        calls += 1

    def turn(seconds: float) -> dict[str, Any]:
        begin, rows = time.perf_counter(), 0
        while time.perf_counter() - begin < seconds:
            rows += step()
        last = loss()
        return {"rows": rows, "seconds": time.perf_counter() - begin, "loss": last}

    return turn


class Meter:
    """Measures a training loop that is not ours to stop: the loop's callback reports its steps.

    Between turns the callback blocks; at the end of the input the process leaves.
    """

    def __init__(self, about: str, weights: int):
        self.about, self.weights = about, weights
        self.begin, self.rows, self.calls = time.perf_counter(), 0, 0
        self.seconds: float | None = None  # none while warming up

    def report(self, steps: int, rows: int, loss: Callable[[], float]) -> None:
        """Notes steps done; `loss` waits for the last one and returns its loss."""
        self.rows += rows
        self.calls += steps
        elapsed = time.perf_counter() - self.begin
        if self.seconds is None:
            if self.calls >= WARM_UP_CALLS and elapsed >= WARM_UP_SECONDS:
                loss()
                say({"ready": True, "about": self.about, "weights": self.weights})
                self._wait()
        elif elapsed >= self.seconds:
            last = loss()
            elapsed = time.perf_counter() - self.begin
            say({"rows": self.rows, "seconds": elapsed, "loss": last})
            self._wait()

    def _wait(self) -> None:
        line = sys.stdin.readline()
        if not line:
            sys.exit(0)
        self.seconds = float(json.loads(line)["seconds"])
        self.begin, self.rows = time.perf_counter(), 0


def calls(
    spec: dict[str, Any],
    call: Callable[[np.ndarray], Any],
    make_input: Callable[[np.random.Generator], np.ndarray],
) -> Callable[[float], dict[str, Any]]:
    """Makes turns of a call on a batch; `callers` threads call at once, each with its own array."""
    inputs = [make_input(np.random.default_rng([spec["seed"], i])) for i in range(spec["callers"])]
    begin, done = time.perf_counter(), 0
    while done < WARM_UP_CALLS or time.perf_counter() - begin < WARM_UP_SECONDS:
        for rows in inputs:
            call(rows)
        done += 1

    def caller(rows: np.ndarray, end: float, latencies: list[float]) -> None:
        now = time.perf_counter()
        while now < end:
            call(rows)
            after = time.perf_counter()
            latencies.append(after - now)
            now = after

    def turn(seconds: float) -> dict[str, Any]:
        begin = time.perf_counter()
        latencies: list[list[float]] = [[] for _ in inputs]
        threads = [
            threading.Thread(target=caller, args=(rows, begin + seconds, own))
            for rows, own in zip(inputs[1:], latencies[1:])
        ]
        for thread in threads:
            thread.start()
        caller(inputs[0], begin + seconds, latencies[0])
        for thread in threads:
            thread.join()
        elapsed = time.perf_counter() - begin
        every = np.concatenate([np.asarray(own) for own in latencies]) * 1e6
        return {
            "rows": len(every) * spec["batch"],
            "calls": len(every),
            "seconds": elapsed,
            "median_us": float(np.median(every)),
            "p99_us": float(np.percentile(every, 99)),
        }

    return turn


def latent_points(spec: dict[str, Any]) -> Callable[[np.random.Generator], np.ndarray]:
    """Makes the input of `decode`: points of the standard normal."""
    size = (spec["batch"], spec["latent"])
    return lambda random: random.standard_normal(size, dtype=np.float32)


def grey_rows(spec: dict[str, Any]) -> Callable[[np.random.Generator], np.ndarray]:
    """Makes the input of `encode` and `reconstruct`: rows scaled to 0…1, drawn from the data."""
    data = np.load(spec["data"], mmap_mode="r")

    def make(random: np.random.Generator) -> np.ndarray:
        chosen = np.sort(random.integers(0, len(data), spec["batch"]))
        return data[chosen].astype(np.float32) / 255

    return make


def input_of(spec: dict[str, Any]) -> Callable[[np.random.Generator], np.ndarray]:
    """Chooses the input of the spec's work."""
    return latent_points(spec) if spec["work"] == "decode" else grey_rows(spec)


def quality(
    spec: dict[str, Any], epoch: Callable[[], None], judge: Callable[[], float], begin: float
) -> None:
    """Trains epoch after epoch until the least target is reached; the clock stops while judging.

    `begin` is when the contestant began to build its model, so that compilation counts.
    """
    seconds, number = 0.0, 0
    least = min(spec["targets"])
    value = math.inf
    while number < spec["epochs"] and value > least:
        epoch()
        number += 1
        seconds += time.perf_counter() - begin
        value = judge()
        say({"epoch": number, "seconds": seconds, "negative_elbo": value})
        begin = time.perf_counter()
