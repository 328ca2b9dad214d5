package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Json;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Samples;
import org.vaetf.data.Classes;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Labels;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;
import org.vaetf.model.Unconditional;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/** Runs of conditional models: what the data settle, resuming, and labels that do not fit. */
class ConditionalTrainingTest {
  private static final List<String> NAMES = List.of("cat", "dog", "owl");
  private static final ModelConfig OPEN =
      TinyModel.of("vae dense bernoulli").config().withCondition(Labels.defaults());

  @TempDir Path folder;

  private static DataSplit data(int classes) {
    return data(classes, classes);
  }

  private static DataSplit data(int trainClasses, int testClasses) {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    return new DataSplit(
        labelled("train rows", model.data(TinyRun.TRAIN_ROWS, 31), trainClasses),
        labelled("test rows", model.data(12, 32), testClasses));
  }

  private static InMemoryDataSet labelled(String name, Samples rows, int classes) {
    int[] labels = IntStream.range(0, rows.rows()).map(row -> row % classes).toArray();
    return InMemoryDataSet.of(name, rows).withLabels(labels);
  }

  private static DataSplit named() {
    DataSplit data = data(3);
    return new DataSplit(
        ((InMemoryDataSet) data.train()).withClasses(NAMES),
        ((InMemoryDataSet) data.test()).withClasses(NAMES));
  }

  private Path run(RunConfig config, DataSplit data) {
    try (data) {
      Trainer.of(config).run(folder.resolve("run"), false, data);
    }
    return folder.resolve("run");
  }

