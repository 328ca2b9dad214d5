package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Figure;
import org.vaetf.testing.TinyModel;

/**
 * Resident memory stays flat over hundreds of thousands of steps and calls, and over whole lives of
 * models. The property {@code vaetf.soak} says how many times as many (1).
 */
@Tag("slow")
class MemoryTest {
  private static final int SOAK = Integer.getInteger("vaetf.soak", 1);

  /** One batch of 64 rows left behind at each turn would be 7.7 KB, 1.5 GB over 200,000 turns. */
  private static final double MOST_GROWTH_MB = 32;

  /** Allocators take and give back in their own time: many readings, without the first. */
  private static final int READINGS = 40;

  private static final int WARM_UP_READINGS = 10;

  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");

  @TempDir Path folder;

  @Test
  void trainingSteps() {
    Samples x = MODEL.data(64, 1);
    try (TrainingGraph graph = graph()) {
      assertFlat(
          "training steps",
          50_000,
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
          "calls of a loader",
          200_000,
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
        "loads",
        400,
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
        "training graphs",
        120,
        turn -> {
          try (TrainingGraph graph = graph()) {
            graph.step(x, 0, 1e-4, 1);
          }
        });
  }

  /**
   * Trained, looked at, exported, loaded, used: sixty in one process, after twenty to begin with.
   */
  @Test
  void wholeLives() {
    Samples x = MODEL.data(16, 1);
    TrainingListener looking =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochReport report, ModelView model) {
            model.reconstruct(Batch.of(x));
            model.points(16, 1);
          }
        };
    try (DataSplit data = TinyRun.data()) {
      assertFlat(
          "train-export-load cycles",
          80,
          turn -> {
            Path run = folder.resolve("run");
            Trainer.of(TinyRun.config(2)).listen(looking).run(run, true, data);
            try (SavedModelVae vae = SavedModelVae.load(run)) {
              vae.reconstruct(x);
              vae.sample(16, turn);
            }
          });
    }
  }

  private static TrainingGraph graph() {
    return new TrainingGraph(
        MODEL.config(),
        new TrainingGraph.Feed(MODEL.shape(), Scaling.unit(), false, 1000),
        TrainingConfig.defaults().withCompute(Evaluate.ONE_THREAD));
  }

  private interface Turn {
    void run(int turn);
  }

  /** By the straight line of least squares through the readings. */
  private static void assertFlat(String what, int turns, Turn turn) {
    int many = turns * SOAK;
    double[] megabytes = new double[READINGS];
    for (int i = 0; i < many; i++) {
      turn.run(i);
      if ((i + 1) % (many / READINGS) == 0) {
        megabytes[(i + 1) / (many / READINGS) - 1] = residentMegabytes();
      }
    }
    double slope = slope(Arrays.copyOfRange(megabytes, WARM_UP_READINGS, READINGS));
    String line =
        String.format(
            Locale.ROOT,
            "%s: %,d; slope of resident memory %+.1f bytes each; from %.0f to %.0f MB",
            what,
            many,
            slope * READINGS / many * (1 << 20),
            megabytes[WARM_UP_READINGS],
            megabytes[READINGS - 1]);
    Figure.print("memory: %s", line);
    double growth = slope * (READINGS - WARM_UP_READINGS);
    assertTrue(
        growth <= MOST_GROWTH_MB, line + "; expected at most " + MOST_GROWTH_MB + " MB in all");
  }

  /** A reading's growth. */
  private static double slope(double[] values) {
    double middle = (values.length - 1) / 2.0;
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.length; i++) {
      above += (i - middle) * values[i];
      below += (i - middle) * (i - middle);
    }
    return above / below;
  }

  private static double residentMegabytes() {
    System.gc();
    return Pointer.physicalBytes() / (double) (1 << 20);
  }
}
