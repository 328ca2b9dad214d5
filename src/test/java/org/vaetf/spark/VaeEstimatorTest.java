package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.testing.TinyModel;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;

/** Fitting as a stage of a pipeline. */
@Tag("slow")
class VaeEstimatorTest {
  private final Samples x = TinyModel.preset("vae").data(40, 6);
  private final Dataset<Row> table = LocalSpark.table(x, TinyModel.CLASSES);

  @TempDir Path folder;

  private VaeEstimator estimator(String run) {
    return new VaeEstimator()
        .setOut(folder.resolve(run).toString())
        .setLatent(2)
        .setEpochs(2)
        .setBatch(8)
        .setProcesses(2)
        .setLearningRate(0.002)
        .setSeed(7)
        .setOutputCol("z");
  }

  @Test
  void aPipelineFitsAndEncodes() throws Exception {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator("run")});
    PipelineModel fitted = pipeline.fit(table);
    fitted.write().overwrite().save(folder.resolve("pipeline").toString());
    PipelineModel again = PipelineModel.load(folder.resolve("pipeline").toString());
    Row first = again.transform(table).orderBy("id").first();

    RunConfig run = new RunFolder(folder.resolve("run")).readConfig();
    assertEquals(2, run.training().epochs());
    assertEquals(8, run.training().batch());
    assertEquals(2, run.training().parallel().processes());
    assertEquals(0.002, run.training().optimizer().learningRate());
    assertEquals(7, run.training().seed());
    assertEquals(2, run.model().latent());
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("run/saved_model"))) {
      assertEquals(36, vae.manifest().data().trainingRows());
      float[] expected = vae.encode(new Samples(RowShape.of(30), x.row(0))).mean().row(0);
      assertTrue(
          Arrays.equals(expected, LocalSpark.floats(first, "z")),
          Arrays.toString(LocalSpark.floats(first, "z")));
    }
  }

  @Test
  void aConfigurationAndAScalingAreHeeded() {
    RunConfig gaussian = RunConfig.of("vae");
    gaussian =
        gaussian.withModel(gaussian.model().withLikelihood(Gaussian.defaults()).withLatent(4));
    estimator("run")
        .setConfig(Json.write(gaussian))
        .setScaling("standardize")
        .setLatent(0)
        .setEpochs(1)
        .fit(table);
    RunConfig run = new RunFolder(folder.resolve("run")).readConfig();
    assertEquals(Gaussian.defaults(), run.model().likelihood());
    assertEquals(4, run.model().latent());
    assertEquals(Scaling.Kind.STANDARDIZE, run.data().scaling());
  }

  @Test
  void aRunGoesOnWhereItsPlaceSays() {
    VaeEstimator estimator = estimator("run");
    estimator.fit(table);
    VaeException taken = assertThrows(VaeException.class, () -> estimator.fit(table));
    assertTrue(taken.getMessage().contains("exists already"), taken.getMessage());
    VaeTransformer fitted = estimator.setStart("resume").setEpochs(3).fit(table);
    assertEquals(folder.resolve("run").toString(), fitted.getModel());
    assertEquals(estimator, fitted.parent());
  }

  @Test
  void settingsAreSavedAndChecked() throws Exception {
    String place = folder.resolve("stage").toString();
    VaeEstimator stage = estimator("run").setTestFraction(0.25).setAverageEvery(3);
    stage.write().overwrite().save(place);
    VaeEstimator loaded = VaeEstimator.load(place);
    assertEquals(0.25, loaded.getTestFraction());
    assertEquals(3, loaded.getAverageEvery());
    assertEquals(stage.getOut(), loaded.getOut());

    ConfigException none = assertThrows(ConfigException.class, () -> new VaeEstimator().fit(table));
    assertTrue(none.getMessage().startsWith("out is missing"), none.getMessage());
    ConfigException start =
        assertThrows(ConfigException.class, () -> estimator("run").setStart("go").fit(table));
    assertTrue(start.getMessage().contains("resume"), start.getMessage());
    ConfigException column =
        assertThrows(ConfigException.class, () -> estimator("run").setInputCol("y").fit(table));
    assertTrue(column.getMessage().contains("inputCol is 'y'"), column.getMessage());
  }
}
