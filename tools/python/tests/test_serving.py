"""Models are such that TensorFlow Serving's REST API can serve them, as docs/serving.md says."""

import json
import re
from pathlib import Path

import models
import numpy as np
import pytest
import serving_rest
import tensorflow as tf

import vaetf

ROOT = Path(__file__).resolve().parents[3]
ZOO = ROOT / "saved_models"
PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
ROWS = {"serving_default", "reconstruct", "encode", "decode"}
COLUMNS_ONLY = {"sample", "score"}


def made_in_python(folder):
    encoder, decoder = models.conditional()
    vaetf.save(folder, encoder, decoder, latent=3, shape=[12], likelihood="bernoulli", classes=3)
    return folder


@pytest.fixture(params=["mnist-2d", "mnist-cvae", "mnist-mixture", "shapes-beta-tc-vae", "python"])
def signatures(request, tmp_path):
    folder = (
        made_in_python(tmp_path / "model") if request.param == "python" else ZOO / request.param
    )
    loaded = tf.saved_model.load(str(folder))
    yield loaded.signatures


def test_every_tensor_has_a_type_and_a_shape_that_rest_knows(signatures):
    assert set(signatures) == ROWS | COLUMNS_ONLY
    for name, signature in signatures.items():
        inputs, outputs = serving_rest.specs(signature)
        assert {
            spec.dtype for spec in (*inputs.values(), *outputs.values())
        } <= serving_rest.NUMBERS
        for key, spec in inputs.items():
            alone = {"count": [], "samples": [], "seed": [2]}
            if key in alone:
                assert spec.shape.as_list() == alone[key], (name, key)
            else:
                sizes = spec.shape.as_list()
                assert sizes[0] is None and None not in sizes[1:], (name, key)
        assert serving_rest.takes_rows(signature) == (name in ROWS), name


def test_rows_and_columns_give_the_same(signatures):
    count, latent = 3, serving_rest.specs(signatures["encode"])[1]["mean"].shape[1]
    z = np.random.default_rng(1).normal(size=(count, latent)).round(3).tolist()
    labels = {"label": [0, 1, 2]} if "label" in serving_rest.specs(signatures["decode"])[0] else {}
    columns = serving_rest.predict(
        signatures, {"signature_name": "decode", "inputs": {"z": z, **labels}}
    )["outputs"]
    rows = [
        {"z": z[row], **{name: values[row] for name, values in labels.items()}}
        for row in range(count)
    ]
    predictions = serving_rest.predict(signatures, {"signature_name": "decode", "instances": rows})[
        "predictions"
    ]
    assert predictions == columns
    codes = serving_rest.predict(
        signatures, {"signature_name": "encode", "inputs": {"x": columns, **labels}}
    )["outputs"]
    assert np.shape(codes["mean"]) == np.shape(codes["log_variance"]) == (count, latent)
    scores = serving_rest.predict(
        signatures,
        {
            "signature_name": "score",
            "inputs": {"x": columns, "samples": 5, "seed": [1, 0], **labels},
        },
    )["outputs"]
    assert {name: len(values) for name, values in scores.items()} == dict.fromkeys(
        ("elbo", "reconstruction", "kl", "log_likelihood"), count
    )
    with pytest.raises(serving_rest.Refused, match="without a batch dimension"):
        serving_rest.predict(
            signatures,
            {"signature_name": "sample", "instances": [{"count": 1, "seed": [1, 0]}]},
        )


def examples():
    """The page's requests, each with the model it is of and the shape of its answer."""
    found = []
    model = ""
    for part in re.finditer(
        r"^Of `([\w-]+)`|^```json\n(.*?)^```\n+```text\n(.*?)^```", PAGE, re.M | re.S
    ):
        model = part[1] or model
        if part[2]:
            found.append((model, json.loads(part[2]), part[3].strip()))
    return found


def test_the_page_has_examples_of_both_forms():
    forms = {next(iter(request.keys() - {"signature_name"})) for _, request, _ in examples()}
    assert forms == {"instances", "inputs"} and len(examples()) == PAGE.count("```json")


@pytest.mark.parametrize(("model", "request_body", "answer"), examples())
def test_the_pages_requests_are_answered_so(model, request_body, answer):
    loaded = tf.saved_model.load(str(ZOO / model))
    assert shown(serving_rest.predict(loaded.signatures, request_body)) == answer


def shown(answer):
    """An answer as the page has it: the shape of a tensor for its numbers."""
    ((key, value),) = answer.items()
    if key == "outputs":
        return f'{{"outputs": {outputs(value)}}}'
    return f'{{"predictions": [{", ".join(outputs(one) for one in value)}]}}'


def outputs(value):
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f'"{key}": {outputs(one)}' for key, one in sorted(value.items())) + "}"
        )
    return "".join(f"[{size}]" for size in np.shape(value))
