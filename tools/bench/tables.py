"""Turns results into the page of benchmarks."""

from __future__ import annotations

import statistics
import time
from argparse import Namespace
from dataclasses import dataclass
from typing import Any, Callable

import machine
import roofline
from peers import MATRIX_ROOFLINES, OURS, ROOFLINES
from rounds import Result
from works import Work

GIGA = 1e9
MEBI = 1024**2
TRACED = 10  # kinds of operation that are named


@dataclass
class Done:
    """A work and what everybody did in it."""

    work: Work
    results: list[Result]
    measured: str = ""  # when, and by which command

    def of(self, name: str) -> Result | None:
        return next((r for r in self.results if r.name == name and r.done), None)

    @property
    def contestants(self) -> list[Result]:
        return [r for r in self.results if r.name not in ROOFLINES]


def speed(work: Work, answer: dict[str, Any]) -> float:
    """The higher, the better: rows a second, or turns of the clock for what takes time."""
    if work.kind == "starts":
        return 1 / answer["seconds"]
    if work.latency:
        return 1e6 / answer["median_us"]
    return answer["rows"] / answer["seconds"]


def speeds(done: Done, name: str) -> list[float]:
    result = done.of(name)
    return [speed(done.work, answer) for answer in result.answers] if result else []


def ratios(done: Done, name: str) -> list[float]:
    """Ours to the other's, round by round."""
    return [ours / other for ours, other in zip(speeds(done, OURS), speeds(done, name))]


def fastest_peer(done: Done) -> str:
    """The peer that ours leads least, or is behind most; without ours, the fastest."""
    peers = [r.name for r in done.contestants if r.name != OURS and r.done]
    if not peers:
        return ""
    if speeds(done, OURS):
        return min(peers, key=lambda name: statistics.median(ratios(done, name)))
    return max(peers, key=lambda name: statistics.median(speeds(done, name)))


def matrix_rates(done: Done) -> list[float]:
    """The best rate of the work's products, in rows a second, round by round."""
    every = [speeds(done, name) for name in MATRIX_ROOFLINES if done.of(name)]
    return [max(rates) for rates in zip(*every)]


def bandwidths(done: Done) -> list[float]:
    memory = done.of("roofline memory")
    return [a["bytes"] / a["seconds"] for a in memory.answers] if memory else []


def bounds(done: Done) -> list[float]:
    """The roofline of products and optimizer, in rows a second, round by round."""
    pairs = zip(matrix_rates(done), bandwidths(done))
    return [roofline.bound(done.work.spec, rate, bandwidth) for rate, bandwidth in pairs]


def number(value: float) -> str:
    """Three digits that mean something, thousands apart."""
    if value >= 100:
        return f"{round(value, 3 - len(str(int(value)))):,.0f}"
    return f"{value:.3g}"


def spread(values: list[float]) -> str:
    if not values:
        return "–"
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def percent(parts: list[float], wholes: list[float]) -> str:
    shares = [part / whole for part, whole in zip(parts, wholes)]
    return f"{100 * statistics.median(shares):.0f} %" if shares else "–"


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    line = lambda cells: "| " + " | ".join(cells) + " |"
    rule = "|---|" + "---:|" * (len(head) - 1)
    return [line(head), rule, *(line(row) for row in rows), ""]


def bold_if_ours(name: str) -> str:
    return f"**{name}**" if name == OURS else name


def failures(done: Done) -> list[str]:
    lines = [
        f"- {r.name}: –, {r.failure.replace('|', '/')}" for r in done.results if r.failure
    ]
    return lines + [""] if lines else []


def weights_mark(done: Done, result: Result) -> str:
    expected = roofline.weights(done.work.spec)
    return "" if result.weights in (0, expected) else f" (≠: {result.weights:,} weights)"


def memory(result: Result) -> str:
    return f"{result.peak_bytes / MEBI:,.0f}" if result.peak_bytes else "–"


def rates_table(done: Done) -> list[str]:
    has_bounds = bool(bounds(done))
    training = done.work.spec["work"] == "train"
    head = ["contestant", "rows/s", "min", "max", "ours is × as fast"]
    if has_bounds:
        head += ["of the products' bound"] + (["of the roofline"] if training else [])
    head.append("peak MiB")
    rows = []
    for result in sorted(done.contestants, key=lambda r: -statistics.median(speeds(done, r.name) or [0])):
        if not result.done:
            continue
        own = speeds(done, result.name)
        label = bold_if_ours(result.name) + weights_mark(done, result)
        row = [label, number(statistics.median(own)), number(min(own)), number(max(own))]
        row.append("1" if result.name == OURS else spread(ratios(done, result.name)))
        if has_bounds:
            row.append(percent(own, matrix_rates(done)))
            row += [percent(own, bounds(done))] if training else []
        rows.append([*row, memory(result)])
    return table(head, rows) + (roofline_lines(done) if has_bounds else [])


