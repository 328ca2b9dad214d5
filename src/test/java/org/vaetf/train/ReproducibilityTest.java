package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSplit;
import org.vaetf.model.Elbo;
import org.vaetf.model.Presets;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** One seed, one result: again, after a stop, in the middle of an epoch too. */
@Tag("slow")
class ReproducibilityTest {
  @TempDir Path folder;

  static Stream<TinyModel> models() {
    return TinyModel.all()
        .filter(
            model ->
                Presets.all().stream()
                    .anyMatch(
                        preset ->
                            model.name().equals(preset.name() + " dense bernoulli")
                                || model.name().equals(preset.name() + " convolutional learned")));
  }

  @ParameterizedTest
  @MethodSource("models")
  void oneSeedGivesTheSameBytesAndAnotherOthers(TinyModel model) {
    RunConfig config = TinyRun.config(model.config(), 2);
    Path one = run(config, "one");
    RunFiles.assertSame(one, run(config, "same"));
    Path other = run(config.withTraining(config.training().withSeed(4)), "other");
    assertFalse(Arrays.equals(graphOf(one), graphOf(other)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theNumberOfThreadsDoesNotMatter(int threads) {
    RunConfig two = busy(2, OptimizerConfig.defaults());
    Path expected = run(two, "two");
    Compute other = new Compute(Device.CPU, threads);
    Path found = run(two.withTraining(two.training().withCompute(other)), "other");
    assertArrayEquals(graphOf(expected), graphOf(found));
    assertEquals(RunFiles.metricsWithoutSeconds(expected), RunFiles.metricsWithoutSeconds(found));
  }

  private static byte[] graphOf(Path run) {
    return RunFiles.bytes(run.resolve("saved_model")).get("saved_model.pb");
  }

  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void twoEpochsAndTwoMoreAreFour(UpdateRule rule) {
    RunConfig four = busy(4, OptimizerConfig.of(rule));
    Path whole = run(four, "whole");
    Path parts = run(busy(2, OptimizerConfig.of(rule)), "parts");
    try (DataSplit data = TinyRun.data()) {
      TrainingResult result = Trainer.of(four).resume(parts, data);
      assertEquals(TrainingResult.Reason.FINISHED, result.stopped());
      assertEquals(4, result.epochs());
      assertEquals(4L * TinyRun.STEPS_AN_EPOCH, result.steps());
    }
    RunFiles.assertSame(whole, parts);
  }

  @Test
  void aStopInTheMiddleOfAnEpochChangesNothing() {
    RunConfig config = busy(3, OptimizerConfig.defaults());
    Path whole = run(config, "whole");
    Path parts = folder.resolve("parts");
    for (int stop : List.of(3, 2, 1, 4, 1)) {
      Trainer trainer = Trainer.of(config);
      trainer.listen(TinyRun.stopAfter(trainer, stop));
      TrainingResult result;
      try (DataSplit data = TinyRun.data()) {
        result =
            Files.exists(parts) ? trainer.resume(parts, data) : trainer.run(parts, false, data);
      }
      assertEquals(TrainingResult.Reason.STOPPED, result.stopped());
    }
    try (DataSplit data = TinyRun.data()) {
      TrainingResult result = Trainer.of(config).resume(parts, data);
      assertEquals(TrainingResult.Reason.FINISHED, result.stopped());
    }
    RunFiles.assertSame(whole, parts);
  }

  @Test
  void resumingAFinishedRunExportsTheSameAgain() {
    RunConfig config = busy(2, OptimizerConfig.defaults());
    Path run = run(config, "run");
    Map<String, byte[]> before = RunFiles.bytes(run);
    try (DataSplit data = TinyRun.data()) {
      TrainingResult result = Trainer.of(config).resume(run, data);
      assertEquals(TrainingResult.Reason.FINISHED, result.stopped());
      assertEquals(2, result.epochs());
    }
    Map<String, byte[]> after = RunFiles.bytes(run);
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
  }

  @Test
  void rowsOfEpochsThatACrashCutOffAreDropped() throws IOException {
    RunConfig four = busy(4, OptimizerConfig.defaults());
    Path whole = run(four, "whole");
    Path parts = run(busy(2, OptimizerConfig.defaults()), "parts");
    Path metrics = parts.resolve("metrics.csv");
    Files.writeString(metrics, Files.readString(metrics) + "3,12,0.1,0.01,1,1,1,1,1,1,1,1\n4,16,");
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(four).resume(parts, data);
    }
    RunFiles.assertSame(whole, parts);
  }

  /** Everything that has a state of its own: warm-up, schedules, drawn binarization, clipping. */
  private static RunConfig busy(int epochs, OptimizerConfig optimizer) {
    RunConfig config =
        TinyRun.config(
            TinyModel.of("vae dense bernoulli").config().withObjective(new Elbo(2, 3, 0.01, 1)),
            epochs);
    return config
        .withData(config.data().withBinarization(Binarization.STOCHASTIC))
        .withTraining(
            config
                .training()
                .withOptimizer(optimizer.withClipNorm(5))
                .withReportEvery(2)
                .withSchedule(new Schedule.WarmUp(1.5, new Schedule.Plateau(0.5, 1))));
  }

  private Path run(RunConfig config, String name) {
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(config).run(folder.resolve(name), false, data);
    }
    return folder.resolve(name);
  }
}
