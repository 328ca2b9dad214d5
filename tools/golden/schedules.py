"""Golden numbers for learning-rate schedules: the factor on the learning rate at each step.

    python tools/golden/schedules.py

``schedule`` is the schedule's JSON; ``factor`` holds the values at step 0, 1, 2, ..., where
``epoch`` in the ``formula`` is step / steps_an_epoch, fraction and all, ``epochs`` the length of
the run, and ``reductions`` how often a plateau has been met before the step.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from golden import write

EPOCHS = 4
STEPS_AN_EPOCH = 5
STEPS = 23
REDUCTIONS = [0] * 7 + [1] * 8 + [3] * 8


def cosine(epoch: float, minimum: float) -> float:
    done = min(1.0, epoch / EPOCHS)
    return minimum + (1.0 - minimum) * (1.0 + math.cos(math.pi * done)) / 2.0


def linear(epoch: float, hold: float, minimum: float) -> float:
    points = [hold * EPOCHS, float(EPOCHS)]
    return float(np.interp(epoch, points, [1.0, minimum]))


Factor = Callable[[float, int], float]
CASES: list[tuple[dict[str, Any], str, Factor]] = [
    ({"kind": "constant"}, "1", lambda epoch, reductions: 1.0),
    (
        {"kind": "exponential", "decay": 0.9},
        "decay^epoch",
        lambda epoch, reductions: 0.9**epoch,
    ),
    (
        {"kind": "cosine", "minimum": 0.1},
        "minimum + (1 - minimum) * (1 + cos(pi * min(1, epoch / epochs))) / 2",
        lambda epoch, reductions: cosine(epoch, 0.1),
    ),
    (
        {"kind": "linear", "hold": 0.0, "minimum": 0.0},
        "1 - min(1, epoch / epochs)",
        lambda epoch, reductions: linear(epoch, 0.0, 0.0),
    ),
    (
        {"kind": "linear", "hold": 0.7, "minimum": 0.2},
        "1 up to hold * epochs, then straight to minimum at epochs",
        lambda epoch, reductions: linear(epoch, 0.7, 0.2),
    ),
    (
        {"kind": "step", "every": 2, "decay": 0.5},
        "decay^floor(epoch / every)",
        lambda epoch, reductions: 0.5 ** math.floor(epoch / 2),
    ),
    (
        {"kind": "plateau", "decay": 0.2, "patience": 3},
        "decay^reductions",
        lambda epoch, reductions: 0.2**reductions,
    ),
    (
        {"kind": "warm-up", "rise": 1.5, "then": {"kind": "constant"}},
        "min(1, epoch / rise)",
        lambda epoch, reductions: min(1.0, epoch / 1.5),
    ),
    (
        {"kind": "warm-up", "rise": 2.0, "then": {"kind": "cosine", "minimum": 0.0}},
        "min(1, epoch / rise) * then(epoch)",
        lambda epoch, reductions: min(1.0, epoch / 2.0) * cosine(epoch, 0.0),
    ),
]


def main() -> None:
    cases = [
        {
            "schedule": schedule,
            "formula": formula,
            "epochs": EPOCHS,
            "steps_an_epoch": STEPS_AN_EPOCH,
            "reductions": REDUCTIONS,
            "factor": [factor(step / STEPS_AN_EPOCH, REDUCTIONS[step]) for step in range(STEPS)],
        }
        for schedule, formula, factor in CASES
    ]
    write(__file__, {"cases": cases})


if __name__ == "__main__":
    main()
