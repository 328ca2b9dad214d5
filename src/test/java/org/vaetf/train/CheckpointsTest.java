package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.data.DataSplit;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.RunFiles;

/** When checkpoints are written, and what becomes of those that a disk has spoiled. */
class CheckpointsTest {
  @TempDir Path folder;

  /** Four steps an epoch; the metric gets better in every epoch. */
  @Test
  void everyThreeStepsAndAtTheBestAndTheEnd() {
    Path run = run(config(2, "3steps"), "run");
    assertEquals(
        List.of("step-0000000003", "step-0000000004", "step-0000000006", "step-0000000008"),
        RunFiles.names(run.resolve("checkpoints")));
  }

  @Test
  void theOldestGo() {
    RunConfig config = config(3, "1steps");
    Path run = run(config.withTraining(config.training().withKeepCheckpoints(3)), "run");
    assertEquals(
        List.of("step-0000000010", "step-0000000011", "step-0000000012"),
        RunFiles.names(run.resolve("checkpoints")));
  }

  /** A learning rate of 0: the first epoch is the best, and nothing but epochs is due. */
  @Test
  void everyTwoEpochs() {
    RunConfig still = config(5, "2epochs");
    OptimizerConfig rule = OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e-30);
    Path run = run(still.withTraining(still.training().withOptimizer(rule)), "run");
    assertEquals(
        List.of("step-0000000004", "step-0000000008", "step-0000000016", "step-0000000020"),
        RunFiles.names(run.resolve("checkpoints")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"changed", "truncated", "missing", "added", "no sums", "no progress", "no json"})
  void aDamagedNewestIsNamedAndTheOneBeforeUsed(String how) throws IOException {
    RunConfig four = config(4, "3steps");
    Path whole = run(four, "whole");
    Path parts = folder.resolve("parts");
    Trainer stopped = Trainer.of(four);
    stopped.listen(TinyRun.stopAfter(stopped, 7));
    try (DataSplit data = TinyRun.data()) {
      stopped.run(parts, false, data);
    }
    Path newest = parts.resolve("checkpoints").resolve("step-0000000007");
    damage(newest, how);
    List<Path> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onDamagedCheckpoint(Path checkpoint, String fault) {
            told.add(checkpoint);
            assertEquals(1, fault.lines().count(), fault);
            assertTrue(fault.contains("step-0000000007"), fault);
          }
        };
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(four).listen(listener).resume(parts, data);
    }
    assertEquals(List.of(newest), told);
    assertFalse(Files.exists(newest));
    assertTrue(Files.isDirectory(newest.resolveSibling("step-0000000007.damaged")));
    RunFiles.assertSame(whole, parts);
  }

  /** An old one that nobody needs any more is no reason to fail where the next is saved. */
  @Test
  void aDamagedOldOneDoesNotStopTheRun() throws IOException {
    RunConfig two = config(2, "3steps");
    RunConfig four = config(4, "3steps");
    RunConfig few = four.withTraining(four.training().withKeepCheckpoints(1));
    Path whole = run(few, "whole");
    Path parts = run(two, "parts");
    Path old = parts.resolve("checkpoints").resolve("step-0000000003");
    damage(old, "no progress");
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(few).resume(parts, data);
    }
    assertFalse(Files.exists(old));
    RunFiles.assertSame(whole, parts);
  }

  private static void damage(Path checkpoint, String how) throws IOException {
    Path variables = checkpoint.resolve("variables.data-00000-of-00001");
    Path progress = checkpoint.resolve("progress.json");
    byte[] bytes = Files.readAllBytes(variables);
    switch (how) {
      case "changed" -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(variables, bytes);
      }
      case "truncated" -> Files.write(variables, Arrays.copyOf(bytes, bytes.length - 1));
      case "missing" -> Files.delete(checkpoint.resolve("variables.index"));
      case "added" -> Files.writeString(checkpoint.resolve("other"), "other");
      case "no sums" -> Files.delete(checkpoint.resolve("SHA256SUMS"));
      case "no progress" -> Files.delete(progress);
      case "no json" -> Files.writeString(progress, Files.readString(progress).substring(9));
      default -> throw new IllegalArgumentException(how);
    }
  }

  /** A clock that jumped while the run was under way: the highest step is the newest. */
  @Test
  void theTimesOfFilesMeanNothing() throws IOException {
    RunConfig four = config(4, "3steps");
    Path run = folder.resolve("run");
    Trainer stopped = Trainer.of(four);
    stopped.listen(TinyRun.stopAfter(stopped, 7));
    try (DataSplit data = TinyRun.data()) {
      stopped.run(run, false, data);
    }
    List<String> checkpoints = RunFiles.names(run.resolve("checkpoints"));
    assertEquals("step-0000000007", checkpoints.get(3));
    for (int i = 0; i < 4; i++) {
      Path checkpoint = run.resolve("checkpoints").resolve(checkpoints.get(i));
      FileTime time = FileTime.from((3 - i) * 50L * 365, TimeUnit.DAYS);
      for (String file : RunFiles.names(checkpoint)) {
        Files.setLastModifiedTime(checkpoint.resolve(file), time);
      }
      Files.setLastModifiedTime(checkpoint, time);
    }
    int[] batches = new int[1];
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onBatch(int epoch, int batch, OptionalDouble loss) {
            batches[0]++;
          }
        };
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(four).listen(listener).resume(run, data);
    }
    assertEquals(4 * TinyRun.STEPS_AN_EPOCH - 7, batches[0]);
  }

  @Test
  void whereNoneIsWholeTheRunCannotGoOn() throws IOException {
    RunConfig config = config(1, "1epochs");
    Path run = run(config, "run");
    damage(run.resolve("checkpoints").resolve("step-0000000004"), "changed");
    try (DataSplit data = TinyRun.data()) {
      OneLine.of(() -> Trainer.of(config).resume(run, data), "no checkpoint is whole");
    }
  }

  @Test
  void anotherVersionsCheckpointIsRefusedAndStays() throws IOException {
    RunConfig config = config(1, "1epochs");
    Path run = run(config, "run");
    Path checkpoint = run.resolve("checkpoints").resolve("step-0000000004");
    Path progress = checkpoint.resolve("progress.json");
    Files.writeString(
        progress, Files.readString(progress).replaceFirst("\"format\" : \\d+", "\"format\" : 77"));
    try (DataSplit data = TinyRun.data()) {
      OneLine.of(
          () -> Trainer.of(config).resume(run, data), "format 77", "expected format", checkpoint);
    }
    assertTrue(Files.isDirectory(checkpoint));
  }

  private static RunConfig config(int epochs, String every) {
    RunConfig config = TinyRun.config(epochs);
    return config.withTraining(
        config
            .training()
            .withCheckpointEvery(CheckpointInterval.of(every))
            .withKeepCheckpoints(100));
  }

  private Path run(RunConfig config, String name) {
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(config).run(folder.resolve(name), false, data);
    }
    return folder.resolve(name);
  }
}
