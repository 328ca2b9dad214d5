package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.testing.Figure;
import org.vaetf.testing.Frozen;
import org.vaetf.testing.OtherProcess;

/**
 * SavedModels that are broken on purpose: each works or is refused in one line, soon, and takes no
 * memory out of proportion. All go through the checks in Java; loading and calling one takes a
 * tenth of a second and more, so TensorFlow sees one in 150. The properties {@code vaetf.fuzz},
 * {@code vaetf.fuzz.seed} and {@code vaetf.fuzz.tensorflow} say how many, which, and how many of
 * them TensorFlow sees.
 */
@Tag("slow")
class HostileModelsTest {
  private static final int MODELS = 3;
  private static final int COUNT = Integer.getInteger("vaetf.fuzz", 20_000) / MODELS;
  private static final long SEED = Long.getLong("vaetf.fuzz.seed", 1);
  private static final int TENSORFLOW =
      Integer.getInteger("vaetf.fuzz.tensorflow", Math.max(20, COUNT / 150));

  /** What parsing and checking may take, for each byte of the model. */
  private static final long A_BYTE = 512;

  private static final long SLOW_NANOS = 2_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dense", "convolutional", "python"})
  void passOrAreRefusedInOneLine(String name) throws IOException {
    Path model = Frozen.model(name, folder.resolve("model"));
    HostileModels models = new HostileModels(model);
    long bound = A_BYTE * Frozen.bytes(model);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int passed = 0;
    for (int i = 0; i < COUNT; i++) {
      long number = SEED * COUNT + i;
      models.write(number);
      String about = name + ", number " + number;
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      try {
        passed += models.passes() ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(about, e);
      }
      long nanos = System.nanoTime() - begun;
      allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
      assertTrue(allocated < bound, about + " took " + allocated + " bytes, of " + bound);
      assertTrue(nanos < SLOW_NANOS, about + " took " + nanos / 1e9 + " s");
    }
    Figure.print(
        "SavedModel %s: %,d broken models, of which %,d passed the checks", name, COUNT, passed);
    assertTrue(passed > 0 && passed < COUNT, "some are sound, some are not: " + passed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "convolutional", "python"})
  void tensorflowSurvivesThem(String name) throws IOException, InterruptedException {
    Frozen.model(name, folder.resolve("model"));
    long from = SEED * COUNT;
    int worked = OtherProcess.run(HostileModels.class, from, from + TENSORFLOW, folder);
    Figure.print(
        "SavedModel %s: %,d broken models in TensorFlow, of which %,d worked",
        name, TENSORFLOW, worked);
    assertTrue(worked > 0 && worked < TENSORFLOW, "some work, some do not: " + worked);
  }
}
