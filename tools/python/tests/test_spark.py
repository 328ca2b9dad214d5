"""On Spark the stage and the SQL functions give the numbers of the package itself.

Spark is given the jar that VAETF_JAR names, else the one that Maven builds.
"""

import os
import re
from pathlib import Path

import models
import numpy as np
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.ml.functions import array_to_vector
from pyspark.sql import SparkSession

import vaetf
from vaetf.spark import VaeEstimator, VaeTransformer, register_functions

ROOT = Path(__file__).resolve().parents[3]
JAR = Path(os.environ.get("VAETF_JAR", ROOT / "target" / "vae-tf.jar"))
ROWS = 7
CLASSES = ("ant", "bee", "cat")


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    if not JAR.is_file() and "CI" not in os.environ:
        pytest.skip(f"no {JAR}; build it: mvn -q -DskipTests package")
    # Spark takes relative paths from where it was started.
    folder = tmp_path_factory.mktemp("spark")
    os.symlink(ROOT / "saved_models", folder / "saved_models")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.jars", str(JAR.resolve()))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.fixture
def stored():
    return np.random.default_rng(3).integers(0, 256, [ROWS, 12]).astype("float32")


@pytest.fixture
def table(spark, stored):
    rows = [(i, CLASSES[i % 3], row.tolist()) for i, row in enumerate(stored)]
    lists = spark.createDataFrame(rows, "id long, name string, features array<float>")
    return lists.withColumn("vector", array_to_vector("features"))


def exported(folder, networks, classes=0):
    encoder, decoder = networks
    scaling = vaetf.Scaling("unit", (0.0,), (255.0,))
    return str(
        vaetf.save(
            folder, encoder, decoder, latent=3, shape=[12], scaling=scaling, classes=classes
        )
    )


@pytest.fixture
def model(tmp_path):
    return exported(tmp_path / "model", models.dense())


def column(result, name):
    return np.array([row[name] for row in result.orderBy("id").collect()], "float32")


def assert_close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-5)


def test_a_pipeline_encodes_as_the_package_does_also_saved_and_loaded(
    spark, table, stored, model, tmp_path
):
    vae = vaetf.load(model)
    mean, _ = vae.encode(vae.scale(stored))
    stages = [
        VaeTransformer(model=model, inputCol="vector", outputCol="z"),
        VaeTransformer(model=model).setOperation("decode").setInputCol("z").setOutputCol("x"),
        SQLTransformer(statement="select id, z, x from __THIS__"),
    ]
    fitted = Pipeline(stages=stages).fit(table)
    place = str(tmp_path / "pipeline")
    fitted.save(place)
    for pipeline in (fitted, PipelineModel.load(place)):
        result = pipeline.transform(table).cache()
        assert_close(column(result, "z"), mean)
        assert_close(column(result, "x"), vae.unscale(vae.decode(mean)))
    in_java = spark._jvm.org.apache.spark.ml.PipelineModel.load(place)
    assert in_java.stages()[0].getModel() == model


def test_settings_are_those_of_java_and_are_saved(spark, tmp_path):
    names = {param.name for param in VaeTransformer().params}
    assert names == {param.name() for param in VaeTransformer()._java_obj.params()}
    defaults = VaeTransformer()
    assert (defaults.getOperation(), defaults.getInputCol()) == ("encode", "features")
    assert not defaults.isDefined("model")
    settings = {
        "model": "zoo:mnist-2d",
        "operation": "score",
        "inputCol": "a",
        "outputCol": "b",
        "labelCol": "c",
        "label": "d",
        "batchSize": 2,
        "samples": 3,
        "seed": 2**40,
        "trusted": True,
    }
    assert set(settings) == names
    given, found = VaeTransformer(**settings), VaeTransformer()
    for name, value in settings.items():
        found = getattr(found, f"set{name[0].upper()}{name[1:]}")(value)
    found.save(str(tmp_path / "stage"))
    loaded = VaeTransformer.load(str(tmp_path / "stage"))
    assert loaded.uid == found.uid
    for stage in (given, found, given.copy(), loaded):
        for name, value in settings.items():
            assert getattr(stage, f"get{name[0].upper()}{name[1:]}")() == value
    with pytest.raises(TypeError, match="batchSize"):
        VaeTransformer(batchSize="many")


