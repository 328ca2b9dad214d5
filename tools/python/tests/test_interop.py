"""The interop scripts agree with themselves, and notice when something does not."""

import json

import cases
import check_export
import make_model
import numpy as np
import pytest


@pytest.mark.parametrize("network", ["dense", "conv", "conditional"])
def test_a_model_agrees_with_its_own_cases(network, tmp_path, capsys):
    folder, file = str(tmp_path / "model"), str(tmp_path / "cases.json")
    assert make_model.main([folder, file, "--network", network]) == 0
    assert check_export.main([folder, file]) == 0
    assert "all agree" in capsys.readouterr().out


def test_what_does_not_agree_is_found(tmp_path, capsys):
    folder, file = str(tmp_path / "model"), tmp_path / "cases.json"
    make_model.main([folder, str(file)])
    changed = json.loads(file.read_text())
    changed["encode"][0]["outputs"]["mean"]["values"][0] += 1e-3
    changed["decode"][0]["outputs"]["x"]["values"][0] = "NaN"
    changed["sample"][0]["outputs"].pop("z")
    changed["score"][0]["inputs"]["x"]["shape"] = [2, 6]
    changed.pop("reconstruct")
    file.write_text(json.dumps(changed))
    capsys.readouterr()

    assert check_export.main([folder, str(file)]) == 1

    faults = [line for line in capsys.readouterr().out.splitlines() if "NOT AGREE" in line]
    assert [line.split(" ")[0] for line in faults] == [
        "reconstruct",
        "encode[0].mean",
        "decode[0].x",
        "sample[0].z",
        "score[0].x",
    ]
    assert "largest error inf" in faults[2]


def test_tensors_keep_their_bits_in_json():
    values = np.array([[0.1, -np.inf], [np.inf, np.nan]], dtype=np.float32)
    text = json.dumps(cases.to_json(values), allow_nan=False)
    np.testing.assert_array_equal(cases.from_json(json.loads(text)), values)
    seed = np.array([2**62 + 1, -1])
    np.testing.assert_array_equal(cases.from_json(cases.to_json(seed)), seed)
    with pytest.raises(ValueError, match="dtype is float64"):
        cases.from_json({"dtype": "float64", "shape": [], "values": [1.0]})
