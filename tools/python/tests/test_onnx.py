"""tools/onnx/convert.py on the models of the zoo, and what it says where it cannot convert."""

import json
from pathlib import Path

import convert
import numpy as np
import onnx
import onnxruntime
import pytest

import vaetf

MODELS = Path(__file__).resolve().parents[3] / "saved_models"


def run(file, **inputs):
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


@pytest.mark.parametrize("name", ["mnist-conv", "mnist-cvae", "mnist-mixture"])
def test_onnxruntime_computes_what_tensorflow_does(name, tmp_path):
    model, out = MODELS / name, tmp_path / "onnx"
    files = convert.convert(model, out)
    assert [file.name for file in files] == ["encode.onnx", "decode.onnx", "reconstruct.onnx"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["onnx"]
    vae = vaetf.load(model)
    label = np.array([3, 1, 4, 1, 5]) if vae.classes.count else None
    given = {} if label is None else {"label": label}
    x, z = vae.sample(5, seed=2, label=label)
    mean, log_variance = vae.encode(x, label=label)
    close = {"rtol": 1e-4, "atol": 1e-5}
    encoded = run(out / "encode.onnx", x=x, **given)
    np.testing.assert_allclose(encoded["mean"], mean, **close)
    np.testing.assert_allclose(encoded["log_variance"], log_variance, **close)
    decoded = run(out / "decode.onnx", z=z, **given)
    np.testing.assert_allclose(decoded["x"], vae.decode(z, label=label), **close)
    again = run(out / "reconstruct.onnx", x=x, **given)
    np.testing.assert_allclose(again["reconstruction"], vae.reconstruct(x, label=label), **close)


def test_files_say_names_shapes_and_scaling(tmp_path):
    convert.convert(MODELS / "mnist-2d", tmp_path / "onnx", opset=15)
    model = onnx.load(tmp_path / "onnx" / "encode.onnx")
    about = {one.key: one.value for one in model.metadata_props}
    assert about["signature"] == "encode"
    assert json.loads(about["scaling"]) == {"kind": "unit", "shift": [0.0], "scale": [255.0]}
    assert [one.version for one in model.opset_import if one.domain == ""] == [15]
    sizes = [
        dim.dim_param or dim.dim_value for dim in model.graph.input[0].type.tensor_type.shape.dim
    ]
    assert sizes == ["batch", 28, 28, 1]
    assert sorted(one.name for one in model.graph.output) == ["log_variance", "mean"]
    manifest = json.loads((tmp_path / "onnx" / "vae.json").read_text())
    assert manifest["model"]["latent"] == 2


def test_what_onnx_lacks_is_named_and_nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(convert, "SIGNATURES", ("encode", "sample"))
    with pytest.raises(convert.ConversionError, match="'sample': ONNX has no StatelessRandomNorm"):
        convert.convert(MODELS / "mnist-2d", tmp_path / "onnx")
    assert list(tmp_path.iterdir()) == []


def test_refusals_are_one_line(tmp_path, capsys):
    assert convert.main([str(MODELS / "mnist-2d"), str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: exists already; choose another place\n"
    assert convert.main([str(tmp_path), str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert "holds no saved_model.pb" in error and error.count("\n") == 1
