package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Figure;
import org.vaetf.testing.OtherProcess;

/**
 * Checkpoints that are broken or forged: each is restored, or refused in one line, and TensorFlow
 * survives them. The properties {@code vaetf.fuzz} and {@code vaetf.fuzz.seed} say how many and
 * which.
 */
@Tag("slow")
class HostileCheckpointsTest {
  private static final int COUNT = Integer.getInteger("vaetf.fuzz", 20_000);
  private static final long SEED = Long.getLong("vaetf.fuzz.seed", 1);

  @TempDir Path folder;

  @Test
  void areRestoredOrRefused() throws IOException, InterruptedException {
    HostileCheckpoints.train(folder.resolve("run"));
    long from = SEED * COUNT;
    int restored = OtherProcess.run(HostileCheckpoints.class, from, from + COUNT, folder);
    Figure.print("checkpoint: %,d broken checkpoints, of which %,d were restored", COUNT, restored);
    assertTrue(restored > 0 && restored < COUNT, "some are whole, some are not: " + restored);
  }
}
