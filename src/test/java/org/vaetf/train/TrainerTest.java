package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Elbo;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/** What a run does in which order, what it leaves, and why it stops. */
class TrainerTest {
  private static final ModelConfig VAE = TinyModel.of("vae dense bernoulli").config();

  @TempDir Path folder;

  @Test
  void listenersHearEverythingInOrder() {
    List<String> events = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStart(RunConfig config, int steps, long weights, int epoch) {
            events.add("start " + steps + " " + epoch);
            assertEquals(Scaling.Kind.NONE, config.data().scaling(), "as resolved");
            assertEquals(
                TinyModel.of("vae dense bernoulli").weights(1).values().stream()
                    .mapToLong(array -> array.values().length)
                    .sum(),
                weights);
          }

          @Override
          public void onBatch(int epoch, int batch, OptionalDouble loss) {
            events.add("batch " + epoch + "." + batch);
            assertEquals(batch % 10 == 1, loss.isPresent(), "every tenth is reported");
          }

          @Override
          public void onEpoch(EpochReport report) {
            events.add("epoch " + report.epoch() + " " + report.step());
          }
        };
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(TinyRun.config(2)).listen(listener).run(run(), false, data);
      Trainer.of(TinyRun.config(3)).listen(listener).resume(run(), data);
    }
    assertEquals(
        List.of(
            "start 4 0",
            "batch 1.1",
            "batch 1.2",
            "batch 1.3",
            "batch 1.4",
            "epoch 1 4",
            "batch 2.1",
            "batch 2.2",
            "batch 2.3",
            "batch 2.4",
            "epoch 2 8",
            "start 4 2",
            "batch 3.1",
            "batch 3.2",
            "batch 3.3",
            "batch 3.4",
            "epoch 3 12"),
        events);
  }

  @ParameterizedTest
  @CsvSource({"1, 16;16;16;2", "2, 16;16", "3, 16;2", "10, 16"})
  void epochMeansWeighReportedBatchesByRows(int reportEvery, String reportedRows) {
    List<Double> losses = new ArrayList<>();
    List<EpochReport> reports = new ArrayList<>();
    RunConfig config = TinyRun.config(1);
    train(
        config.withTraining(config.training().withReportEvery(reportEvery)),
        losses,
        reports,
        TinyRun.data());
    double[] rows = Arrays.stream(reportedRows.split(";")).mapToDouble(Double::valueOf).toArray();
    assertEquals(rows.length, losses.size());
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += rows[i] * losses.get(i);
    }
    double mean = sum / Arrays.stream(rows).sum();
    assertNear(mean, reports.get(0).train().get("loss"), 1e-9, "loss");
    assertEquals(
        List.of("loss", "negative_elbo", "reconstruction_error", "kl"),
        List.copyOf(reports.get(0).train().keySet()));
  }

  @Test
  void trainingLowersTheLoss() {
    List<EpochReport> reports = new ArrayList<>();
    TinyModel model = TinyModel.of("vae dense bernoulli");
    Samples train = constant(model, TinyRun.TRAIN_ROWS, 1);
    TrainingResult result =
        train(TinyRun.config(20), new ArrayList<>(), reports, TinyRun.data(train, train));
    assertEquals(TrainingResult.Reason.FINISHED, result.stopped());
    assertEquals(20, result.epochs());
    assertEquals(80, result.steps());
    double first = reports.get(0).test().get("loss");
    double last = reports.get(19).test().get("loss");
    assertTrue(last < first / 2, "loss went from " + first + " to " + last);
  }

  @Test
  void warmUpRaisesTheWeightOverItsEpochs() {
    // β is so large that the loss shows the weight; the weights of the network hardly move.
    RunConfig config =
        TinyRun.config(VAE.withObjective(new Elbo(1000, 2, 0, 1)), 3)
            .withTraining(
                TinyRun.config(3)
                    .training()
                    .withReportEvery(1)
                    .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e-30)));
    List<EpochReport> reports = new ArrayList<>();
    train(config, new ArrayList<>(), reports, TinyRun.data());
    // Steps 0…3 of 8, weighted by rows; then steps 4…7; then 1.
    double[] shares = {
      (16 * (0 + 1 + 2) + 2 * 3) / 8.0 / 50, (16 * (4 + 5 + 6) + 2 * 7) / 8.0 / 50, 1
    };
    for (int epoch = 0; epoch < 3; epoch++) {
      Map<String, Double> train = reports.get(epoch).train();
      double weight =
          (train.get("loss") - train.get("reconstruction_error")) / train.get("kl") / 1000;
      // Batches differ a little in their divergence.
      assertNear(shares[epoch], weight, 0.03, "epoch " + (epoch + 1));
      Map<String, Double> test = reports.get(epoch).test();
      assertNear(
          test.get("reconstruction_error") + 1000 * test.get("kl"),
          test.get("loss"),
          1e-4,
          "evaluation has the full weight");
    }
  }

  @Test
  void patienceEndsARunThatDoesNotImproveAndThePlateauLowersTheRate() {
    RunConfig still =
        TinyRun.config(20)
            .withTraining(
                TinyRun.config(20)
                    .training()
                    .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e-30))
                    .withSchedule(new Schedule.Plateau(0.5, 2))
                    .withPatience(5));
    List<EpochReport> reports = new ArrayList<>();
    TrainingResult result = train(still, new ArrayList<>(), reports, TinyRun.data());
    assertEquals(TrainingResult.Reason.NO_IMPROVEMENT, result.stopped());
    assertEquals(6, result.epochs());
    assertEquals(1, result.bestEpoch());
    assertArrayEquals(
        new double[] {1e-30, 1e-30, 1e-30, 0.5e-30, 0.5e-30, 0.25e-30},
        reports.stream().mapToDouble(EpochReport::learningRate).toArray(),
        1e-36);
    assertEquals(
        List.of(true, false, false, false, false, false),
        reports.stream().map(EpochReport::best).toList());
  }

  @Test
  void theLastEpochIsExportedWhereTheTestRowsAreToChooseNothing() {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    DataSplit data = TinyRun.data(constant(model, TinyRun.TRAIN_ROWS, 1), constant(model, 12, 0));
    RunConfig config = TinyRun.config(4);
    List<EpochReport> reports = new ArrayList<>();
    TrainingResult result =
        train(
            config.withTraining(config.training().withMetric(TrainingConfig.LAST)),
            new ArrayList<>(),
            reports,
            data);
    assertEquals(4, result.bestEpoch());
    assertEquals(reports.get(3).test(), result.best());
    OneLine.ofConfig(
        () -> config.training().withMetric(TrainingConfig.LAST).withPatience(2),
        "last",
        "patience");
  }

  @Test
  void theBestEpochIsExportedNotTheLast() throws IOException {
    // To learn ones is to forget zeros: the test rows get worse from the first epoch on.
    TinyModel model = TinyModel.of("vae dense bernoulli");
    DataSplit data = TinyRun.data(constant(model, TinyRun.TRAIN_ROWS, 1), constant(model, 12, 0));
    List<EpochReport> reports = new ArrayList<>();
    TrainingResult result = train(TinyRun.config(5), new ArrayList<>(), reports, data);
    assertEquals(1, result.bestEpoch());
    assertEquals(reports.get(0).test(), result.best());
    assertTrue(reports.get(4).test().get("loss") > reports.get(0).test().get("loss"));
    assertEquals(
        List.of("step-0000000004", "step-0000000016", "step-0000000020"),
        RunFiles.names(run().resolve("checkpoints")),
        "the best and the newest two");

    Path first = folder.resolve("first");
    Trainer.of(TinyRun.config(1)).run(first, false, data);
    assertArrayEquals(
        Files.readAllBytes(first.resolve("saved_model").resolve("saved_model.pb")),
        Files.readAllBytes(run().resolve("saved_model").resolve("saved_model.pb")));
    try (SavedModelVae vae = SavedModelVae.load(run())) {
      assertEquals(result.best(), vae.manifest().metrics());
      assertEquals(3, vae.manifest().seed());
      assertEquals("train rows", vae.manifest().data().name());
      assertEquals(64, vae.manifest().data().fingerprint().length());
    }
  }

  @Test
  void checkpointsAreKeptAsAskedAndNothingHalfWritten() {
    RunConfig config = TinyRun.config(6);
    train(
        config.withTraining(config.training().withKeepCheckpoints(3)),
        new ArrayList<>(),
        new ArrayList<>(),
        TinyRun.data());
    List<String> names = RunFiles.names(run().resolve("checkpoints"));
    assertTrue(names.containsAll(List.of("step-0000000016", "step-0000000020", "step-0000000024")));
    assertTrue(names.size() <= 4, names.toString());
    assertEquals(
        List.of(".lock", "checkpoints", "config.json", "metrics.csv", "saved_model"),
        RunFiles.names(run()));
  }

  @Test
  void metricsFileHasARowAnEpochWithUnitsInItsHeader() throws IOException {
    List<EpochReport> reports = new ArrayList<>();
    train(TinyRun.config(3), new ArrayList<>(), reports, TinyRun.data());
    List<String> lines = Files.readAllLines(run().resolve("metrics.csv"));
    assertEquals(
        "epoch,step,seconds,learning_rate,train_loss_nats,train_negative_elbo_nats,"
            + "train_reconstruction_error_nats,train_kl_nats,test_loss_nats,"
            + "test_negative_elbo_nats,test_reconstruction_error_nats,test_kl_nats",
        lines.get(0));
    assertEquals(4, lines.size());
    for (int i = 0; i < 3; i++) {
      List<String> row = Arrays.asList(lines.get(i + 1).split(",", -1));
      EpochReport report = reports.get(i);
      assertEquals(12, row.size());
      assertEquals(report.epoch(), Integer.parseInt(row.get(0)));
      assertEquals(report.step(), Long.parseLong(row.get(1)));
      assertEquals(0.01, Double.parseDouble(row.get(3)), 0);
      assertEquals(report.train().get("loss"), Double.parseDouble(row.get(4)), 0);
      assertEquals(report.test().get("kl"), Double.parseDouble(row.get(11)), 0);
    }
    RunMetrics read = new RunFolder(run()).readMetrics();
    assertEquals(List.copyOf(reports.get(0).test().keySet()), read.terms());
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, read.epochs()[i]);
      for (String term : read.terms()) {
        assertEquals(reports.get(i).train().get(term), read.train().get(term)[i]);
        assertEquals(reports.get(i).test().get(term), read.test().get(term)[i]);
      }
    }
  }

  @Test
  void configurationGoesRoundThroughItsFile() {
    RunConfig config =
        TinyRun.config(TinyModel.of("beta-vae convolutional per-pixel").config(), 1)
            .withTraining(
                TinyRun.config(1)
                    .training()
                    .withSchedule(new Schedule.WarmUp(0.5, new Schedule.Cosine(0.1)))
                    .withOptimizer(OptimizerConfig.of(UpdateRule.NADAM).withClipValue(1)));
    TrainingResult result = train(config, new ArrayList<>(), new ArrayList<>(), TinyRun.data());
    assertEquals(
        config.withData(config.data().withScaling(Scaling.Kind.NONE)),
        RunConfig.read(result.folder().config()));
    assertEquals(result.folder().readConfig(), RunConfig.read(result.folder().config()));
  }

  @Test
  void aStopBeforeTheFirstStepLeavesARunThatCanGoOn() {
    Trainer trainer = Trainer.of(TinyRun.config(1));
    trainer.stop();
    try (DataSplit data = TinyRun.data()) {
      TrainingResult result = trainer.run(run(), false, data);
      assertEquals(TrainingResult.Reason.STOPPED, result.stopped());
      assertEquals(0, result.bestEpoch());
      assertTrue(result.best().isEmpty());
      assertFalse(Files.exists(result.folder().savedModel()));
      assertEquals(
          TrainingResult.Reason.FINISHED,
          Trainer.of(TinyRun.config(1)).resume(run(), data).stopped());
    }
  }

  private TrainingResult train(
      RunConfig config, List<Double> losses, List<EpochReport> reports, DataSplit data) {
    return Trainer.of(config)
        .listen(
            new TrainingListener() {
              @Override
              public void onBatch(int epoch, int batch, OptionalDouble loss) {
                loss.ifPresent(losses::add);
              }

              @Override
              public void onEpoch(EpochReport report) {
                reports.add(report);
              }
            })
        .run(run(), false, data);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private static Samples constant(TinyModel model, int rows, float value) {
    float[] values = new float[rows * model.shape().size()];
    Arrays.fill(values, value);
    return new Samples(model.shape(), values);
  }
}
