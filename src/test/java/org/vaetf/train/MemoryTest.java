package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.TinyModel;

/** Resident memory stays flat over tens of thousands of steps and calls. */
@Tag("slow")
class MemoryTest {
  private static final int MANY = 20_000;

  /**
   * A tensor of these models is 1 KB or more with its bookkeeping: one left behind by each call
   * would be 20 MB and more.
   */
  private static final long MOST_GROWTH_MB = 16;

  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");

  @TempDir Path folder;

  @Test
  void trainingSteps(TestReporter reporter) {
    Samples x = MODEL.data(64, 1);
    try (TrainingGraph graph = graph()) {
      assertFlat(
          reporter,
          MANY,
          turn -> {
            graph.step(x, turn, 1e-4, 1);
            if (turn % 100 == 0) {
              graph.evaluate(x, new long[] {1, turn});
              graph.weights();
            }
          });
    }
  }

  @Test
  void loaderCalls(TestReporter reporter) {
    Samples x = MODEL.data(64, 1);
    Samples z = MODEL.points(64, 1);
    Path saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
    try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      assertFlat(
          reporter,
          MANY,
          turn -> {
            switch (turn % 5) {
              case 0 -> vae.encode(x);
              case 1 -> vae.decode(z);
              case 2 -> vae.reconstruct(x);
              case 3 -> vae.sample(64, turn);
              default -> vae.score(x, 2, turn);
            }
          });
    }
  }

  @Test
  void loadingAndClosing(TestReporter reporter) {
    Path saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
    Samples x = MODEL.data(1, 1);
    assertFlat(
        reporter,
        300,
        turn -> {
          try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
            vae.encode(x);
          }
        });
  }

  @Test
  void buildingAndClosing(TestReporter reporter) {
    Samples x = MODEL.data(1, 1);
    assertFlat(
        reporter,
        100,
        turn -> {
          try (TrainingGraph graph = graph()) {
            graph.step(x, 0, 1e-4, 1);
          }
        });
  }

  private static TrainingGraph graph() {
    return new TrainingGraph(
        MODEL.config(),
        MODEL.shape(),
        OptimizerConfig.defaults(),
        new Seed(1),
        Evaluate.ONE_THREAD);
  }

  private interface Turn {
    void run(int turn);
  }

  /** A fifth of the turns first, for what is made once: compiled code, pools, the heap. */
  private static void assertFlat(TestReporter reporter, int turns, Turn turn) {
    for (int i = 0; i < turns / 5; i++) {
      turn.run(i);
    }
    long before = residentMegabytes();
    for (int i = 0; i < turns; i++) {
      turn.run(i);
    }
    long growth = residentMegabytes() - before;
    reporter.publishEntry("growth of resident memory, MB", String.valueOf(growth));
    assertTrue(
        growth <= MOST_GROWTH_MB,
        "resident memory grew by "
            + growth
            + " MB over "
            + turns
            + " turns, from "
            + before
            + " MB; at most "
            + MOST_GROWTH_MB
            + " MB");
  }

  private static long residentMegabytes() {
    System.gc();
    return Pointer.physicalBytes() >> 20;
  }
}
