"""Golden numbers for learning-rate schedules.

    python tools/golden/schedules.py

``t`` counts from 0, in epochs or in steps as the schedule says; ``learning_rate`` holds the values
at t = 0, 1, 2, ... The ``formula`` of each case defines it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from golden import write

LR = 0.01


def cosine(t: int, total: int, minimum: float) -> float:
    return minimum + (LR - minimum) * 0.5 * (1.0 + math.cos(math.pi * min(t, total) / total))


def warm_up(t: int, steps: int, base: Callable[[int], float]) -> float:
    return base(0) * (t + 1) / steps if t < steps else base(t - steps)


CASES = [
    ("constant", "epoch", 4, {"lr": LR}, "lr", lambda t: LR),
    (
        "exponential",
        "epoch",
        8,
        {"lr": LR, "decay": 0.9},
        "lr * decay^t",
        lambda t: LR * 0.9**t,
    ),
    (
        "cosine",
        "step",
        13,
        {"lr": LR, "minimum": 0.001, "total": 10},
        "minimum + (lr - minimum) * (1 + cos(pi * min(t, total) / total)) / 2",
        lambda t: cosine(t, 10, 0.001),
    ),
    (
        "step",
        "epoch",
        10,
        {"lr": LR, "gamma": 0.5, "every": 3},
        "lr * gamma^floor(t / every)",
        lambda t: LR * 0.5 ** (t // 3),
    ),
    (
        "warm-up, constant",
        "step",
        8,
        {"lr": LR, "warm_up": 5},
        "base(0) * (t + 1) / warm_up where t < warm_up, then base(t - warm_up)",
        lambda t: warm_up(t, 5, lambda _: LR),
    ),
    (
        "warm-up, cosine",
        "step",
        15,
        {"lr": LR, "minimum": 0.0, "total": 8, "warm_up": 5},
        "base(0) * (t + 1) / warm_up where t < warm_up, then base(t - warm_up)",
        lambda t: warm_up(t, 5, lambda u: cosine(u, 8, 0.0)),
    ),
]


def main() -> None:
    cases = [
        {
            "schedule": name,
            "unit": unit,
            "formula": formula,
            "settings": settings,
            "learning_rate": [rate(t) for t in range(count)],
        }
        for name, unit, count, settings, formula, rate in CASES
    ]
    write(__file__, {"cases": cases})


if __name__ == "__main__":
    main()
