package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.model.Objective;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/** What a run does that diverges. */
class NanPolicyTest {
  private static final TinyModel MODEL = TinyModel.of("ae linear fixed");

  @TempDir Path folder;

  /** Too fast: the rate is halved until it will do. */
  @Test
  void theRateIsHalvedUntilTheRunConverges() throws IOException {
    RunConfig config = wild(0.05, NanPolicy.REDUCE_LR);
    List<Long> cuts = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onRateHalved(DivergenceException cause, long step) {
            assertTrue(cause.step() >= step, cause.getMessage());
            cuts.add(step);
          }
        };
    TrainingResult result = run(config, "one", listener);
    assertEquals(TrainingResult.Reason.FINISHED, result.stopped());
    assertTrue(cuts.size() >= 1 && cuts.size() <= NanPolicy.MOST_CUTS, cuts::toString);
    assertTrue(Double.isFinite(result.best().get(Objective.LOSS)));
    run(config, "two", new TrainingListener() {});
    assertArrayEquals(model("one"), model("two"));
    List<String> metrics = Files.readAllLines(folder.resolve("one").resolve("metrics.csv"));
    assertEquals(config.training().epochs(), metrics.size() - 1);
  }

  @Test
  void aRateThatIsBeyondHelpEndsTheRun() {
    assertThrows(
        DivergenceException.class,
        () -> run(wild(1e30, NanPolicy.REDUCE_LR), "run", new TrainingListener() {}));
  }

  @Test
  void whatIsNotFiniteIsSkippedAndTheRestLearned() {
    RunConfig config = wild(1e-4, NanPolicy.SKIP);
    Samples rows = MODEL.data(TinyRun.TRAIN_ROWS, 31);
    // Its square is infinite.
    rows.values()[100] = 1e30f;
    List<String> skipped = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onSkipped(long step, String term) {
            skipped.add(term);
          }
        };
    try (DataSplit data = TinyRun.data(rows, MODEL.data(12, 32))) {
      TrainingResult result =
          Trainer.of(config).listen(listener).run(folder.resolve("run"), false, data);
      assertEquals(TrainingResult.Reason.FINISHED, result.stopped());
      assertTrue(Double.isFinite(result.best().get(Objective.LOSS)));
    }
    // One batch of each epoch holds the row.
    assertEquals(config.training().epochs(), skipped.size(), skipped::toString);
    assertEquals("reconstruction_error", skipped.get(0));
    RunConfig stopping = wild(1e-4, NanPolicy.STOP);
    try (DataSplit data = TinyRun.data(rows, MODEL.data(12, 32))) {
      assertThrows(
          DivergenceException.class,
          () -> Trainer.of(stopping).run(folder.resolve("other"), false, data));
    }
  }

  private static RunConfig wild(double rate, NanPolicy policy) {
    RunConfig config = TinyRun.config(MODEL.config(), 20);
    return config
        .withData(config.data().withScaling(Scaling.Kind.NONE))
        .withTraining(
            config
                .training()
                .withReportEvery(1)
                .withNanPolicy(policy)
                .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(rate)));
  }

  private TrainingResult run(RunConfig config, String name, TrainingListener listener) {
    try (DataSplit data = TinyRun.data(MODEL.data(50, 31), MODEL.data(12, 32))) {
      return Trainer.of(config).listen(listener).run(folder.resolve(name), false, data);
    }
  }

  private byte[] model(String name) {
    return RunFiles.bytes(folder.resolve(name).resolve("saved_model")).get("saved_model.pb");
  }
}
