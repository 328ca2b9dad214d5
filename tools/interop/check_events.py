"""Holds a run's event files against its metrics, as TensorBoard reads both.

    python tools/interop/check_events.py RUN EXPECTED.json

EXPECTED.json: ``looks``, the steps at which pictures and histograms come; ``weights``, how many
numbers each weight has; ``rows``, of how many test rows posterior means are counted; ``latent``;
``pictures``, width and height by tag; ``points``, the posterior means that the projector shows;
``names``, the label of each. Exit status: 0 all agree, 1 something does not.
"""

from __future__ import annotations

import csv
import json
import os
import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from google.protobuf import text_format  # noqa: E402
from tensorboard.backend.event_processing import event_file_inspector  # noqa: E402
from tensorboard.backend.event_processing import plugin_event_accumulator  # noqa: E402
from tensorboard.plugins.projector import projector_config_pb2  # noqa: E402
from tensorboard.util.tensor_util import make_ndarray  # noqa: E402


# As the server reads files; of the older event_accumulator, a restart voids no tensors.
EventAccumulator = plugin_event_accumulator.EventAccumulator


class Disagreement(Exception):
    pass


def require(holds: bool, what: str) -> None:
    if not holds:
        raise Disagreement(what)


def read(folder: Path) -> EventAccumulator:
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0})
    events.Reload()
    return events


def series(events: EventAccumulator, tag: str) -> dict[int, np.ndarray]:
    """The values of a tag by step; a step that is told twice is an error."""
    told = events.Tensors(tag)
    values = {event.step: make_ndarray(event.tensor_proto) for event in told}
    require(len(values) == len(told), f"{tag}: a step is told twice")
    return values


def plugin(events: EventAccumulator, tag: str, name: str) -> None:
    metadata = events.SummaryMetadata(tag)
    require(metadata.plugin_data.plugin_name == name, f"{tag}: {metadata}")
    require(bool(metadata.summary_description), f"{tag} has no description")


def check_scalars(events: EventAccumulator, rows: list[dict[str, str]], part: str) -> None:
    columns = [name for name in rows[0] if name.startswith(part + "_")]
    require(len(columns) >= 4, f"columns {columns}")
    for column in columns:
        tag = "epoch/" + column.removeprefix(part + "_").removesuffix("_nats")
        plugin(events, tag, "scalars")
        found = {step: value.item() for step, value in series(events, tag).items()}
        expected = {int(row["step"]): float(np.float32(float(row[column]))) for row in rows}
        require(found == expected, f"{part} {tag}: {found} for {expected}")


def check_steps(events: EventAccumulator, rows: list[dict[str, str]]) -> None:
    last = int(rows[-1]["step"])
    for tag in ("step/loss", "step/learning_rate"):
        plugin(events, tag, "scalars")
        steps = list(series(events, tag))
        require(steps == sorted(steps) and 1 <= steps[0] and steps[-1] <= last, f"{tag}: {steps}")
    rate = series(events, "step/learning_rate")
    require(all(value == np.float32(0.001) for value in rate.values()), f"rates {rate}")


def check_histograms(
    events: EventAccumulator, counts: dict[str, int], looks: list[int]
) -> None:
    for tag, count in counts.items():
        plugin(events, tag, "histograms")
        values = series(events, tag)
        require(list(values) == looks, f"{tag} at {list(values)}")
        for rows in values.values():
            require(rows.shape == (30, 3) and rows.dtype == np.float64, f"{tag}: {rows.shape}")
            require(rows[:, 2].sum() == count, f"{tag} counts {rows[:, 2].sum()} of {count}")
            require(bool((rows[:, 1] >= rows[:, 0]).all()), f"{tag}: edges {rows}")


def png_size(data: bytes) -> list[int]:
    require(data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG")
    return list(struct.unpack(">II", data[16:24]))


def check_pictures(
    events: EventAccumulator, sizes: dict[str, list[int]], looks: list[int]
) -> None:
    for tag, size in sizes.items():
        plugin(events, tag, "images")
        values = series(events, tag)
        require(list(values) == looks, f"{tag} at {list(values)}")
        for width, height, png in values.values():
            require([int(width), int(height)] == size, f"{tag} says {width} by {height}")
            require(png_size(png) == size, f"{tag} is {png_size(png)}")


def check_projector(folder: Path, expected: dict[str, Any]) -> None:
    config = text_format.Parse(
        (folder / "projector_config.pbtxt").read_text(), projector_config_pb2.ProjectorConfig()
    )
    (embedding,) = config.embeddings
    points = np.loadtxt(folder / embedding.tensor_path, delimiter="\t", ndmin=2)
    require(
        points.shape == (len(expected["points"]), expected["latent"])
        and np.allclose(points, expected["points"], atol=1e-5),
        f"points {points}",
    )
    names = (folder / embedding.metadata_path).read_text().splitlines()
    require(names == expected["names"], f"names {names}")
    width, height = embedding.sprite.single_image_dim
    sprite = png_size((folder / embedding.sprite.image_path).read_bytes())
    columns = sprite[0] // width
    require(sprite == [columns * width, columns * height], f"sprite {sprite}")
    require((columns - 1) ** 2 < len(names) <= columns**2, f"sprite of {columns} columns")
    require(max(sprite) <= 8192, f"sprite {sprite}")


def check(run: Path, expected: dict[str, Any]) -> None:
    with (run / "metrics.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    train, test = read(run / "events" / "train"), read(run / "events" / "test")
    looks = expected["looks"]
    check_scalars(train, rows, "train")
    check_scalars(test, rows, "test")
    check_steps(train, rows)
    weights = {f"weights/{name}": count for name, count in expected["weights"].items()}
    require(len(weights) >= 4, f"weights {weights}")
    check_histograms(train, weights, looks)
    means = {f"posterior_mean/{i}": expected["rows"] for i in range(expected["latent"])}
    check_histograms(test, means, looks)
    check_pictures(test, expected["pictures"], looks)
    check_projector(run / "events" / "test", expected)
    # What `tensorboard --inspect` does: fails on files that it cannot read.
    event_file_inspector.inspect(str(run / "events"))


def main() -> int:
    run, expected = sys.argv[1:]
    try:
        check(Path(run), json.loads(Path(expected).read_text(encoding="utf-8")))
    except Disagreement as e:
        print(f"{run}: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
