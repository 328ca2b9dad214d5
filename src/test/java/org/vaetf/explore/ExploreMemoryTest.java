package org.vaetf.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.data.DataSet;
import org.vaetf.data.Shapes;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Frozen;

/** Nothing is left behind by requests, nor by servers that are closed. */
class ExploreMemoryTest {
  /**
   * The tensor of one request's 400 pictures of 64 values left behind each time would be 205 MB.
   */
  private static final int REQUESTS = 2_000;

  /** Java's own heap moves by as much. */
  private static final double MOST_GROWTH_MB = 48;

  @TempDir Path folder;

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("explore"))
        .count();
  }

  @Test
  void closedServersLeaveNoThread() throws Exception {
    try (SavedModelVae vae = SavedModelVae.load(Frozen.model("dense", folder.resolve("model")))) {
      Explorer explorer = Explorer.of(vae);
      long before = threads();
      for (int i = 0; i < 5; i++) {
        try (ExploreServer server = ExploreServer.start(explorer, "127.0.0.1", 0, line -> {})) {
          Client client = new Client(server.address());
          client.bytes("/api/decode", Map.of("z", new float[2]));
          assertTrue(threads() > before, "threads are found by their name");
        }
      }
      // The last thread says that it ends a moment before it has ended.
      for (int i = 0; i < 100 && threads() > before; i++) {
        Thread.sleep(20);
      }
      assertEquals(before, threads());
    }
  }

  @Tag("slow")
  @Test
  void requestsLeaveNoMemory() throws Exception {
    try (SavedModelVae vae = SavedModelVae.load(Frozen.model("dense", folder.resolve("model")));
        DataSet data = Shapes.parse("shapes:count=60,size=8")) {
      Explorer explorer = Explorer.of(vae, data);
      float[] pixels = data.slice(0, 1).values();
      long last = Long.MAX_VALUE;
      for (int i = 0; i < 2 * REQUESTS; i++) {
        explorer.sample(new Requests.Sample(i, 400, 1, null));
        if (i % 20 == 0) {
          explorer.encode(new Requests.Encode(pixels, null, 4));
        }
        if (i == REQUESTS || i == 2 * REQUESTS - 1) {
          System.gc();
          long now = Pointer.physicalBytes();
          double grown = (now - last) / 1e6;
          last = now;
          assertTrue(grown < MOST_GROWTH_MB, () -> "grown by " + grown + " MB");
        }
      }
    }
  }
}
