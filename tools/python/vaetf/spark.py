"""Models on Apache Spark from Python: stages of Spark ML and SQL functions (docs/spark.md).

What computes is the jar of vae-tf, inside Spark: start the session with it in ``spark.jars``. This
module needs pyspark, and a session of the classic sort, in the same process as the driver.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from py4j.java_gateway import JavaPackage
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaTransformer
from pyspark.sql import DataFrame, SparkSession

__all__ = ["VaeEstimator", "VaeTransformer", "register_functions"]

_PACKAGE = "org.vaetf.spark"

# Spark ML finds the Python class of a saved stage by its name in Java.
sys.modules.setdefault(_PACKAGE, sys.modules[__name__])

_T = TypeVar("_T")
_Stage = TypeVar("_Stage", bound="JavaMLReadable[Any]")


def _param(name: str, about: str, converter: Callable[[Any], _T]) -> Param[_T]:
    return Param(Params._dummy(), name, about, typeConverter=converter)


class VaeTransformer(JavaTransformer, JavaMLReadable["VaeTransformer"], JavaMLWritable):
    """A trained model as a stage of a pipeline: adds a column to a table.

    Its numbers are of the kind that it finds, a vector for a vector, a list of floats for a list:
    ``encode`` adds the posterior's mean, ``decode`` and ``reconstruct`` the mean of p(x|z), and
    ``score`` a structure of ``elbo``, ``reconstruction``, ``kl`` and ``log_likelihood`` in nats.
    Rows are stored values, as the model's training read them: the stage scales them itself.

    Saving it saves the settings and the model's path, not the model.

    Args:
        model: a run folder or a SavedModel, on the driver's machine or any file system that Spark
            knows, or ``zoo:NAME``.
        operation: ``encode`` (the default), ``decode``, ``reconstruct`` or ``score``.
        inputCol: column of numbers; ``features``.
        outputCol: column to add; ``mean``.
        labelCol: conditional models: column of labels, numbers or names.
        label: conditional models: label of all rows.
        batchSize: rows at a time; 0, the default, for as many as on one machine.
        samples: draws for each score; 1.
        seed: of these draws; 0.
        trusted: whether the model may run operations of any sort; for models of one's own.
    """

    model = _param("model", "a run folder or a SavedModel", TypeConverters.toString)
    operation = _param("operation", "encode, decode, reconstruct or score", TypeConverters.toString)
    inputCol = _param("inputCol", "column of numbers", TypeConverters.toString)
    outputCol = _param("outputCol", "column to add", TypeConverters.toString)
    labelCol = _param(
        "labelCol",
        "conditional models: column of labels; empty for none",
        TypeConverters.toString,
    )
    label = _param(
        "label",
        "conditional models: label of all rows; empty for each row's own",
        TypeConverters.toString,
    )
    batchSize = _param(
        "batchSize", "rows at a time; 0 for as many as on one machine", TypeConverters.toInt
    )
    samples = _param("samples", "draws for each score", TypeConverters.toInt)
    seed = _param("seed", "of these draws", TypeConverters.toInt)
    trusted = _param(
        "trusted", "let the model run operations of any sort", TypeConverters.toBoolean
    )

    def __init__(
        self,
        *,
        model: str | None = None,
        operation: str | None = None,
        inputCol: str | None = None,
        outputCol: str | None = None,
        labelCol: str | None = None,
        label: str | None = None,
        batchSize: int | None = None,
        samples: int | None = None,
        seed: int | None = None,
        trusted: bool | None = None,
    ) -> None:
        given = {
            "model": model,
            "operation": operation,
            "inputCol": inputCol,
            "outputCol": outputCol,
            "labelCol": labelCol,
            "label": label,
            "batchSize": batchSize,
            "samples": samples,
            "seed": seed,
            "trusted": trusted,
        }
        super().__init__()
        self._java_obj = _java(SparkSession.active(), f"{_PACKAGE}.VaeTransformer")(self.uid)
        self._transfer_params_from_java()  # The defaults are Java's.
        self._set(**{name: value for name, value in given.items() if value is not None})

    @classmethod
    def read(cls) -> JavaMLReader[VaeTransformer]:
        """The reader that ``load`` and pipelines use."""
        return _Reader(cls)

    def setModel(self, value: str) -> VaeTransformer:
        return self._set(model=value)

    def getModel(self) -> str:
        return self.getOrDefault(self.model)

    def setOperation(self, value: str) -> VaeTransformer:
        return self._set(operation=value)

    def getOperation(self) -> str:
        return self.getOrDefault(self.operation)

    def setInputCol(self, value: str) -> VaeTransformer:
        return self._set(inputCol=value)

    def getInputCol(self) -> str:
        return self.getOrDefault(self.inputCol)

    def setOutputCol(self, value: str) -> VaeTransformer:
        return self._set(outputCol=value)

    def getOutputCol(self) -> str:
        return self.getOrDefault(self.outputCol)

    def setLabelCol(self, value: str) -> VaeTransformer:
        return self._set(labelCol=value)

    def getLabelCol(self) -> str:
        return self.getOrDefault(self.labelCol)

    def setLabel(self, value: str) -> VaeTransformer:
        return self._set(label=value)

    def getLabel(self) -> str:
        return self.getOrDefault(self.label)

    def setBatchSize(self, value: int) -> VaeTransformer:
        return self._set(batchSize=value)

    def getBatchSize(self) -> int:
        return self.getOrDefault(self.batchSize)

    def setSamples(self, value: int) -> VaeTransformer:
        return self._set(samples=value)

    def getSamples(self) -> int:
        return self.getOrDefault(self.samples)

    def setSeed(self, value: int) -> VaeTransformer:
        return self._set(seed=value)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def setTrusted(self, value: bool) -> VaeTransformer:
        return self._set(trusted=value)

    def getTrusted(self) -> bool:
        return self.getOrDefault(self.trusted)


class VaeEstimator(
    JavaEstimator[VaeTransformer], JavaMLReadable["VaeEstimator"], JavaMLWritable
):
    """Fits a model to a column of a table, on as many tasks as train together (docs/spark.md).

    The fitted stage is a ``VaeTransformer`` that encodes. The run folder stays where ``out`` says:
    the fitted stage loads its model from there.

    Args:
        out: place of the run folder, any path that Hadoop knows and all executors can write to.
        start: what becomes of a run that is there: ``new`` (the default) refuses it, ``overwrite``,
            ``resume``.
        config: the whole configuration, JSON as in a run folder's config.json; what else is given
            goes before it.
        preset: ``vae`` and so on.
        latent: latent dimensions; 0, the default, for the preset's.
        epochs: 0 for the default.
        batch: rows a step of all processes together; 0 for the default.
        learningRate: 0 for the default.
        testFraction: share of the rows that is set aside to test on; 0.1.
        processes: tasks that train together; as many must be able to run at once. 1.
        averageEvery: steps from one average to the next; 1, the default, averages gradients.
        seed: of everything random; 0.
        inputCol: column of numbers, a vector or a list; ``features``.
        outputCol: column that the fitted model adds; ``mean``.
        labelCol: column of labels.
        shape: of a row, sizes with commas, as ``28,28,1``; empty, the default, for flat rows.
        scaling: ``unit`` for values of 0 to 255, ``standardize``, or ``none``, the default.
    """

    out = _param("out", "place of the run folder, any path that Hadoop knows and all executors can write to", TypeConverters.toString)
    start = _param("start", "what becomes of a run that is there: new, overwrite or resume", TypeConverters.toString)
    config = _param("config", "the whole configuration, JSON as in a run folder's config.json; empty for the preset's", TypeConverters.toString)
    preset = _param("preset", "name of the preset", TypeConverters.toString)
    latent = _param("latent", "latent dimensions; 0 for the preset's", TypeConverters.toInt)
    epochs = _param("epochs", "epochs; 0 for the default", TypeConverters.toInt)
    batch = _param("batch", "rows a step of all processes together; 0 for the default", TypeConverters.toInt)
    learningRate = _param("learningRate", "learning rate; 0 for the default", TypeConverters.toFloat)
    testFraction = _param("testFraction", "share of the rows that is set aside to test on", TypeConverters.toFloat)
    processes = _param("processes", "tasks that train together; as many must be able to run at once", TypeConverters.toInt)
    averageEvery = _param("averageEvery", "steps from one average to the next; 1 to average gradients", TypeConverters.toInt)
    seed = _param("seed", "of everything random", TypeConverters.toInt)
    inputCol = _param("inputCol", "column of numbers", TypeConverters.toString)
    outputCol = _param("outputCol", "column that the fitted model adds", TypeConverters.toString)
    labelCol = _param("labelCol", "column of labels; empty for none", TypeConverters.toString)
    shape = _param("shape", "of a row, sizes with commas, as 28,28,1; empty for flat rows", TypeConverters.toString)

    scaling = _param(
        "scaling",
        "how stored values become the model's: none, unit, standardize, or empty",
        TypeConverters.toString,
    )

    def __init__(
        self,
        *,
        out: str | None = None,
        start: str | None = None,
        config: str | None = None,
        preset: str | None = None,
        latent: int | None = None,
        epochs: int | None = None,
        batch: int | None = None,
        learningRate: float | None = None,
        testFraction: float | None = None,
        processes: int | None = None,
        averageEvery: int | None = None,
        seed: int | None = None,
        inputCol: str | None = None,
        outputCol: str | None = None,
        labelCol: str | None = None,
        shape: str | None = None,
        scaling: str | None = None,
    ) -> None:
        given = {
            "out": out,
            "start": start,
            "config": config,
            "preset": preset,
            "latent": latent,
            "epochs": epochs,
            "batch": batch,
            "learningRate": learningRate,
            "testFraction": testFraction,
            "processes": processes,
            "averageEvery": averageEvery,
            "seed": seed,
            "inputCol": inputCol,
            "outputCol": outputCol,
            "labelCol": labelCol,
            "shape": shape,
            "scaling": scaling,
        }
        super().__init__()
        self._java_obj = _java(SparkSession.active(), f"{_PACKAGE}.VaeEstimator")(self.uid)
        self._transfer_params_from_java()  # The defaults are Java's.
        self._set(**{name: value for name, value in given.items() if value is not None})

    @classmethod
    def read(cls) -> JavaMLReader[VaeEstimator]:
        """The reader that ``load`` and pipelines use."""
        return _Reader(cls)

    def _create_model(self, java_model: Any) -> VaeTransformer:
        model = VaeTransformer()
        model._java_obj = java_model
        model._resetUid(java_model.uid())
        model._transfer_params_from_java()
        return model

    def _fit(self, dataset: DataFrame) -> VaeTransformer:
        return self._create_model(self._fit_java(dataset))

    def setOut(self, value: str) -> VaeEstimator:
        return self._set(out=value)

    def getOut(self) -> str:
        return self.getOrDefault(self.out)

    def setStart(self, value: str) -> VaeEstimator:
        return self._set(start=value)

    def getStart(self) -> str:
        return self.getOrDefault(self.start)

    def setConfig(self, value: str) -> VaeEstimator:
        return self._set(config=value)

    def getConfig(self) -> str:
        return self.getOrDefault(self.config)

    def setPreset(self, value: str) -> VaeEstimator:
        return self._set(preset=value)

    def getPreset(self) -> str:
        return self.getOrDefault(self.preset)

    def setLatent(self, value: int) -> VaeEstimator:
        return self._set(latent=value)

    def getLatent(self) -> int:
        return self.getOrDefault(self.latent)

    def setEpochs(self, value: int) -> VaeEstimator:
        return self._set(epochs=value)

    def getEpochs(self) -> int:
        return self.getOrDefault(self.epochs)

    def setBatch(self, value: int) -> VaeEstimator:
        return self._set(batch=value)

    def getBatch(self) -> int:
        return self.getOrDefault(self.batch)

    def setLearningRate(self, value: float) -> VaeEstimator:
        return self._set(learningRate=value)

    def getLearningRate(self) -> float:
        return self.getOrDefault(self.learningRate)

    def setTestFraction(self, value: float) -> VaeEstimator:
        return self._set(testFraction=value)

    def getTestFraction(self) -> float:
        return self.getOrDefault(self.testFraction)

    def setProcesses(self, value: int) -> VaeEstimator:
        return self._set(processes=value)

    def getProcesses(self) -> int:
        return self.getOrDefault(self.processes)

    def setAverageEvery(self, value: int) -> VaeEstimator:
        return self._set(averageEvery=value)

    def getAverageEvery(self) -> int:
        return self.getOrDefault(self.averageEvery)

    def setSeed(self, value: int) -> VaeEstimator:
        return self._set(seed=value)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def setInputCol(self, value: str) -> VaeEstimator:
        return self._set(inputCol=value)

    def getInputCol(self) -> str:
        return self.getOrDefault(self.inputCol)

    def setOutputCol(self, value: str) -> VaeEstimator:
        return self._set(outputCol=value)

    def getOutputCol(self) -> str:
        return self.getOrDefault(self.outputCol)

    def setLabelCol(self, value: str) -> VaeEstimator:
        return self._set(labelCol=value)

    def getLabelCol(self) -> str:
        return self.getOrDefault(self.labelCol)

    def setShape(self, value: str) -> VaeEstimator:
        return self._set(shape=value)

    def getShape(self) -> str:
        return self.getOrDefault(self.shape)

    def setScaling(self, value: str) -> VaeEstimator:
        return self._set(scaling=value)

    def getScaling(self) -> str:
        return self.getOrDefault(self.scaling)


class _Reader(JavaMLReader[_Stage]):
    @classmethod
    def _java_loader_class(cls, clazz: type[JavaMLReadable[_Stage]]) -> str:
        return f"{_PACKAGE}.{clazz.__name__}"


def register_functions(
    spark: SparkSession, model: str, *, samples: int = 1, seed: int = 0, trusted: bool = False
) -> None:
    """Registers the SQL functions ``vae_encode``, ``vae_decode`` and ``vae_score``.

    They take a list or a vector of stored values, and with a conditional model the label. Each
    call computes one row: ``VaeTransformer`` is faster for large tables.

    Args:
        spark: the session that is to know them.
        model: as ``VaeTransformer`` has it.
        samples: draws for each score.
        seed: of these draws.
        trusted: whether the model may run operations of any sort.
    """
    cpu = _java(spark, "org.vaetf.tf.Device").CPU
    distributed = _java(spark, f"{_PACKAGE}.DistributedModel").of(
        spark._jsparkSession, model, cpu, trusted
    )
    _java(spark, f"{_PACKAGE}.VaeFunctions").register(
        spark._jsparkSession, distributed, samples, seed
    )


def _java(spark: SparkSession, name: str) -> Any:
    """A class of the jar; ImportError where the session has no such jar."""
    found: Any = spark._jvm
    for part in name.split("."):
        found = getattr(found, part)
    if isinstance(found, JavaPackage):
        raise ImportError(
            f"Spark has no class {name}; start the session with vae-tf.jar in spark.jars"
        )
    return found
