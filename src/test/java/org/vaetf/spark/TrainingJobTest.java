package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSplit;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.ReadOptions;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.train.DataConfig;
import org.vaetf.train.EpochReport;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.Parallel;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingConfig;

/** Runs on tasks of this JVM, two at a time. */
@Tag("slow")
class TrainingJobTest {
  private static final int ROWS = 61;

  @TempDir Path folder;

  static RunConfig config(String preset, Parallel parallel, int epochs) {
    return RunConfig.of("vae")
        .withModel(TinyModel.preset(preset).config())
        .withData(DataConfig.of(DataRequest.of("table")))
        .withTraining(
            TrainingConfig.defaults()
                .withEpochs(epochs)
                .withBatch(8)
                .withTowers(1)
                .withSeed(5)
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.01))
                .withParallel(parallel)
                .withCompute(new Compute(Device.CPU, 1)));
  }

  static Samples rows(String preset) {
    return TinyModel.preset(preset).data(ROWS, 9);
  }

  static Dataset<Row> table(String preset, int partitions) {
    return LocalSpark.table(rows(preset), TinyModel.CLASSES).repartition(partitions).orderBy("id");
  }

  private TrainingOutcome train(String preset, RunConfig config, Path place, RunPlace.Start start) {
    TinyModel model = TinyModel.preset(preset);
    return TrainingJob.of(config)
        .run(
            table(preset, 3),
            "features",
            model.config().condition().needsLabels() ? Optional.of("label") : Optional.empty(),
            Optional.of(model.shape()),
            new RunPlace(place.toString(), start));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae", "cvae", "vamp"})
  void oneWorkerTrainsAsOneMachineDoes(String preset) throws IOException {
    RunConfig config = config(preset, Parallel.defaults(), 3);
    Path there = folder.resolve("there");
    TrainingOutcome outcome = train(preset, config, there, RunPlace.Start.NEW);

    Path here = folder.resolve("here");
    InMemoryDataSet all = InMemoryDataSet.of("the table", rows(preset));
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % TinyModel.CLASSES;
    }
    if (config.model().condition().needsLabels()) {
      all = all.withLabels(labels);
    }
    try (DataSplit data = DataSplit.random(all, 0.1, new Seed(5))) {
      Trainer.of(config).run(here, false, data);
    }
    assertEquals(3, outcome.epochs());
    assertEquals(checkpoints(here), checkpoints(there));
    assertEquals(metrics(here), metrics(there));
    assertTrue(Files.exists(there.resolve("saved_model/saved_model.pb")));
  }

  @ParameterizedTest
  @CsvSource({"vae, 1", "vae, 3", "cvae, 1"})
  void twoWorkersLearnAndGoOnToTheBit(String preset, int averageEvery) throws IOException {
    Parallel two = new Parallel(2, averageEvery);
    Path whole = folder.resolve("whole");
    TrainingOutcome outcome = train(preset, config(preset, two, 4), whole, RunPlace.Start.NEW);
    // 28 and 27 rows to learn from: 4 of each a batch.
    assertEquals(4 * 7, outcome.steps());
    List<String> metrics = metrics(whole);
    assertEquals(5, metrics.size());

    Path cut = folder.resolve("cut");
    train(preset, config(preset, two, 2), cut, RunPlace.Start.NEW);
    train(preset, config(preset, two, 4), cut, RunPlace.Start.RESUME);
    assertEquals(checkpoints(whole), checkpoints(cut));
    assertEquals(metrics, metrics(cut));

    try (SavedModelVae vae = SavedModelVae.load(whole.resolve("saved_model"))) {
      assertEquals(ROWS - 6, vae.manifest().data().trainingRows());
      assertEquals(6, vae.manifest().data().testRows());
    }
    double first = Double.parseDouble(metrics.get(1).split(",", -1)[3]);
    double last = Double.parseDouble(metrics.get(4).split(",", -1)[3]);
    assertTrue(last < first, "loss " + first + " … " + last);
  }

  @Test
  void howSparkCutsTheTableDoesNotMatter() throws IOException {
    RunConfig config = config("vae", new Parallel(2, 1), 1);
    for (int partitions : new int[] {1, 5}) {
      TrainingJob.of(config)
          .run(
              table("vae", partitions),
              "features",
              Optional.empty(),
              Optional.of(TinyModel.preset("vae").shape()),
              RunPlace.of(folder.resolve("run" + partitions).toString()));
    }
    assertEquals(checkpoints(folder.resolve("run1")), checkpoints(folder.resolve("run5")));
  }

  @Test
  void testRowsOfTheirOwnAreTestedOn() throws IOException {
    Samples x = rows("vae");
    String train = folder.resolve("train.parquet").toString();
    String test = folder.resolve("test.parquet").toString();
    LocalSpark.table(x, 1).write().parquet(train);
    LocalSpark.table(x.slice(0, 7), 1).write().parquet(test);
    TrainingJob.of(config("vae", new Parallel(2, 1), 1))
        .run(
            LocalSpark.session(),
            TableInput.of(train),
            Optional.of(TableInput.of(test)),
            Optional.of(TinyModel.preset("vae").shape()),
            RunPlace.of(folder.resolve("run").toString()));
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("run/saved_model"))) {
      assertEquals(ROWS, vae.manifest().data().trainingRows());
      assertEquals(7, vae.manifest().data().testRows());
    }
  }

  @Test
  void testRowsOfAnotherKindAreRefused() throws IOException {
    String table = folder.resolve("train.parquet").toString();
    LocalSpark.table(rows("vae"), 1).write().parquet(table);
    Path images = Files.createDirectory(folder.resolve("images"));
    ImageGrid.of(1)
        .write(images.resolve("0.png"), new Samples(RowShape.image(2, 2, 1), new float[4]));
    TableInput numbers = TableInput.of(table);
    TableInput pictures =
        new TableInput(
            images.toString(),
            TableFormat.IMAGES,
            "",
            Optional.of(List.of()),
            ReadOptions.defaults());
    refused(
        "images: is a folder of images; expected rows of numbers, as the training rows are",
        () -> train(numbers, pictures));
    refused(
        "train.parquet: is a table; expected a folder of images, as the training rows are",
        () -> train(pictures, numbers));
  }

  private void train(TableInput train, TableInput test) {
    TrainingJob.of(config("vae", Parallel.defaults(), 1))
        .run(
            LocalSpark.session(),
            train,
            Optional.of(test),
            Optional.empty(),
            RunPlace.of(folder.resolve("run").toString()));
  }

  @Test
  void theDriverIsToldOfEachEpochOnce() {
    Path place = folder.resolve("run");
    for (int epochs = 2; epochs <= 3; epochs++) {
      List<EpochReport> told = new ArrayList<>();
      TrainingJob.of(config("vae", new Parallel(2, 1), epochs))
          .listen(told::add)
          .run(
              table("vae", 3),
              "features",
              Optional.empty(),
              Optional.of(TinyModel.preset("vae").shape()),
              new RunPlace(
                  place.toString(), epochs == 2 ? RunPlace.Start.NEW : RunPlace.Start.RESUME));
      List<Integer> expected = epochs == 2 ? List.of(1, 2) : List.of(3);
      assertEquals(expected, told.stream().map(EpochReport::epoch).toList());
      EpochReport last = told.get(told.size() - 1);
      assertEquals(7L * epochs, last.step());
      assertTrue(last.last());
      assertEquals(0.01, last.learningRate(), 1e-6);
      assertEquals(
          new RunFolder(place).readMetrics().test().get("loss")[epochs - 1],
          last.test().get("loss"));
    }
  }

  /** A refusal of rows comes before the processes are connected, one of a loss after it. */
  @ParameterizedTest
  @CsvSource({"true, expected finite numbers", "false, training diverged"})
  void whatWouldFailAgainIsNotTriedAgain(boolean badRow, String expected) {
    AtomicInteger attempts = new AtomicInteger();
    SparkListener counts =
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            attempts.accumulateAndGet(stage.stageInfo().attemptNumber() + 1, Math::max);
          }
        };
    Samples x = rows("vae");
    if (badRow) {
      x.values()[10] = Float.NaN;
    }
    RunConfig config = config("vae", new Parallel(2, 1), 3);
    RunConfig diverging =
        config.withTraining(
            config.training().withOptimizer(OptimizerConfig.defaults().withLearningRate(1e30)));
    SparkContext context = LocalSpark.session().sparkContext();
    context.addSparkListener(counts);
    try {
      refused(
          expected,
          () ->
              TrainingJob.of(badRow ? config : diverging)
                  .run(
                      LocalSpark.table(x, 2),
                      "features",
                      Optional.empty(),
                      Optional.empty(),
                      RunPlace.of(folder.resolve("run").toString())));
    } finally {
      context.removeSparkListener(counts);
    }
    assertEquals(1, attempts.get());
  }

  @Test
  void whatCannotBeIsRefusedInOneLine() {
    Path place = folder.resolve("run");
    RunConfig one = config("vae", Parallel.defaults(), 1);
    refused("holds no run", () -> train("vae", one, place, RunPlace.Start.RESUME));
    train("vae", one, place, RunPlace.Start.NEW);
    refused("exists already", () -> train("vae", one, place, RunPlace.Start.NEW));
    refused(
        "training.parallel.processes was 1 and is now 2",
        () -> train("vae", config("vae", new Parallel(2, 1), 1), place, RunPlace.Start.RESUME));
    train("vae", one, place, RunPlace.Start.OVERWRITE);
    Samples x = rows("vae");
    x.values()[10] = Float.NaN;
    refused(
        "expected finite numbers",
        () ->
            TrainingJob.of(one)
                .run(
                    LocalSpark.table(x, 1),
                    "features",
                    Optional.empty(),
                    Optional.empty(),
                    RunPlace.of(folder.resolve("other").toString())));
  }

  static void refused(String expected, Runnable job) {
    VaeException refused = assertThrows(VaeException.class, job::run);
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  /** The variables' bytes of all checkpoints, by name. */
  static List<String> checkpoints(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(new RunFolder(run).checkpoints())) {
      return files
          .filter(file -> file.getFileName().toString().equals("SHA256SUMS"))
          .sorted(Comparator.comparing(Path::toString))
          .map(TrainingJobTest::text)
          .toList();
    }
  }

  /** All but the seconds. */
  static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(new RunFolder(run).metrics()).stream()
        .map(line -> line.replaceFirst("^(\\d+,\\d+),[^,]+", "$1"))
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