def test_scores_and_labels(table, stored, tmp_path):
    model = exported(tmp_path / "model", models.conditional(), CLASSES)
    vae = vaetf.load(model)
    labels = np.arange(ROWS) % 3
    stage = VaeTransformer(model=model, operation="score", outputCol="nats", samples=5, seed=4)
    result = stage.setLabelCol("name").transform(table.coalesce(1)).cache()
    expected = vae.score(vae.scale(stored), samples=5, seed=4, label=labels)
    for name, values in expected.items():
        assert_close(column(result.select("id", f"nats.{name}"), name), values)


def test_sql_functions(spark, table, stored, model):
    register_functions(spark, model)
    vae = vaetf.load(model)
    mean, _ = vae.encode(vae.scale(stored))
    result = table.selectExpr("id", "vae_encode(vector) z").selectExpr("*", "vae_decode(z) x")
    assert_close(column(result, "z"), mean)
    assert_close(column(result, "x"), vae.unscale(vae.decode(mean)))
    kl = vae.score(vae.scale(stored), samples=1)["kl"]
    assert_close(column(table.selectExpr("id", "vae_score(features).kl kl"), "kl"), kl)


def test_the_readmes_example_runs(spark, capsys):
    readme = (ROOT / "tools/python/README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## On Apache Spark") : readme.index("## A layer")]
    (block,) = re.findall(r"^```python\n(.*?)^```", section, re.M | re.S)
    x, _ = vaetf.load("saved_models/mnist-2d").sample(40, seed=1)
    rows = [(row.tolist(),) for row in x.reshape(40, -1)]
    spark.createDataFrame(rows, "x array<float>").write.parquet("rows.parquet")
    names: dict = {}
    exec(block, names)
    assert sum(names["fitted"].stages[1].summary.clusterSizes) == 40
    assert "prediction" in capsys.readouterr().out


def test_a_session_without_the_jar_is_told(spark, monkeypatch):
    monkeypatch.setattr("vaetf.spark._PACKAGE", "org.vaetf.elsewhere")
    with pytest.raises(ImportError, match="vae-tf.jar in spark.jars"):
        VaeTransformer()


def test_fits_on_two_tasks(spark, stored, table, tmp_path):
    estimator = VaeEstimator(
        out=str(tmp_path / "run"),
        inputCol="vector",
        outputCol="z",
        latent=2,
        epochs=2,
        batch=4,
        processes=2,
        testFraction=0.3,
        scaling="unit",
    )
    fitted = Pipeline(stages=[estimator]).fit(table)
    stage = fitted.stages[0]
    assert isinstance(stage, VaeTransformer)
    assert stage.getModel() == str(tmp_path / "run")
    fitted.write().save(str(tmp_path / "pipeline"))
    again = PipelineModel.load(str(tmp_path / "pipeline"))
    found = [row.z.toArray() for row in again.transform(table).orderBy("id").collect()]
    vae = vaetf.load(tmp_path / "run" / "saved_model")
    mean, _ = vae.encode(vae.scale(stored))
    np.testing.assert_allclose(found, mean, atol=2e-5)

    with pytest.raises(Exception, match="exists already"):
        estimator.fit(table)
    longer = estimator.copy({estimator.start: "resume", estimator.epochs: 3})
    assert longer.fit(table).getOutputCol() == "z"
    estimator.write().save(str(tmp_path / "stage"))
    assert VaeEstimator.load(str(tmp_path / "stage")).getProcesses() == 2
