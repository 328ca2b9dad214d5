"""Draws how rates grow."""

from __future__ import annotations

import math
import statistics
from pathlib import Path

from peers import OURS
from tables import Done, speeds

UNITS = {
    "batch": "rows a batch",
    "latent": "latent dimensions",
    "width": "units of the hidden layer",
    "rows": "rows of the file",
}
SIZE = (7.0, 4.2)
OURS_COLOUR = "#c0392b"
PEER_COLOURS = ["#2c6fbb", "#4c9f70", "#8e6bbf", "#b8862b", "#5f6b73"]


def draw(all_done: list[Done], folder: Path) -> dict[str, Path]:
    """Writes one PNG for each axis that grew; returns the files by axis."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    files = {}
    curves = [done for done in all_done if done.work.curve]
    for axis in dict.fromkeys(done.work.curve[0] for done in curves):
        own = [done for done in curves if done.work.curve[0] == axis]
        figure, axes = plt.subplots(figsize=SIZE, dpi=120)
        names = list(dict.fromkeys(r.name for done in own for r in done.results))
        colours = iter(PEER_COLOURS * len(names))
        for name in names:
            points = [
                (done.work.curve[1], statistics.median(speeds(done, name)))
                for done in own
                if speeds(done, name)
            ]
            if not points:
                continue
            ours = name == OURS
            axes.plot(
                *zip(*points),
                marker="o",
                markersize=4,
                label=name,
                linewidth=2.4 if ours else 1.4,
                color=OURS_COLOUR if ours else next(colours),
                zorder=3 if ours else 2,
            )
        axes.set_xscale("log", base=2 if axis != "rows" else 10)
        axes.set_yscale("log")
        values = [done.work.curve[1] for done in own]
        axes.set_xticks(values, [f"{value:,}" for value in values])
        axes.set_xlabel(UNITS[axis])
        axes.set_ylabel("training, rows/s")
        plain = FuncFormatter(lambda value, _: f"{value:,.0f}")
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.yaxis.set_major_formatter(plain)
        axes.yaxis.set_minor_formatter(NullFormatter())
        # At least a decade: what hardly changes should look like it.
        rates = [rate for line in axes.lines for rate in line.get_ydata()]
        if rates and max(rates) < 10 * min(rates):
            middle = math.sqrt(min(rates) * max(rates))
            axes.set_ylim(middle / math.sqrt(10), middle * math.sqrt(10))
        axes.grid(True, which="both", alpha=0.25, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        if axes.lines:
            axes.legend(frameon=False)
        figure.tight_layout()
        folder.mkdir(parents=True, exist_ok=True)
        files[axis] = folder / f"growth-{axis}.png"
        figure.savefig(files[axis])
        plt.close(figure)
    return files
