"""Runs the benchmark and writes its page. Start it by run.sh, which installs the peers."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import Any

import curves
import data
import machine
import peers
import roofline
import rounds
import tables
from rounds import Entry, Result, note
from tables import Done
from works import Data, Work, choose

QUALITY_LIMIT = 1800.0


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of (a) (e) (f) (g)")
    parser.add_argument("--only", default="", metavar="a,b,…", help="works by letter")
    parser.add_argument("--keep", action="store_true", help="other works stay as in --json")
    parser.add_argument("--peers", default="", metavar="NAME,…", help="'torch' or 'torch fused', …")
    parser.add_argument("--rounds", type=int, help="turns of each contestant (7; quick: 3)")
    parser.add_argument("--seconds", type=float, help="seconds a turn (2; quick: 1)")
    parser.add_argument("--threads", type=int, default=machine.cores(), help="default: all cores")
    parser.add_argument("--out", type=Path, default=data.ROOT / "docs/BENCHMARKS.md")
    parser.add_argument("--json", type=Path, default=data.FOLDER / "results.json")
    chosen = parser.parse_args()
    chosen.rounds = chosen.rounds or (3 if chosen.quick else 7)
    chosen.seconds = chosen.seconds or (1.0 if chosen.quick else 2.0)
    return chosen


def entrants(work: Work, wanted: str) -> list[str]:
    """Ours, the peers asked for, and the roofline."""
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    chosen = [
        name
        for name in work.entrants
        if not names or name in names or name.partition(" ")[0] in names
    ]
    return [peers.OURS, *chosen, *(peers.ROOFLINES if work.roofline else [])]


def entry(work: Work, name: str, spec: dict[str, Any]) -> Entry:
    """How to start a contestant in a work, with an empty folder of its own."""
    label = f"{work.letter}-{name.replace(' ', '-')}"
    own = spec | {"folder": str(rounds.fresh(data.FOLDER / "folders" / label))}
    if name in peers.MATRIX_ROOFLINES:
        own["matmuls"] = roofline.matmuls(spec)
    elif name in peers.ROOFLINES:
        own["floats"] = roofline.weights(spec)
    return Entry(name, peers.command(name, own), data.FOLDER / "log" / f"{label}.txt")


def split_missing(names: list[str]) -> tuple[list[str], list[Result]]:
    """Parts those that can start from those that are not installed."""
    absent = [Result(name, failure=peers.missing(name)) for name in names if peers.missing(name)]
    return [name for name in names if not peers.missing(name)], absent


def run_starts(work: Work, names: list[str], spec: dict[str, Any], turns: int) -> list[Result]:
    entries, failed = [], []
    for name in names:
        one = entry(work, name, spec)
        if spec["work"] == "first-sample":
            folder = json.loads(one.command[-1])["folder"]
            own = spec | {"folder": folder, "prepare": True}
            why = rounds.prepare(dataclasses.replace(one, command=peers.command(name, own)))
            if why:
                failed.append(Result(name, failure=why))
                continue
        entries.append(one)
    return rounds.cold_starts(entries, turns) + failed


def run_work(work: Work, chosen: argparse.Namespace) -> Done:
    """Runs one work with all who take part."""
    note(f"({work.letter}) {work.title}")
    names, absent = split_missing(entrants(work, chosen.peers))
    turns = chosen.rounds if work.rounds is None else min(work.rounds, chosen.rounds)
    spec, made = dict(work.spec), None
    if "rows" in spec:
        made = spec["data"] = data.long_file(spec["rows"], spec["data"])
    try:
        if work.kind == "starts":
            results = run_starts(work, names, spec, turns)
        elif work.kind in ("quality", "trace"):
            results = [rounds.to_the_end(entry(work, name, spec), QUALITY_LIMIT) for name in names]
        else:
            entries = [entry(work, name, spec) for name in names]
            results = rounds.in_turns(entries, turns, chosen.seconds * work.share)
    finally:
        if made:
            os.unlink(made)
    return Done(work, results + absent)


def tell(done: Done) -> None:
    """Says how each did as soon as a work is done."""
    if done.work.kind in ("quality", "trace"):
        return
    for result in done.contestants:
        own = tables.speeds(done, result.name)
        if own:
            middle = sorted(own)[len(own) // 2]
            ratio = tables.spread(tables.ratios(done, result.name))
            note(f"  {result.name}: {tables.number(middle)} /s, ours × {ratio}")


def as_json(all_done: list[Done]) -> str:
    about = {"cpu": machine.cpu(), "cores": machine.cores(), "versions": machine.versions()}
    works = [dataclasses.asdict(done) for done in all_done]
    return json.dumps({"machine": about, "works": works}, indent=1)


def kept(file: Path, letters: set[str]) -> list[Done]:
    """What an earlier run did in works of other letters."""
    all_done = []
    for done in json.loads(file.read_text())["works"]:
        if done["work"]["letter"] not in letters:
            curve = done["work"]["curve"]
            work = Work(**done["work"] | {"curve": tuple(curve) if curve else None})
            results = [Result(**result) for result in done["results"]]
            all_done.append(Done(work, results, done["measured"]))
    return all_done


def write(all_done: list[Done], chosen: argparse.Namespace) -> None:
    """Writes the raw results, the curves and the page; after each work, in case a run is cut."""
    all_done.sort(key=lambda done: done.work.letter)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(as_json(all_done))
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    images: dict[str, str] = {}
    if any(done.work.curve for done in all_done):
        files = curves.draw(all_done, chosen.out.parent / "images")
        images = {axis: f"images/{file.name}" for axis, file in files.items()}
    chosen.out.write_text(tables.page(all_done, images))


def main() -> int:
    chosen = options()
    peers.check_tools()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: chosen.threads])
    official = data.official() is not None
    digits = "the official MNIST" if official else "the 10,000 digits inside the jar"
    train, test = data.digits()
    model = str(data.ROOT / "saved_models" / "mnist-2d")
    files = Data(train, test, data.colours(), chosen.threads, model)
    command = shlex.join(["tools/bench/run.sh", *sys.argv[1:]])
    begin, busy = time.perf_counter(), machine.busy_seconds()
    works = choose(files, chosen.quick, chosen.only)
    before = kept(chosen.json, {work.letter for work in works}) if chosen.keep else []
    all_done: list[Done] = []
    try:
        for work in works:
            if work.kind == "quality" and not official:
                note("(i) needs the official MNIST: set VAETF_DATA")
                continue
            done = run_work(work, chosen)
            all_done.append(done)
            tell(done)
            took = time.perf_counter() - begin
            others = machine.busy_seconds() - busy - machine.own_seconds()
            foreign = max(0.0, others / took / machine.cores())
            measured = tables.measured(command, took, foreign, chosen, digits)
            all_done = [dataclasses.replace(done, measured=measured) for done in all_done]
            write(before + all_done, chosen)
    finally:
        rounds.end_all()
    note(f"wrote {chosen.out} and {chosen.json}")
    failed = [
        f"({done.work.letter}) {done.work.title}: {result.failure}"
        for done in all_done
        for result in done.results
        if result.name == peers.OURS and not result.done and not result.unsupported
    ]
    for line in failed:
        note(f"vae-tf failed: {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
