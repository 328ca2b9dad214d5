"""Run folders, as Java leaves them, in pandas."""

import json
import math
import sys
from pathlib import Path

import pandas as pd
import pytest

import vaetf

FROZEN = Path(__file__).resolve().parents[3] / "src/test/resources/frozen"
RUN = FROZEN / "checkpoint-2"
HEADER = (
    "epoch,step,seconds,learning_rate,train_loss_nats,train_kl_nats,test_loss_nats,test_kl_nats"
)


def made(folder, *lines, header=HEADER, latent=2):
    """A run folder with a metrics.csv of these lines."""
    folder.mkdir(parents=True)
    config = {"preset": "vae", "model": {"latent": latent, "network": {"hidden": [8, 4]}}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "metrics.csv").write_text("\n".join([header, *lines]))
    return folder


def test_a_run_of_java():
    run = vaetf.read_run(RUN)
    assert run.name == "checkpoint-2"
    assert run.config["preset"] == "vae"
    assert run.settings["training.epochs"] == 2
    assert run.settings["model.network.hidden"] == [8]
    metrics = run.metrics
    assert metrics.index.name == "epoch" and list(metrics.index) == [1, 2]
    header, first = (RUN / "metrics.csv").read_text().splitlines()[:2]
    assert [f"{name}_nats" for name in metrics.columns[3:]] == header.split(",")[4:]
    assert [*metrics.columns[:3]] == ["step", "seconds", "learning_rate"]
    assert [1.0, *metrics.loc[1]] == [float(value) for value in first.split(",")]


def test_terms_in_long_form(tmp_path):
    run = vaetf.read_run(
        made(tmp_path / "run", "1,5,0.5,0.01,9,3,8,2", "2,10,0.5,0.01,7,2,6,1", "")
    )
    terms = run.terms
    assert list(terms.columns) == ["epoch", "part", "term", "nats"]
    assert len(terms) == 8
    rows = terms.set_index(["epoch", "part", "term"])["nats"]
    assert rows[(1, "train", "loss")] == 9 and rows[(2, "test", "kl")] == 1


def test_a_run_under_way_and_numbers_that_are_none(tmp_path):
    run = vaetf.read_run(
        made(tmp_path / "run", "1,5,0.5,0.01,NaN,Infinity,-Infinity,2", "2,10,0.5,0.0")
    )
    assert list(run.metrics.index) == [1]
    assert math.isnan(run.metrics.loc[1, "train_loss"])
    assert run.metrics.loc[1, "train_kl"] == math.inf
    assert run.metrics.loc[1, "test_loss"] == -math.inf


def test_a_last_number_that_is_cut_short_is_left_out(tmp_path):
    run = vaetf.read_run(
        made(tmp_path / "run", "1,5,0.5,0.01,9,3,8,2", "2,10,0.5,0.01,9,3,8,2.12345")
    )
    assert list(run.metrics.index) == [1]


def test_several_runs_in_one_table(tmp_path):
    made(tmp_path / "a", "1,5,0.5,0.01,9,3,8,2", "2,10,0.5,0.01,7,2,6,1", "")
    other = HEADER.replace("_kl_", "_mmd_")
    made(tmp_path / "b", "1,5,0.5,0.01,9,3,8,2", "", header=other, latent=3)
    (tmp_path / "notes").mkdir()
    table = vaetf.read_runs(str(tmp_path / "*"), settings=["model.latent", "model.network.hidden"])
    assert list(table["run"]) == ["a", "a", "b"]
    assert list(table["epoch"]) == [1, 2, 1]
    assert list(table["model.latent"]) == [2, 2, 3]
    assert list(table["model.network.hidden"]) == [[8, 4]] * 3
    assert list(table["test_loss"]) == [8, 6, 8]
    assert table["test_kl"].isna().tolist() == [False, False, True]
    assert table["test_mmd"].isna().tolist() == [True, True, False]
    pd.testing.assert_frame_equal(
        vaetf.read_runs([tmp_path / "b"]).set_index("epoch").drop(columns="run"),
        vaetf.read_run(tmp_path / "b").metrics,
    )


def test_what_was_exported_of_a_run(tmp_path):
    folder = made(tmp_path / "run", "1,5,0.5,0.01,9,3,8,2", "")
    (folder / "saved_model").symlink_to(FROZEN / "contract-1" / "dense")
    final = vaetf.read_run(folder).final
    manifest = json.loads((FROZEN / "contract-1/dense/assets.extra/vae.json").read_text())
    assert final == manifest["metrics"] and final["loss"] > 0


def test_an_evaluation(tmp_path):
    file = tmp_path / "evaluation.json"
    file.write_text(
        '{"rows": 10, "kl_nats": {"mean": 3.5, "standard_error": 0.25},'
        ' "ssim": 0.5, "kl_nats_by_dimension": [1, 2.5]}'
    )
    assert vaetf.read_evaluation(file) == {
        "rows": 10,
        "kl_nats": 3.5,
        "kl_nats_standard_error": 0.25,
        "ssim": 0.5,
        "kl_nats_by_dimension": [1.0, 2.5],
    }
    file.write_text('{"model": {"latent": 2}}')
    with pytest.raises(vaetf.RunError, match="'model' is no number; expected what evaluate"):
        vaetf.read_evaluation(file)


@pytest.mark.parametrize(
    ("lines", "header", "message"),
    [
        ([], HEADER, "holds no epoch yet"),
        (["1,5"], HEADER, "holds no epoch yet"),
        (["1,2", ""], "a,b", ":1: has no column epoch"),
        (["1,5,0.5,0.01,x,3,8,2", ""], HEADER, "column train_loss holds what is no number"),
        (["1,5,0.5,0.01,9,3,8,2,7,7", ""], HEADER, ":2: has 10 values; expected 8"),
    ],
)
def test_a_damaged_file_is_one_line(lines, header, message, tmp_path):
    run = vaetf.read_run(made(tmp_path / "run", *lines, header=header))
    with pytest.raises(vaetf.RunError, match=message) as refused:
        run.metrics
    assert "\n" not in str(refused.value)


def test_what_is_no_run_is_one_line(tmp_path):
    with pytest.raises(vaetf.RunError, match="is no run folder: it has no config.json"):
        vaetf.read_run(tmp_path)
    with pytest.raises(vaetf.RunError, match="names no run folder"):
        vaetf.read_runs(str(tmp_path / "*"))
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(vaetf.RunError, match="config.json: is not JSON"):
        vaetf.read_run(tmp_path)
    (tmp_path / "config.json").write_text("[1]")
    with pytest.raises(vaetf.RunError, match="holds a list; expected an object"):
        vaetf.read_run(tmp_path)
    made(tmp_path / "run", "1,5,0.5,0.01,9,3,8,2", "")
    with pytest.raises(
        vaetf.RunError, match="'model.laten': is of no run; expected one of: model.l"
    ):
        vaetf.read_runs([tmp_path / "run"], settings=["model.laten"])


def test_without_pandas_it_says_so(tmp_path, monkeypatch):
    run = vaetf.read_run(made(tmp_path / "run", "1,5,0.5,0.01,9,3,8,2", ""))
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert run.config["preset"] == "vae"
    with pytest.raises(ImportError, match=r'not installed.*pip install "tools/python\[pandas\]"'):
        run.metrics