  @Test
  void theDataSettleHowManyClassesThereAre() {
    RunConfig config = TinyRun.config(OPEN, 1);
    Path run = run(config, named());
    RunConfig written = RunFolder.existing(run).readConfig();
    assertEquals(new Labels(3), written.model().condition());
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      assertEquals(new Classes(3, NAMES), vae.classes());
      assertEquals(4, vae.sample(4, 1, 2).x().rows());
    }
    Trainer more = Trainer.of(config.withTraining(config.training().withEpochs(2)));
    assertEquals(2, more.resume(run, named()).epochs());
    OneLine.of(
        () -> Trainer.of(config).resume(run, data(2)),
        "model.condition.classes was 3 and is now 2");
  }

  @Test
  void aNumberOfClassesThatIsGivenStays() {
    Path run = run(TinyRun.config(OPEN.withCondition(new Labels(5)), 1), data(3));
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      assertEquals(new Classes(5, List.of()), vae.classes());
    }
  }

  @Test
  void labelsThatDoNotFitAreNamed() {
    OneLine.ofData(
        () -> run(TinyRun.config(OPEN, 1), TinyRun.data()),
        "train rows: holds rows without labels",
        "--label-column");
    OneLine.ofData(
        () -> run(TinyRun.config(OPEN, 1), data(2, 3)),
        "test rows: row 2 has the label 2; expected a whole number from 0 to 1");
    OneLine.ofData(
        () -> run(TinyRun.config(OPEN.withCondition(new Labels(2)), 1), data(3)),
        "train rows: row 2 has the label 2; expected a whole number from 0 to 1");
    OneLine.ofConfig(
        () -> run(TinyRun.config(OPEN.withCondition(new Labels(2)), 1), named()),
        "number of classes is 2; expected a whole number, 3 or more");
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  @Tag("slow")
  void aStopInTheMiddleOfAnEpochChangesNothing() {
    RunConfig config = TinyRun.config(OPEN, 3);
    Path whole = run(config, data(3));
    Path parts = folder.resolve("parts");
    for (int stop : List.of(3, 2, 1)) {
      Trainer trainer = Trainer.of(config);
      trainer.listen(TinyRun.stopAfter(trainer, stop));
      try (DataSplit data = data(3)) {
        TrainingResult stopped =
            Files.exists(parts) ? trainer.resume(parts, data) : trainer.run(parts, false, data);
        assertEquals(TrainingResult.Reason.STOPPED, stopped.stopped());
      }
    }
    try (DataSplit data = data(3)) {
      Trainer.of(config).resume(parts, data);
    }
    RunFiles.assertSame(whole, parts);
  }

  @Test
  void labelsDecideTheWeights() {
    Path first = run(TinyRun.config(OPEN.withCondition(new Labels(3)), 1), data(3));
    Map<String, byte[]> model = RunFiles.bytes(first.resolve("saved_model"));
    Path second = folder.resolve("second");
    try (DataSplit data = data(2)) {
      Trainer.of(TinyRun.config(OPEN.withCondition(new Labels(3)), 1)).run(second, false, data);
    }
    byte[] other = RunFiles.bytes(second.resolve("saved_model")).get("saved_model.pb");
    assertFalse(Arrays.equals(model.get("saved_model.pb"), other));
  }

  @Test
  void aRunFromBeforeThereWereConditionsGoesOn() throws IOException {
    ModelConfig model = OPEN.withCondition(new Unconditional());
    Path run = run(TinyRun.config(model, 1), TinyRun.data());
    Path file = run.resolve("config.json");
    Map<?, ?> config = Json.read(file, Map.class);
    Object condition = ((Map<?, ?>) config.get("model")).remove("condition");
    assertEquals(Map.of("kind", "none"), condition);
    Files.writeString(file, Json.write(config));
    assertEquals(model, RunFolder.existing(run).readConfig().model());
    try (DataSplit data = TinyRun.data()) {
      assertEquals(2, Trainer.of(TinyRun.config(model, 2)).resume(run, data).epochs());
    }
    try (DataSplit data = data(3)) {
      OneLine.of(
          () -> Trainer.of(TinyRun.config(OPEN, 2)).resume(run, data),
          "cannot be resumed: model.condition.");
    }
  }

  @Test
  void pseudoInputsKeepTheLabelsOfTheRowsTheyBeganAs() {
    ModelConfig vamp = TinyModel.preset("vamp").config().withCondition(Labels.defaults());
    RunConfig config = TinyRun.config(vamp, 1);
    try (DataSplit split = data(3)) {
      RunData data = RunData.prepare(config, split);
      RunConfig resolved = data.resolve(config);
      LabelledRows rows = (LabelledRows) data.someTrainingRows(4);
      int[] labels = rows.labels();
      for (int i = 0; i < 4; i++) {
        assertEquals(labels[i], labelOf(((Samples) rows.values()).row(i), split.train()));
      }
      try (TrainingGraph graph =
          new TrainingGraph(
              resolved.model(),
              new TrainingGraph.Feed(split.train().shape(), data.scaling(), false, 50),
              resolved.training())) {
        graph.setPseudoInputs(rows);
        float[] expected = new float[4 * 3];
        for (int i = 0; i < 4; i++) {
          expected[3 * i + labels[i]] = 1;
        }
        assertArrayEquals(expected, graph.weights().get("prior.pseudo_condition").values());
        graph.step(new LabelledRows(rows.values(), labels), 0, 0.1, 1);
        assertArrayEquals(expected, graph.weights().get("prior.pseudo_condition").values());
      }
    }
    Path run = run(config, data(3));
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      assertEquals(3, vae.sample(3, 1, 1).x().rows());
    }
  }

  private static int labelOf(float[] row, DataSet data) {
    int[] found =
        IntStream.range(0, data.rows())
            .filter(i -> Arrays.equals(data.slice(i, i + 1).values(), row))
            .toArray();
    assertEquals(1, found.length);
    return data.labels().orElseThrow()[found[0]];
  }

  /** One digit in ten lies nearest to the mean of its class by chance, of the data 170 in 200. */
  @Test
  @Tag("slow")
  void samplesOfAClassLieNearestToItsMean() {
    RunConfig base = RunConfig.of("cvae");
    RunConfig config =
        base.withModel(
                Presets.of("cvae")
                    .model()
                    .withLatent(2)
                    .withNetwork(new DenseNetwork(List.of(64), Activation.SWISH)))
            .withData(DataConfig.of(DataRequest.defaults()))
            .withTraining(
                base.training()
                    .withEpochs(5)
                    .withSeed(1)
                    .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.01)));
    Path run = folder.resolve("digits");
    Trainer.of(config).run(run);
    int each = 20;
    try (DataSplit data = config.data().open(1);
        SavedModelVae vae = SavedModelVae.load(run)) {
      double[][] means = means(data.train(), 10);
      int nearest = 0;
      for (int label = 0; label < 10; label++) {
        Samples rows = vae.sample(each, 7, label).x();
        for (int row = 0; row < each; row++) {
          nearest += nearest(rows.row(row), means) == label ? 1 : 0;
        }
      }
      assertTrue(nearest >= 0.7 * 10 * each, nearest + " of " + 10 * each);
    }
  }

  private static double[][] means(DataSet data, int classes) {
    int[] labels = data.labels().orElseThrow();
    double[][] sums = new double[classes][data.shape().size()];
    int[] counts = new int[classes];
    float[] row = new float[data.shape().size()];
    for (int i = 0; i < data.rows(); i++) {
      data.read(i, row, 0);
      counts[labels[i]]++;
      for (int j = 0; j < row.length; j++) {
        sums[labels[i]][j] += row[j];
      }
    }
    for (int label = 0; label < classes; label++) {
      int count = counts[label];
      sums[label] = Arrays.stream(sums[label]).map(sum -> sum / count).toArray();
    }
    return sums;
  }

  private static int nearest(float[] row, double[][] means) {
    double[] distances =
        Arrays.stream(means)
            .mapToDouble(
                mean ->
                    IntStream.range(0, row.length)
                        .mapToDouble(i -> (row[i] - mean[i]) * (row[i] - mean[i]))
                        .sum())
            .toArray();
    return IntStream.range(0, means.length)
        .reduce((a, b) -> distances[b] < distances[a] ? b : a)
        .orElseThrow();
  }
}
