"""What does not fit is refused in one line that says what was found and what was expected."""

import json
import shutil

import numpy as np
import pytest
import tensorflow as tf
from models import dense

import vaetf
from vaetf.__main__ import main
from vaetf.contract import TensorRule, signature_rules


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    encoder, decoder = dense()
    folder = tmp_path_factory.mktemp("saved") / "model"
    return vaetf.save(folder, encoder, decoder, latent=3, shape=[12])


@pytest.fixture
def copy(saved, tmp_path):
    return shutil.copytree(saved, tmp_path / "copy")


def edit_manifest(folder, change):
    file = folder / "assets.extra" / "vae.json"
    manifest = json.loads(file.read_text())
    change(manifest)
    file.write_text(json.dumps(manifest))


def refused(folder, *texts):
    with pytest.raises(vaetf.ContractError) as caught:
        vaetf.load(folder)
    message = str(caught.value)
    assert "\n" not in message
    for text in texts:
        assert text in message


def test_not_a_saved_model(tmp_path):
    refused(tmp_path, "holds no saved_model.pb")
    refused(tmp_path / "nowhere", "is not a folder")


def test_damaged(copy):
    (copy / "saved_model.pb").write_bytes(b"\xff\xff")
    refused(copy, "cannot be read", "expected a SavedModel")


def test_no_manifest(copy):
    (copy / "assets.extra" / "vae.json").unlink()
    refused(copy, "manifest assets.extra/vae.json is missing")


def test_manifest_is_not_json(copy):
    (copy / "assets.extra" / "vae.json").write_text("{")
    refused(copy, "cannot be read as JSON")


def test_other_contract(copy):
    edit_manifest(copy, lambda manifest: manifest.update(contract=2))
    refused(copy, "contract version is 2; expected 1")


def test_manifest_lacks_a_key(copy):
    edit_manifest(copy, lambda manifest: manifest["model"].pop("latent"))
    refused(copy, "key 'latent' is missing")


def test_scaling_does_not_fit(copy):
    edit_manifest(copy, lambda manifest: manifest["data"]["scaling"].update(scale=[0.0]))
    refused(copy, "scales finite and not zero")


def test_manifest_and_signatures_differ(copy):
    edit_manifest(copy, lambda manifest: manifest["model"].update(latent=4))
    refused(copy, "output 'mean' is float32 [?, 3]; expected float32 [?, 4]")


def stand_in(folder, saved, **changes):
    """A graph without functions or objects, as Java writes it: the saved manifest, zeros for
    outputs, and the signatures of the contract but for the changes (inputs, outputs) -> same."""
    v1 = tf.compat.v1
    with v1.Graph().as_default(), v1.Session() as session:
        signatures = {}
        for name, rule in signature_rules(3, (12,)).items():
            inputs, outputs = changes.get(name, lambda i, o: (i, o))(rule.inputs, rule.outputs)
            infos = [
                {
                    key: v1.saved_model.build_tensor_info(make(one.dtype, one.shape))
                    for key, one in tensors.items()
                }
                for make, tensors in ((v1.placeholder, inputs), (zeros, outputs))
            ]
            signatures[name] = v1.saved_model.build_signature_def(*infos, "vae")
        builder = v1.saved_model.Builder(str(folder))
        builder.add_meta_graph_and_variables(session, ["serve"], signatures)
        builder.save()
    shutil.copytree(saved / "assets.extra", folder / "assets.extra")
    return folder


def zeros(dtype, shape):
    one_row = tf.zeros([size or 1 for size in shape], dtype)
    return tf.compat.v1.placeholder_with_default(one_row, shape)


def test_a_graph_as_java_writes_it(saved, tmp_path):
    vae = vaetf.load(stand_in(tmp_path / "model", saved))
    assert vae.encode(np.zeros([1, 12]))[1].shape == (1, 3)
    assert vae.score(np.zeros([1, 12]), samples=2)["kl"] == [0.0]


def test_labels_are_taken_where_the_manifest_says_so_and_nowhere_else(saved, tmp_path):
    label = TensorRule("int64", (None,))
    folder = stand_in(tmp_path / "model", saved, decode=lambda i, o: ({**i, "label": label}, o))
    refused(folder, "'decode': inputs are label, z; expected z")
    edit_manifest(folder, lambda manifest: manifest.update(classes={"count": 3}))
    refused(folder, "'serving_default': inputs are x; expected label, x")
    edit_manifest(folder, lambda manifest: manifest.update(classes={"count": 1, "names": "ab"}))
    refused(folder, "classes: 1 with 2 names; expected as many at least")
    edit_manifest(folder, lambda manifest: manifest.update(classes=3))
    refused(folder, "classes {count, names}")


