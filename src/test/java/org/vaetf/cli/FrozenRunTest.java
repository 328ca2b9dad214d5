package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Frozen;

/** A run that an earlier version began goes on. */
class FrozenRunTest {
  @TempDir Path folder;

  @Test
  void goesOnForAnotherEpoch() throws IOException {
    Path run = Frozen.run(folder.resolve("run"));
    List<String> before = Files.readAllLines(run.resolve("metrics.csv"));
    CommandLine.done("train", "--resume", run, "--epochs", 3);
    List<String> after = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(before, after.subList(0, before.size()), "the epochs that it had");
    assertEquals(before.size() + 1, after.size(), "and one more");
    assertTrue(after.get(before.size()).startsWith("3,"), after.get(before.size()));
    CommandLine info = CommandLine.done("info", "--model", run);
    assertTrue(info.out().contains("vae"), info.out());
  }
}
