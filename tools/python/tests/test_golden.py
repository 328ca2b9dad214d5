"""The committed golden files are what their scripts write."""

import importlib

import golden
import pytest


@pytest.mark.parametrize("name", ["likelihoods", "optimizers", "schedules", "pca", "marginal"])
def test_golden_file_is_up_to_date(name, tmp_path, monkeypatch):
    committed = golden.FOLDER
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    monkeypatch.setattr(golden, "ROOT", tmp_path)
    importlib.import_module(name).main()
    file = f"{name}.json"
    assert (tmp_path / file).read_bytes() == (committed / file).read_bytes()