@pytest.mark.parametrize(
    ("change", "texts"),
    [
        (
            lambda i, o: (i, {"mean": o["mean"], "logvar": o["log_variance"]}),
            ["'encode': outputs are logvar, mean; expected log_variance, mean"],
        ),
        (
            lambda i, o: ({"pixels": i["x"]}, o),
            ["'encode': inputs are pixels; expected x"],
        ),
        (
            lambda i, o: ({"x": TensorRule("float64", (None, 12))}, o),
            ["input 'x' is float64 [?, 12]; expected float32 [?, 12]"],
        ),
        (
            lambda i, o: ({"x": TensorRule("float32", (None, 3, 4))}, o),
            ["input 'x' is float32 [?, 3, 4]; expected float32 [?, 12]"],
        ),
        (
            lambda i, o: ({"x": TensorRule("float32", (32, 12))}, o),
            ["input 'x' is float32 [32, 12]; expected float32 [?, 12]"],
        ),
    ],
)
def test_misshapen_signature(saved, tmp_path, change, texts):
    refused(stand_in(tmp_path / "model", saved, encode=change), *texts)


def test_missing_signature(saved, tmp_path):
    module = tf.Module()
    module.f = tf.function(lambda x: {"y": x}, input_signature=[tf.TensorSpec([None, 12])])
    tf.saved_model.save(module, str(tmp_path / "model"), signatures={"predict": module.f})
    shutil.copytree(saved / "assets.extra", tmp_path / "model" / "assets.extra")
    refused(tmp_path / "model", "signature 'serving_default' is missing; found ", "predict")


def test_calls_that_do_not_fit(saved):
    vae = vaetf.load(saved)
    with pytest.raises(ValueError, match=r"x has shape \[2, 13\]; expected \[batch, 12\]"):
        vae.encode(np.zeros([2, 13]))
    with pytest.raises(ValueError, match=r"z has shape \[3\]; expected \[batch, 3\]"):
        vae.decode(np.zeros([3]))
    with pytest.raises(ValueError, match="samples is 0"):
        vae.score(np.zeros([2, 12]), samples=0)
    with pytest.raises(ValueError, match="expected a whole number, or two"):
        vae.sample(1, seed=(1, 2, 3))
    with pytest.raises(ValueError, match="not conditional: it takes no label"):
        vae.decode(np.zeros([1, 3]), label=[0])


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"latent": 4}, r"the encoder gives float32 \[\?, 3\] and float32 \[\?, 3\]; expected"),
        ({"likelihood": "poisson"}, "likelihood is 'poisson'; expected bernoulli or gaussian"),
        ({"likelihood": "gaussian", "variance": 0.0}, "variance is 0.0; expected"),
        ({"scaling": vaetf.Scaling("unit", (0, 0), (1, 1))}, "expected 1 or 12"),
        ({"metadata": {"loss": 3}}, "unknown key 'loss'"),
    ],
)
def test_save_refuses(tmp_path, settings, text):
    encoder, decoder = dense()
    with pytest.raises(ValueError, match=text):
        vaetf.save(
            tmp_path / "model", encoder, decoder, **({"latent": 3, "shape": [12]} | settings)
        )
    assert not list(tmp_path.iterdir())


def test_decoder_of_another_shape(tmp_path):
    encoder, decoder = dense()[0], dense(width=10)[1]
    with pytest.raises(ValueError, match=r"the decoder gives float32 \[\?, 10\]; expected"):
        vaetf.save(tmp_path / "model", encoder, decoder, latent=3, shape=[12])


def test_overwrites_only_a_model_and_only_when_told(copy, tmp_path):
    encoder, decoder = dense()
    settings = {"latent": 3, "shape": [12]}
    with pytest.raises(FileExistsError, match="overwrite=True"):
        vaetf.save(copy, encoder, decoder, **settings)
    (tmp_path / "other").mkdir()
    with pytest.raises(FileExistsError, match="is not a SavedModel"):
        vaetf.save(tmp_path / "other", encoder, decoder, **settings, overwrite=True)
    vaetf.save(copy, encoder, decoder, **settings, metadata={"seed": 5}, overwrite=True)
    assert vaetf.load(copy).manifest["seed"] == 5
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["copy", "other"]


def test_info(saved, tmp_path, capsys):
    assert main(["info", str(saved)]) == 0
    assert json.loads(capsys.readouterr().out)["contract"] == 1
    assert main(["info", str(tmp_path)]) == 1
    assert "holds no saved_model.pb" in capsys.readouterr().err
