package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.data.DataSplit;
import org.vaetf.model.Objective;
import org.vaetf.nn.Precision;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/** Runs whose layers multiply in bfloat16. */
class PrecisionTrainingTest {
  private static final int EPOCHS = 20;

  @TempDir Path folder;

  private static RunConfig config(String model, int epochs, Precision precision) {
    RunConfig config = TinyRun.config(TinyModel.of(model).config(), epochs);
    return config.withTraining(config.training().withPrecision(precision));
  }

  private TrainingResult run(RunConfig config, String name) {
    try (DataSplit data = TinyRun.data()) {
      return Trainer.of(config).run(folder.resolve(name), false, data);
    }
  }

  private byte[] graph(String run) {
    return RunFiles.bytes(folder.resolve(run).resolve("saved_model")).get("saved_model.pb");
  }

  private double loss(String run, int epoch) {
    return RunFolder.existing(folder.resolve(run)).readMetrics().train().get(Objective.LOSS)[epoch];
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae dense bernoulli", "vae convolutional bernoulli"})
  void learnAsMuch(String model) {
    run(config(model, EPOCHS, Precision.FLOAT32), "float32");
    run(config(model, EPOCHS, Precision.BFLOAT16), "bfloat16");
    double first = loss("float32", 0);
    double last = loss("float32", EPOCHS - 1);
    assertTrue(last < first, first + " to " + last);
    assertNear(last, loss("bfloat16", EPOCHS - 1), 0.02, "loss");
    assertFalse(Arrays.equals(graph("float32"), graph("bfloat16")));
  }

  @Test
  void oneSeedGivesTheSameBytesAndTwoEpochsAndTwoMoreAreFour() {
    run(config("vae dense bernoulli", 4, Precision.BFLOAT16), "whole");
    run(config("vae dense bernoulli", 2, Precision.BFLOAT16), "parts");
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(config("vae dense bernoulli", 4, Precision.BFLOAT16))
          .resume(folder.resolve("parts"), data);
    }
    RunFiles.assertSame(folder.resolve("whole"), folder.resolve("parts"));
  }

  /** Weights and the optimizer's state are float32 in both: a run may change over and back. */
  @Test
  void aCheckpointGoesOnInTheOtherPrecision() {
    run(config("vae dense bernoulli", 2, Precision.BFLOAT16), "run");
    for (int epochs : new int[] {3, 4}) {
      Precision precision = epochs == 3 ? Precision.FLOAT32 : Precision.BFLOAT16;
      try (DataSplit data = TinyRun.data()) {
        TrainingResult result =
            Trainer.of(config("vae dense bernoulli", epochs, precision))
                .resume(folder.resolve("run"), data);
        assertEquals(epochs, result.epochs());
      }
    }
  }
}
