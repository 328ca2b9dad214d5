"""Draws the curves of docs/BENCHMARKS.md from the page's own tables:

python3 tools/docs/growth.py docs/BENCHMARKS.md docs/images
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from curves import draw  # noqa: E402
from rounds import Result  # noqa: E402
from tables import Done  # noqa: E402
from works import Work  # noqa: E402


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def done(axis: str, value: int, rates: dict[str, float]) -> Done:
    """A work of which only the median rates are known."""
    answers = {name: [{"rows": rate, "seconds": 1.0}] for name, rate in rates.items()}
    results = [Result(name, answers=given) for name, given in answers.items()]
    return Done(Work("j", axis, {}, list(rates), curve=(axis, value)), results)


def tables(page: str) -> list[Done]:
    """A work for each line of a table of growth, its rate as the page gives it."""
    all_done = []
    for title in re.finditer(r"^### As (\w+) grows$", page, re.MULTILINE):
        lines = page[title.end() :].split("\n### ", 1)[0].splitlines()
        head, _, *rows = [line for line in lines if line.startswith("|")]
        names = [re.sub(r"[*]|, rows/s$", "", cell) for cell in cells(head)[1:]]
        for row in rows:
            value, *rates = [cell.replace(",", "") for cell in cells(row)]
            known = {name: float(rate) for name, rate in zip(names, rates) if rate != "–"}
            all_done.append(done(title.group(1), int(value), known))
    return all_done


if __name__ == "__main__":
    page, folder = map(Path, sys.argv[1:])
    for file in draw(tables(page.read_text(encoding="utf-8")), folder).values():
        print(file)
