package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.DataException;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.ReadOptions;
import org.vaetf.eval.Evaluator;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;
import org.vaetf.testing.TinyModel;

/** Jobs give what the loader gives for the same batches, to the bit. */
@Tag("slow")
class RowsJobTest {
  private static final int ROWS = 25;
  private static final int BATCH = 10;

  private final SparkSession spark = LocalSpark.session();
  private final Samples x = LocalSpark.tiny("vae").data(ROWS, 3);

  @TempDir Path folder;
  private String in;
  private String out;

  @BeforeEach
  void table() {
    in = folder.resolve("in.parquet").toString();
    out = folder.resolve("out").toString();
    LocalSpark.table(x, TinyModel.CLASSES).coalesce(1).write().parquet(in);
  }

  private JobMetrics run(String preset, RowSettings settings, TableInput input) {
    return new RowsJob(LocalSpark.model(preset), settings.withBatchRows(BATCH))
        .run(spark, input, TableOutput.of(out), 0);
  }

  private List<Row> result() {
    return spark.read().parquet(out).orderBy("id").collectAsList();
  }

  private SavedModelVae vae(String preset) {
    return SavedModelVae.load(LocalSpark.exported(preset));
  }

  @Test
  void encodesAndKeepsTheRest() {
    JobMetrics metrics = run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in));
    assertEquals(ROWS, metrics.rowsIn());
    assertEquals(ROWS, metrics.rowsOut());
    assertEquals(3, metrics.batches());
    assertTrue(metrics.tensorFlowSeconds() > 0);
    List<Row> rows = result();
    assertEquals(
        List.of("id", "label", "features", "mean", "log_variance"),
        List.of(rows.get(0).schema().fieldNames()));
    try (SavedModelVae vae = vae("vae")) {
      for (int from = 0; from < ROWS; from += BATCH) {
        Encoding encoding = vae.encode(x.slice(from, Math.min(ROWS, from + BATCH)));
        for (int i = 0; i < encoding.mean().rows(); i++) {
          Row row = rows.get(from + i);
          assertArrayEquals(encoding.mean().row(i), LocalSpark.floats(row, "mean"));
          assertArrayEquals(encoding.logVariance().row(i), LocalSpark.floats(row, "log_variance"));
          assertArrayEquals(x.row(from + i), LocalSpark.floats(row, "features"));
        }
      }
    }
  }

  @Test
  void anAutoencoderHasNoLogVariance() {
    run("ae", RowSettings.of(Operation.ENCODE), TableInput.of(in));
    assertEquals(
        List.of("id", "label", "features", "mean"), List.of(result().get(0).schema().fieldNames()));
  }

  @Test
  void decodesWhatWasEncoded() {
    run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in));
    String codes = out;
    out = folder.resolve("decoded").toString();
    TableInput input =
        new TableInput(
            codes,
            TableFormat.PARQUET,
            "",
            Optional.of(List.of("id", "mean")),
            ReadOptions.defaults());
    run("vae", RowSettings.of(Operation.DECODE), input);
    try (SavedModelVae vae = vae("vae")) {
      Row row = result().get(0);
      Samples first = vae.decode(vae.encode(x.slice(0, BATCH)).mean());
      assertArrayEquals(first.row(0), LocalSpark.floats(row, "x"));
    }
  }

  @Test
  void scoresAsTheEvaluatorWhereBatchesAreTheSame() {
    run("vae", RowSettings.of(Operation.SCORE).withDraws(3, 7), TableInput.of(in));
    List<Row> rows = result();
    try (SavedModelVae vae = vae("vae")) {
      Evaluator evaluator = new Evaluator(vae.scaled(), 3, 7);
      for (int batch = 0; batch * BATCH < ROWS; batch++) {
        int from = batch * BATCH;
        Scores scores =
            evaluator.score(Batch.of(x.slice(from, Math.min(ROWS, from + BATCH))), batch, from);
        for (int i = 0; i < scores.elbo().length; i++) {
          Row row = rows.get(from + i);
          assertEquals(scores.elbo()[i], (Float) row.getAs("elbo"));
          assertEquals(scores.kl()[i], (Float) row.getAs("kl"));
          assertEquals(scores.reconstruction()[i], (Float) row.getAs("reconstruction"));
          assertEquals(scores.logLikelihood()[i], (Float) row.getAs("log_likelihood"));
        }
      }
    }
  }

  /** In whole batches, if there are enough, so that even scores are the same. */
  @Test
  void rowsInMorePartitionsThanTheInputHasAreTheSameInTheSameOrder() {
    List<Row> one = scored(in, 0);
    assertEquals(one, scored(in, 2));
    for (int partitions : new int[] {3, 4, 40}) {
      assertEquals(ids(one), ids(scored(in, partitions)));
      assertEquals(
          Math.min(partitions, ROWS),
          Path.of(out).toFile().list((place, name) -> name.endsWith(".parquet")).length);
    }
    String parts = folder.resolve("parts.parquet").toString();
    spark.read().parquet(in).repartition(3).write().parquet(parts);
    assertTrue(spark.read().parquet(parts).rdd().getNumPartitions() > 1);
    assertEquals(ids(scored(parts, 0)), ids(scored(parts, 7)));
  }

  private List<Row> scored(String place, int partitions) {
    out = folder.resolve("scored" + partitions + Path.of(place).getFileName()).toString();
    RowSettings score = RowSettings.of(Operation.SCORE).withDraws(3, 7).withBatchRows(BATCH);
    new RowsJob(LocalSpark.model("vae"), score)
        .run(spark, TableInput.of(place), TableOutput.of(out), partitions);
    return LocalSpark.inOrder(out);
  }

  private static List<Long> ids(List<Row> rows) {
    return rows.stream().map(row -> row.<Long>getAs("id")).toList();
  }

  /** Each batch of a file of its own is scored with the draws of one of the batches' numbers. */
  @Test
  void batchesOfSeveralPartitionsHaveNumbersOfTheirOwn() {
    String parts = folder.resolve("parts.parquet").toString();
    for (int from = 0; from < ROWS; from += BATCH) {
      spark
          .read()
          .parquet(in)
          .where("id >= " + from + " and id < " + (from + BATCH))
          .write()
          .mode("append")
          .parquet(parts);
    }
    String cost = "spark.sql.files.openCostInBytes";
    String usual = spark.conf().get(cost);
    spark.conf().set(cost, 1L << 40);
    try {
      run("vae", RowSettings.of(Operation.SCORE).withDraws(3, 7), TableInput.of(parts));
    } finally {
      spark.conf().set(cost, usual);
    }
    List<Row> rows = result();
    Set<Integer> numbers = new TreeSet<>();
    try (SavedModelVae vae = vae("vae")) {
      Evaluator evaluator = new Evaluator(vae.scaled(), 3, 7);
      for (int from = 0; from < ROWS; from += BATCH) {
        int to = Math.min(ROWS, from + BATCH);
        for (int number = 0; number < 3; number++) {
          Scores scores = evaluator.score(Batch.of(x.slice(from, to)), number, 0);
          if (scores.logLikelihood()[0] == (Float) rows.get(from).getAs("log_likelihood")) {
            assertTrue(numbers.add(number));
            for (int i = 0; i < to - from; i++) {
              Row row = rows.get(from + i);
              assertEquals(scores.logLikelihood()[i], (Float) row.getAs("log_likelihood"));
            }
          }
        }
      }
    }
    assertEquals(Set.of(0, 1, 2), numbers);
  }

  @Test
  void aConditionalModelTakesTheLabelsColumn() {
    TableInput input =
        new TableInput(
            in,
            TableFormat.PARQUET,
            "",
            Optional.empty(),
            ReadOptions.defaults().withLabelColumn("label"));
    run("cvae", RowSettings.of(Operation.RECONSTRUCT), input);
    try (SavedModelVae vae = vae("cvae")) {
      int[] labels = new int[BATCH];
      for (int i = 0; i < BATCH; i++) {
        labels[i] = i % TinyModel.CLASSES;
      }
      Samples first = vae.reconstruct(Batch.of(x.slice(0, BATCH), labels));
      assertArrayEquals(first.row(4), LocalSpark.floats(result().get(4), "reconstruction"));
    }
    assertRefused("cvae", Operation.RECONSTRUCT, TableInput.of(in), "holds rows without labels");
    RowSettings wrong = RowSettings.of(Operation.RECONSTRUCT).withLabel("9");
    out = folder.resolve("wrong").toString();
    VaeException refused =
        assertThrows(VaeException.class, () -> run("cvae", wrong, TableInput.of(in)));
    assertTrue(refused.getMessage().contains("label '9'; expected"), refused.getMessage());
  }

  @Test
  void vectorsAndOtherNumbersAreTaken() {
    run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in));
    List<Row> floats = result();
    String other = folder.resolve("vectors.parquet").toString();
    spark
        .read()
        .parquet(in)
        .withColumn(
            "features",
            org.apache.spark.ml.functions.array_to_vector(
                functions.col("features").cast("array<double>")))
        .write()
        .parquet(other);
    out = folder.resolve("vectors").toString();
    run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(other));
    for (int i = 0; i < ROWS; i++) {
      assertArrayEquals(
          LocalSpark.floats(floats.get(i), "mean"), LocalSpark.floats(result().get(i), "mean"));
    }
  }

  private void csv(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String line(int row) {
    StringBuilder line = new StringBuilder();
    for (float value : x.row(row)) {
      line.append(value).append(',');
    }
    return line.append(row).append('\n').toString();
  }

  @Test
  void tablesOfText() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < x.shape().size(); i++) {
      text.append("x.").append(i).append(',');
    }
    text.append("id\n");
    for (int row = 0; row < ROWS; row++) {
      text.append(line(row));
    }
    csv("in.csv", text.toString());
    run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in));
    List<Row> expected = result();
    String place = folder.resolve("in.csv").toString();
    TableInput input =
        new TableInput(
            place, TableFormat.CSV, "", Optional.of(List.of("id")), ReadOptions.defaults());
    Path result = folder.resolve("out.csv");
    new RowsJob(LocalSpark.model("vae"), RowSettings.of(Operation.ENCODE).withBatchRows(BATCH))
        .run(spark, input, TableOutput.of(result.toString()), 1);
    List<Row> rows = spark.read().option("header", true).csv(result.toString()).collectAsList();
    assertEquals(ROWS, rows.size());
    for (Row row : rows) {
      float[] mean = LocalSpark.floats(expected.get(Integer.parseInt(row.getAs("id"))), "mean");
      for (int i = 0; i < mean.length; i++) {
        assertEquals(mean[i], Float.parseFloat(row.getAs("mean_" + i)));
      }
    }
    csv("bad.csv", text + line(3).replaceFirst(",[^,]+,", ",much,"));
    TableInput bad =
        new TableInput(
            folder.resolve("bad.csv").toString(),
            TableFormat.CSV,
            "",
            Optional.of(List.of("id")),
            ReadOptions.defaults());
    assertRefused("vae", Operation.ENCODE, bad, "row 25 of partition 0 holds 'much'");
  }

  private void assertRefused(String preset, Operation operation, TableInput input, String what) {
    out = folder.resolve("refused").toString();
    VaeException refused =
        assertThrows(VaeException.class, () -> run(preset, RowSettings.of(operation), input));
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
    assertFalse(Files.exists(Path.of(out)));
    assertEquals(
        List.of(),
        Arrays.stream(folder.toFile().list()).filter(name -> name.contains("vae-tf")).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none | has no column 'none'; expected one of: id, label, features
          label | column 'label' is of type int; expected a vector or a list of numbers
          short | row 0 of partition 0 holds 2 numbers; expected 30, as the model was fitted to rows of shape [3, 5, 2]
          gap | row 0 of partition 0 holds no value, or one that is none; expected numbers alone
          nan | row 0 of partition 0 holds NaN; expected finite numbers
          """)
  void whatIsWrongWithAColumnIsOneLine(String column, String line) {
    String broken = folder.resolve("broken.parquet").toString();
    spark
        .read()
        .parquet(in)
        .withColumn("short", functions.expr("array(1, 2)"))
        .withColumn("gap", functions.expr("transform(features, (x, i) -> if(i = 2, null, x))"))
        .withColumn("nan", functions.expr("transform(features, x -> float('nan'))"))
        .write()
        .parquet(broken);
    TableInput input =
        new TableInput(
            broken, TableFormat.PARQUET, column, Optional.empty(), ReadOptions.defaults());
    assertRefused("vae", Operation.ENCODE, input, broken + ": " + line);
  }

  @Test
  void anInputThatIsNotThere() {
    DataException refused =
        assertThrows(
            DataException.class,
            () -> run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in + "x")));
    assertEquals(in + "x: does not exist; check the path", refused.getMessage());
  }

  @Test
  void theOldResultStaysUntilTheNewOneIsComplete() {
    run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in));
    List<Row> old = result();
    VaeException there =
        assertThrows(
            VaeException.class,
            () -> run("vae", RowSettings.of(Operation.ENCODE), TableInput.of(in)));
    assertTrue(there.getMessage().contains("is there already"), there.getMessage());
    RowsJob job = new RowsJob(LocalSpark.model("vae"), RowSettings.of(Operation.RECONSTRUCT));
    TableOutput overwriting = new TableOutput(out, TableFormat.PARQUET, true, false);
    TableInput wrong =
        new TableInput(in, TableFormat.PARQUET, "id", Optional.empty(), ReadOptions.defaults());
    assertThrows(VaeException.class, () -> job.run(spark, wrong, overwriting, 0));
    assertEquals(old, result());
    job.run(spark, TableInput.of(in), overwriting, 0);
    assertTrue(Arrays.asList(result().get(0).schema().fieldNames()).contains("reconstruction"));
    // A result may take the place of what it was made from.
    new RowsJob(LocalSpark.model("vae"), RowSettings.of(Operation.ENCODE))
        .run(spark, TableInput.of(out), overwriting, 0);
    assertEquals(ROWS, result().size());
  }
}
