"""The package's type hints are complete, and right."""

from pathlib import Path

from mypy import api

PACKAGE = Path(__file__).resolve().parents[1]


def test_mypy_finds_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(PACKAGE)
    out, err, status = api.run(["--cache-dir", str(tmp_path)])
    assert status == 0, out + err
