package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.TinyModel;

/** Resident memory stays flat over tens of thousands of steps and calls. */
@Tag("slow")
class MemoryTest {
  private static final int MANY = 20_000;

  /** One batch of 64 rows left behind at each turn would be 7.7 KB, 77 MB over half the turns. */
  private static final long MOST_GROWTH_MB = 32;

  /** Allocators give memory back in their own time: the least of several readings counts. */
  private static final int READINGS = 5;

  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");

  @TempDir Path folder;

  @Test
  void trainingSteps() {
    Samples x = MODEL.data(64, 1);
    try (TrainingGraph graph = graph()) {
      assertFlat(
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
  void loaderCalls() {
    Samples x = MODEL.data(64, 1);
    Samples z = MODEL.points(64, 1);
    Path saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
    try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      assertFlat(
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
  void loadingAndClosing() {
    Path saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
    Samples x = MODEL.data(1, 1);
    assertFlat(
        300,
        turn -> {
          try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
            vae.encode(x);
          }
        });
  }

  @Test
  void buildingAndClosing() {
    Samples x = MODEL.data(1, 1);
    assertFlat(
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
        Scaling.unit(),
        false,
        TrainingConfig.defaults().withCompute(Evaluate.ONE_THREAD));
  }

  private interface Turn {
    void run(int turn);
  }

  /** The second half of the turns against the first. */
  private static void assertFlat(int turns, Turn turn) {
    long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
    for (int i = 0; i < turns; i++) {
      turn.run(i);
      if ((i + 1) % (turns / (2 * READINGS)) == 0) {
        int half = 2 * i / turns;
        least[half] = Math.min(least[half], residentMegabytes());
      }
    }
    long growth = least[1] - least[0];
    System.out.println("resident memory over " + turns + " turns: grew by " + growth + " MB");
    assertTrue(
        growth <= MOST_GROWTH_MB,
        "resident memory grew from "
            + least[0]
            + " MB in the first half of "
            + turns
            + " turns to "
            + least[1]
            + " MB in the second; at most "
            + MOST_GROWTH_MB
            + " MB more");
  }

  private static long residentMegabytes() {
    System.gc();
    return Pointer.physicalBytes() >> 20;
  }
}
