"""The works: what is measured, with which sizes, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import peers

DENSE = {"kind": "dense", "hidden": [400]}
TWO_LAYERS = {"kind": "dense", "hidden": [200, 200]}
CONVOLUTIONAL = {"kind": "convolutional", "channels": [32, 64], "hidden": 256}

BATCHES = [32, 128, 512, 1024, 4096]
LATENTS = [2, 8, 32, 128, 512]
WIDTHS = [50, 100, 200, 400, 800, 1600, 3200]
ROWS = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
GROWTH_ROUNDS = 3
SERVING_SHARE = 0.5  # of a training turn's seconds: calls are short
START_ROUNDS_QUICK = 3

LETTERS = "abcdefghij"


@dataclass(frozen=True)
class Work:
    """One work. `kind` says how it is run: `turns`, `starts`, `trace` or `quality`."""

    letter: str
    title: str
    spec: dict[str, Any]
    entrants: list[str]
    kind: str = "turns"
    roofline: bool = False
    curve: tuple[str, int] | None = None
    rounds: int | None = None
    share: float = 1.0

    @property
    def latency(self) -> bool:
        return self.letter == "f"


@dataclass(frozen=True)
class Data:
    """The files that works read."""

    train: str
    test: str
    colours: str
    threads: int
    model: str

    def spec(self, **changes: Any) -> dict[str, Any]:
        """The spec of work (a), with changes."""
        return {
            "work": "train",
            "network": DENSE,
            "latent": 20,
            "shape": [28, 28, 1],
            "batch": 128,
            "samples": 1,
            "learning_rate": 0.001,
            "seed": 1,
            "threads": self.threads,
            "callers": 1,
            "data": self.train,
            "test": self.test,
            "model": self.model,
            "targets": [110, 106],
            "epochs": 40,
        } | changes


def _training(data: Data) -> list[Work]:
    def work(letter: str, title: str, **changes: Any) -> Work:
        return Work(letter, title, data.spec(**changes), peers.TRAINING, roofline=True)

    def trace(of: Work) -> Work:
        title = f"Where the time of a step goes: {of.title.removeprefix('Training, ')}"
        return Work(of.letter, title, of.spec | {"work": "trace"}, [], "trace")

    two = {"network": TWO_LAYERS, "latent": 50, "batch": 100}
    colour = {"shape": [32, 32, 3], "latent": 64, "data": data.colours}
    small = work("a", "Training, dense 784-400-20, batch 128")
    large = work("b", "Training, dense 784-400-20, batch 1000", batch=1000)
    grey = work("d", "Training, convolutional, 28×28×1, batch 128", network=CONVOLUTIONAL)
    title = "Training, convolutional, 32×32×3, batch 128"
    coloured = work("d", title, network=CONVOLUTIONAL, **colour)
    title = "Training, dense 784-200-200-50, batch 100"
    deep = work("c", title, **two)
    weighted = work("c", f"{title}, 5 importance samples", samples=5, **two)
    traces = [trace(small), trace(large), trace(grey)]
    return [small, large, deep, weighted, grey, coloured, *traces]


def _serving(data: Data, quick: bool) -> list[Work]:
    batches = [64, 1024] if quick else [1, 64, 1024]
    entrants = peers.SERVING_QUICK if quick else peers.SERVING
    works = []
    for call in ("decode", "encode", "reconstruct"):
        for batch in batches:
            for callers in [1] if quick else [1, 8]:
                who = "1 caller" if callers == 1 else f"{callers} callers"
                spec = data.spec(work=call, batch=batch, callers=callers)
                title = f"{call.capitalize()}, batch {batch}, {who}"
                bounded = callers == 1 and not quick
                work = Work("e", title, spec, entrants, roofline=bounded, share=SERVING_SHARE)
                works.append(work)
    spec = data.spec(work="decode", batch=1)
    latency = Work("f", "Latency of one decode", spec, entrants, share=SERVING_SHARE)
    return [*works, latency]


def _starts(data: Data, quick: bool) -> list[Work]:
    rounds = START_ROUNDS_QUICK if quick else None
    step, sample = data.spec(work="first-step"), data.spec(work="first-sample", batch=1)
    first = "From the start of the process to the first"
    return [
        Work("g", f"{first} training step", step, peers.FIRST_STEP, "starts", rounds=rounds),
        Work(
            "g",
            f"{first} sample of a saved model",
            sample,
            peers.FIRST_SAMPLE,
            "starts",
            rounds=rounds,
        ),
    ]


def _growth(data: Data) -> list[Work]:
    def work(axis: str, value: int, entrants: list[str], **changes: Any) -> Work:
        title = f"Training as {axis} grows: {value}"
        spec = data.spec(**changes)
        curve = (axis, value)
        return Work("j", title, spec, entrants, curve=curve, rounds=GROWTH_ROUNDS)

    works = [work("batch", n, peers.GROWING, batch=n) for n in BATCHES]
    works += [work("latent", n, peers.GROWING, latent=n) for n in LATENTS]
    for n in WIDTHS:
        works.append(work("width", n, peers.GROWING, network={"kind": "dense", "hidden": [n]}))
    # The file is made when its turn comes and deleted afterwards.
    works += [work("rows", n, [], rows=n, stream=True) for n in ROWS]
    return works


def choose(data: Data, quick: bool, only: str) -> list[Work]:
    """The works of a run. (h), memory, is a column of (a)."""
    quality = Work(
        "i", "Time to quality, MNIST", data.spec(work="quality"), peers.QUALITY, "quality"
    )
    works = [*_training(data), *_serving(data, quick), *_starts(data, quick), quality]
    works += _growth(data)
    letters = set(only.replace(",", "")) or set("aefg" if quick else LETTERS)
    if "h" in letters:
        letters.add("a")
    return [work for work in works if work.letter in letters]