def roofline_lines(done: Done) -> list[str]:
    spec = done.work.spec
    work = roofline.flops(spec)
    each = []
    for name in MATRIX_ROOFLINES:
        own = speeds(done, name)
        if own:
            rate = statistics.median(own) / spec["batch"] * work / GIGA
            each.append(f"{name.removeprefix('roofline ')} {number(rate)}")
    products = number(statistics.median(matrix_rates(done)))
    text = (
        f"Roofline: {work / 1e6:,.4g} MFLOP a step in matrix products, GFLOP/s at these sizes: "
        f"{', '.join(each)}. The best of them allows {products} rows/s"
    )
    if spec["work"] == "train":
        text += (
            f"; with the optimizer's {roofline.optimizer_bytes(spec) / 1e6:.3g} MB a step, at "
            f"{number(statistics.median(bandwidths(done)) / GIGA)} GB/s, "
            f"{number(statistics.median(bounds(done)))} rows/s. "
            f"Activations ({roofline.activation_bytes(spec) / 1e6:.3g} MB a step) are not in the bound"
        )
    return [text + ".", ""]


def latency_table(done: Done) -> list[str]:
    rows = []
    for result in done.contestants:
        if result.done:
            median = statistics.median(a["median_us"] for a in result.answers)
            p99 = statistics.median(a["p99_us"] for a in result.answers)
            ratio = "1" if result.name == OURS else spread(ratios(done, result.name))
            rows.append([bold_if_ours(result.name), number(median), number(p99), ratio, memory(result)])
    return table(["contestant", "median µs", "p99 µs", "ours is × as fast", "peak MiB"], rows)


def starts_table(done: Done) -> list[str]:
    rows = []
    for result in done.contestants:
        if result.done:
            own = [a["seconds"] for a in result.answers]
            ratio = "1" if result.name == OURS else spread(ratios(done, result.name))
            times = [f"{value:.2f}" for value in (statistics.median(own), min(own), max(own))]
            rows.append([bold_if_ours(result.name), *times, ratio, memory(result)])
    return table(["contestant", "seconds", "min", "max", "ours is × as fast", "peak MiB"], rows)


def reached(result: Result, target: float) -> tuple[int, float] | None:
    """Epoch and seconds at which a target was reached."""
    for answer in result.answers:
        if answer["negative_elbo"] <= target:
            return answer["epoch"], answer["seconds"]
    return None


def quality_table(done: Done) -> list[str]:
    targets = done.work.spec["targets"]
    head = ["contestant"]
    for target in targets:
        head += [f"s to {target} nats", "epochs"]
    rows = []
    for result in done.contestants:
        if result.done:
            row = [bold_if_ours(result.name)]
            for target in targets:
                at = reached(result, target)
                row += [f"{at[1]:.1f}", str(at[0])] if at else ["–", "–"]
            last = result.answers[-1]
            rows.append([*row, f"{last['negative_elbo']:.2f}", str(last["epoch"])])
    return table([*head, "last, nats", "epochs"], rows)


def trace_table(done: Done) -> list[str]:
    ours = done.of(OURS)
    if not ours:
        return []
    answer, threads = ours.answers[0], done.work.spec["threads"]
    operations = sorted(answer["operations"].items(), key=lambda item: -item[1][0])
    whole = sum(micros for _, (micros, _) in operations)
    shown, rest = operations[:TRACED], operations[TRACED:]
    if rest:
        others = [sum(column) for column in zip(*(times for _, times in rest))]
        shown.append((f"{len(rest)} other kinds", others))
    rows = [
        [name, f"{count:.0f}", number(micros), f"{100 * micros / whole:.1f} %"]
        for name, (micros, count) in shown
    ]
    span = answer["step_us"]
    text = (
        f"By TensorFlow's own trace. The operations of a traced step add up to {number(whole)} µs; "
        f"a step without a trace takes {number(span)} µs on {threads} threads."
    )
    return [text, "", *table(["operation of vae-tf", "a step", "µs a step", "share"], rows)]


def table_of(done: Done) -> list[str]:
    maker: Callable[[Done], list[str]] = rates_table
    if done.work.latency:
        maker = latency_table
    elif done.work.kind == "starts":
        maker = starts_table
    elif done.work.kind == "quality":
        maker = quality_table
    elif done.work.kind == "trace":
        maker = trace_table
    return maker(done) + failures(done)


