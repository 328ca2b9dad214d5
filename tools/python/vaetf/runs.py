"""Reading what a training leaves: settings and metrics of run folders, and what `evaluate` printed.

Needs pandas where tables are asked for, and no TensorFlow.
"""

from __future__ import annotations

import glob
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaetf.manifest import read_manifest
from vaetf.reader import model_folder

if TYPE_CHECKING:
    import pandas as pd

UNIT = "_nats"


class RunError(Exception):
    """A folder is no run, or a file of it is damaged. One line: what, what was found, expected."""


@dataclass(frozen=True)
class Run:
    """A run folder: read with ``read_run``, which looks at its configuration.

    Attributes:
        path: the folder.
        config: what ``config.json`` holds.
    """

    path: Path
    config: dict[str, Any]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.resolve().name

    @property
    def settings(self) -> dict[str, Any]:
        """The configuration's leaves by dotted path: ``{"model.latent": 2, ...}``."""
        return dict(_leaves("", self.config))

    @property
    def metrics(self) -> pd.DataFrame:
        """What ``metrics.csv`` holds now: one row an epoch, which is the index.

        Columns are ``step``, ``seconds``, ``learning_rate``, and each term of the objective on
        either part of the data, in nats, as in ``train_loss`` and ``test_kl``. The run may be under
        way: a last line that is cut short is left out.

        Raises:
            RunError: if there is no epoch yet, or the file is damaged.
        """
        file = self.path / "metrics.csv"
        return _table(file, _text(file)).set_index("epoch")

    @property
    def terms(self) -> pd.DataFrame:
        """The objective's terms in long form: ``epoch``, ``part``, ``term``, ``nats``.

        ``part`` is ``train`` or ``test``. One row a value, as seaborn, plotly and ggplot want it.
        """
        metrics = self.metrics
        names = [name for name in metrics.columns if name.startswith(("train_", "test_"))]
        long = metrics[names].reset_index().melt("epoch", var_name="column", value_name="nats")
        parts = long.pop("column").str.partition("_")
        long.insert(1, "part", parts[0])
        long.insert(2, "term", parts[2])
        return long

    @property
    def final(self) -> dict[str, float]:
        """The test metrics of the exported epoch, in nats, as its manifest has them.

        Raises:
            vaetf.ContractError: if the run has exported nothing yet.
        """
        metrics = read_manifest(model_folder(self.path)).get("metrics", {})
        return {name: float(value) for name, value in metrics.items()}


def read_run(path: str | PathLike[str]) -> Run:
    """Opens a run folder.

    Raises:
        RunError: if it is none, in one line.
    """
    folder = Path(path)
    file = folder / "config.json"
    if not file.is_file():
        raise RunError(f"{folder}: is no run folder: it has no config.json; check the path")
    return Run(folder, _object(file))


def read_runs(
    runs: str | PathLike[str] | Iterable[str | PathLike[str]], settings: Sequence[str] = ()
) -> pd.DataFrame:
    """The metrics of several runs in one table.

    Args:
        runs: a pattern, as ``"runs/*"``, of which only the run folders count; or the folders.
        settings: dotted paths of settings that become columns too, as ``"model.latent"``; a run
            that lacks one has an empty cell there.

    Returns:
        One row an epoch and run: ``run``, ``epoch``, the settings, and the columns of
        ``Run.metrics``. A run that lacks a column of another has empty cells there.

    Raises:
        RunError: if there is no run, a folder is none, or a setting is of no run.
    """
    pandas = _pandas()
    tables = []
    found = [read_run(folder) for folder in _folders(runs)]
    for path in settings:
        if not any(path in run.settings for run in found):
            known = sorted({name for run in found for name in run.settings})
            raise RunError(f"setting '{path}': is of no run; expected one of: {', '.join(known)}")
    for run in found:
        table = run.metrics.reset_index()
        for column, path in enumerate(settings):
            # A list, as of hidden layers, is one value.
            table.insert(1 + column, path, [run.settings.get(path)] * len(table))
        table.insert(0, "run", run.name)
        tables.append(table)
    return pandas.concat(tables, ignore_index=True)


def read_evaluation(path: str | PathLike[str]) -> dict[str, float | list[float]]:
    """What ``evaluate --json`` printed into a file, flat.

    Returns:
        Numbers by name. A mean has its standard error beside it: ``kl_nats`` and
        ``kl_nats_standard_error``. ``pandas.DataFrame(map(read_evaluation, files))`` is a table.

    Raises:
        RunError: if the file holds no evaluation.
    """
    file = Path(path)
    flat: dict[str, float | list[float]] = {}
    for name, value in _object(file).items():
        try:
            if isinstance(value, dict):
                flat[name] = float(value["mean"])
                flat[f"{name}_standard_error"] = float(value["standard_error"])
            elif isinstance(value, list):
                flat[name] = [float(one) for one in value]
            else:
                flat[name] = value if isinstance(value, int) else float(value)
        except (KeyError, TypeError, ValueError) as cause:
            raise RunError(
                f"{file}: '{name}' is no number; expected what evaluate --json prints"
            ) from cause
    return flat


def _folders(runs: str | PathLike[str] | Iterable[str | PathLike[str]]) -> list[Path]:
    if isinstance(runs, (str, PathLike)):
        places = map(Path, sorted(glob.glob(str(runs))))
        folders = [place for place in places if (place / "config.json").is_file()]
    else:
        folders = [Path(run) for run in runs]
    if not folders:
        raise RunError(f"{runs}: names no run folder, one with a config.json; check the pattern")
    return folders


def _table(file: Path, text: str) -> pd.DataFrame:
    lines = text.split("\n")
    header = lines[0].split(",")
    if "epoch" not in header:
        raise RunError(f"{file}:1: has no column epoch; expected the metrics.csv of a run")
    # What follows the last line end is a line that is being written.
    whole = [line for line in lines[1:-1] if line]
    if not whole:
        raise RunError(f"{file}: holds no epoch yet; expected at least one; wait for the first")
    for number, line in enumerate(whole, 2):
        if line.count(",") != len(header) - 1:
            raise RunError(
                f"{file}:{number}: has {line.count(',') + 1} values; expected {len(header)}"
            )
    names = [name.removesuffix(UNIT) for name in header]
    table: pd.DataFrame = _pandas().read_csv(io.StringIO("\n".join(whole)), names=names)
    for name in names:
        if table[name].dtype.kind not in "if":
            raise RunError(f"{file}: column {name} holds what is no number; expected numbers")
    return table


def _leaves(path: str, value: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        yield path, value
        return
    for key, inner in value.items():
        yield from _leaves(f"{path}.{key}" if path else key, inner)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as cause:
        raise RunError(
            f"{file}: cannot be read ({type(cause).__name__}); check the path"
        ) from cause


def _object(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(_text(file))
    except ValueError as cause:
        raise RunError(f"{file}: is not JSON ({cause})") from cause
    if not isinstance(value, dict):
        raise RunError(f"{file}: holds a {type(value).__name__}; expected an object")
    return value


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as missing:
        raise ImportError(
            "tables of runs need pandas, which is not installed; install it, or vaetf with its"
            ' extra: pip install "tools/python[pandas]"'
        ) from missing
    return pandas
