package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar alone has the models: in an empty folder, with no checkout around. */
class ZooIT {
  @TempDir Path folder;

  @Test
  void theJarHasTheModelsAndLeavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    JarProcess.Ended drawn = run(temporary, "sample", "zoo:mnist-2d", "jar.npy");
    assertEquals(0, drawn.status(), drawn.err());
    assertEquals(Set.of(), Set.of(temporary.toFile().list()), "temporary files");
    Path checkout = Path.of("saved_models", "mnist-2d").toAbsolutePath();
    JarProcess.Ended other = run(temporary, "sample", checkout.toString(), "checkout.npy");
    assertEquals(0, other.status(), other.err());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("checkout.npy")),
        Files.readAllBytes(folder.resolve("jar.npy")));
  }

  @Test
  void noRoomToUnpackIsOneLine() throws Exception {
    Path none = folder.resolve("none");
    JarProcess.Ended ended = run(none, "sample", "zoo:mnist-2d", "out.npy");
    assertEquals(Main.FAILED, ended.status(), ended.err());
    assertEquals(1, ended.err().lines().count(), ended.err());
    assertTrue(ended.err().startsWith("vae-tf: " + none + ": cannot be written ("), ended.err());
  }

  private JarProcess.Ended run(Path temporary, String command, String model, String out)
      throws Exception {
    return JarProcess.start(
            folder,
            List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"),
            Map.of(),
            List.of(command, "--model", model, "--count", "3", "--out", out, "--quiet"))
        .end();
  }
}