def overview(all_done: list[Done]) -> list[str]:
    rows = []
    for done in all_done:
        if done.work.kind in ("quality", "trace") or done.work.curve:
            continue
        peer = fastest_peer(done)
        ratio = spread(ratios(done, peer)) if peer else "–"
        rows.append([f"({done.work.letter}) {done.work.title}", peer or "–", ratio])
    head = ["work", "fastest peer", "ours is × as fast: median (min–max)"]
    return ["## In short", "", *table(head, rows)] if rows else []


def growth_tables(all_done: list[Done], images: dict[str, str]) -> list[str]:
    lines: list[str] = []
    curves = [done for done in all_done if done.work.curve]
    for axis in dict.fromkeys(done.work.curve[0] for done in curves):
        own = [done for done in curves if done.work.curve[0] == axis]
        names = list(dict.fromkeys(r.name for done in own for r in done.results))
        lines += [f"### As {axis} grows", ""]
        if axis in images:
            lines += [f"![Rows a second as {axis} grows]({images[axis]})", ""]
        rows = []
        for done in own:
            row = [f"{done.work.curve[1]:,}"]
            for name in names:
                rates = speeds(done, name)
                row.append(number(statistics.median(rates)) if rates else "–")
            rows.append(row)
        lines += table([axis, *(f"{bold_if_ours(name)}, rows/s" for name in names)], rows)
        for done in own:
            told = failures(done)
            lines += [f"{axis} {done.work.curve[1]:,}:", "", *told] if told else []
    return ["## (j) Growth", "", *lines] if lines else []


SECTIONS = {
    "a": "(a) Training a dense network",
    "b": "(b) Training with large batches",
    "c": "(c) Two hidden layers, and importance weights",
    "d": "(d) Training convolutional networks",
    "e": "(e) Serving: decode, encode, reconstruct",
    "f": "(f) Latency",
    "g": "(g) Start",
    "i": "(i) Time to quality",
}


def measured(
    command: str, took: float, foreign: float, chosen: Namespace, digits: str
) -> str:
    """How a run was made: `foreign` is the share of the cores that other programs took."""
    return (
        f"measured on {time.strftime('%Y-%m-%d')} by `{command}` in {took / 60:.0f} minutes, "
        f"{chosen.rounds} rounds of {chosen.seconds:g} s, {chosen.threads} threads, on {digits}, "
        f"commit {machine.versions()['commit']}; other programs took "
        f"{100 * foreign:.0f} % of the processor meanwhile."
    )


def head(all_done: list[Done]) -> list[str]:
    """The page's beginning."""
    versions = ", ".join(f"{name} {value}" for name, value in machine.versions().items())
    runs: dict[str, dict[str, None]] = {}
    for done in all_done:
        runs.setdefault(done.measured, {})[f"({done.work.letter})"] = None
    return [
        "# Benchmarks",
        "",
        *(f"- {' '.join(letters)}: {run}" for run, letters in runs.items()),
        "",
        f"Machine: {machine.cpu()} ({machine.vector_instructions()}), {machine.cores()} cores, "
        f"{machine.memory_gib():.1f} GiB; {machine.system()}.",
        f"Versions: {versions}.",
        "",
        "## How to read this",
        "",
        "All contestants of a work run at once, one process each, and take turns; while one works the "
        "others are stopped. *Ours is × as fast* is vae-tf's rate divided by the other's in the same "
        "round: the median of all rounds, and in brackets the least and the greatest. Above 1 vae-tf is "
        "faster, below 1 slower. Rates themselves (median, min, max) move with the machine's mood; "
        "trust the ratios. *Peak* is the most memory the process held.",
        "",
        "The *roofline* is what the machine could do at best: the matrix products of a step, at the best "
        "rate that NumPy, PyTorch or TensorFlow reach at exactly these sizes in the same round "
        "(`torch-each`: one single-threaded copy a core, side by side), and the bytes that Adam must "
        "read and write, at the rate at which the cores add arrays of that size. A share of it says how "
        "much of that a contestant turns into training. It can pass 100 %: a library may multiply faster "
        "than the best of the three.",
        "",
        "The model, the loss and the rules are in [tools/bench](../tools/bench/README.md). Rows a second on Spark, beside the plain command, are in [SCALE.md](SCALE.md).",
        "",
    ]


def page(all_done: list[Done], images: dict[str, str]) -> str:
    lines = head(all_done) + overview(all_done)
    for letter, title in SECTIONS.items():
        own = [done for done in all_done if done.work.letter == letter]
        if own:
            lines += [f"## {title}", ""]
            for done in own:
                lines += [f"### {done.work.title}", "", *table_of(done)]
    if any(done.work.letter == "a" for done in all_done):
        lines += ["## (h) Memory", "", "The peak memory of training is the last column of (a).", ""]
    return "\n".join(lines + growth_tables(all_done, images)).rstrip() + "\n"
