"""The Python of docs/onnx.md, and of the README on runs, works as it stands there."""

import os
import re
import shutil
from pathlib import Path

import convert

import vaetf

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "onnx.md").read_text(encoding="utf-8")


def test_the_pages_commands_and_examples_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    os.symlink(ROOT / "saved_models", "saved_models")
    (command,) = re.findall(r"^python tools/onnx/convert\.py (.*)$", PAGE, re.M)
    assert convert.main(command.split()) == 0
    capsys.readouterr()
    onnx, keras = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    exec(onnx, {})
    assert capsys.readouterr().out == "(2, 28, 28, 1) True True\n"
    names: dict = {}
    exec(keras, names)
    assert names["classifier"].output_shape == (None, 10)


def test_the_readmes_runs_are_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    frozen = ROOT / "src/test/resources/frozen"
    for name in ("first", "second"):
        shutil.copytree(frozen / "checkpoint-2", f"runs/{name}")
        shutil.copytree(frozen / "contract-1/dense", f"runs/{name}/saved_model")
    Path("evaluation.json").write_text('{"kl_nats": {"mean": 1.0, "standard_error": 0.5}}')
    readme = (ROOT / "tools/python/README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## Read runs") : readme.index("## On Apache Spark")]
    (block,) = re.findall(r"^```python\n(.*?)^```", section, re.M | re.S)
    names: dict = {"vaetf": vaetf}
    exec(block, names)
    assert names["run"].final and len(names["table"]) == 4
