package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.TinyModel;

class VaeTransformerTest {
  private final Samples x = LocalSpark.tiny("vae").data(12, 4);
  private final Dataset<Row> lists = LocalSpark.table(x, TinyModel.CLASSES).coalesce(1);
  private final Dataset<Row> vectors =
      lists.withColumn(
          "features", functions.array_to_vector(lists.col("features").cast("array<double>")));

  @TempDir Path folder;

  private VaeTransformer stage() {
    return new VaeTransformer().setModel(LocalSpark.exported("vae").toString());
  }

  private Samples means() {
    try (SavedModelVae vae = SavedModelVae.load(LocalSpark.exported("vae"))) {
      return vae.encode(x).mean();
    }
  }

  @Test
  void listsGiveListsAndVectorsVectors() {
    List<Row> fromLists = stage().transform(lists).orderBy("id").collectAsList();
    List<Row> fromVectors = stage().transform(vectors).orderBy("id").collectAsList();
    Samples means = means();
    for (int i = 0; i < x.rows(); i++) {
      assertArrayEquals(means.row(i), LocalSpark.floats(fromLists.get(i), "mean"));
      double[] vector = ((Vector) fromVectors.get(i).getAs("mean")).toArray();
      for (int j = 0; j < vector.length; j++) {
        assertEquals(means.row(i)[j], (float) vector[j]);
      }
    }
  }

  @Test
  void theSchemaIsKnownBeforeThereAreRows() {
    for (String operation : List.of("encode", "reconstruct", "score")) {
      for (Dataset<Row> table : List.of(lists, vectors)) {
        VaeTransformer stage = stage().setOperation(operation).setOutputCol("out");
        assertEquals(
            types(stage.transformSchema(table.schema())),
            types(stage.transform(table).schema()),
            operation);
      }
    }
    refused("outputCol is 'label'", stage().setOutputCol("label"));
    refused("inputCol is 'x'", stage().setInputCol("x"));
    refused("of type bigint", stage().setInputCol("id"));
    refused("labelCol is 'class'", stage().setLabelCol("class"));
    refused("operation is 'guess'", stage().setOperation("guess"));
    ConfigException none =
        assertThrows(ConfigException.class, () -> new VaeTransformer().transform(lists));
    assertTrue(none.getMessage().startsWith("model is missing"), none.getMessage());
  }

  /** Whether there may be nulls is left to Spark. */
  private static String types(StructType schema) {
    return schema.json().replaceAll("\"nullable\":(true|false)", "");
  }

  private void refused(String what, VaeTransformer stage) {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> stage.transformSchema(lists.schema()));
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }

  @Test
  void aPipelineIsSavedAndLoaded() throws Exception {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  stage().setSeed(3).setBatchSize(5),
                  new Normalizer().setInputCol("mean").setOutputCol("unit")
                });
    PipelineModel fitted = pipeline.fit(vectors);
    List<Row> before = fitted.transform(vectors).orderBy("id").collectAsList();
    String place = folder.resolve("pipeline").toString();
    fitted.write().save(place);
    PipelineModel loaded = PipelineModel.load(place);
    assertEquals(before, loaded.transform(vectors).orderBy("id").collectAsList());
    VaeTransformer stage = (VaeTransformer) loaded.stages()[0];
    assertEquals(3, stage.getSeed());
    assertEquals(5, stage.getBatchSize());
    assertEquals(LocalSpark.exported("vae").toString(), stage.getModel());
    stage().setOperation("score").save(folder.resolve("stage").toString());
    assertEquals("score", VaeTransformer.load(folder.resolve("stage").toString()).getOperation());
  }

  @Test
  void aCopyHasItsOwnSettings() {
    VaeTransformer first = stage();
    VaeTransformer copy = first.copy(new ParamMap().put(first.outputCol(), "z"));
    assertEquals("z", copy.getOutputCol());
    assertEquals("mean", first.getOutputCol());
    assertEquals(first.uid(), copy.uid());
    assertEquals(first.getModel(), copy.getModel());
  }

  @Test
  void countsWhatItDoes() {
    VaeTransformer stage = stage().setBatchSize(5);
    assertTrue(stage.metrics().isEmpty());
    assertEquals(12, stage.transform(lists).collectAsList().size());
    JobMetrics metrics = stage.metrics().orElseThrow();
    assertEquals(
        List.of(12L, 12L, 3L), List.of(metrics.rowsIn(), metrics.rowsOut(), metrics.batches()));
    metrics.reset();
    assertEquals(0, metrics.rowsIn());
  }

  @Test
  void scoresAreAStructure() {
    Row row =
        stage()
            .setOperation("score")
            .setOutputCol("nats")
            .setSamples(4)
            .transform(lists)
            .select("nats.*")
            .first();
    assertEquals(
        (Float) row.getAs("reconstruction") - (Float) row.getAs("kl"), row.getAs("elbo"), 1e-4f);
  }

  @Test
  void aConditionalModelNeedsLabels() {
    VaeTransformer stage = new VaeTransformer().setModel(LocalSpark.exported("cvae").toString());
    assertThrows(ConfigException.class, () -> stage.transform(lists));
    assertEquals(12, stage.setLabelCol("label").transform(lists).collectAsList().size());
    assertEquals(12, stage.setLabelCol("").setLabel("2").transform(lists).collectAsList().size());
  }
}
