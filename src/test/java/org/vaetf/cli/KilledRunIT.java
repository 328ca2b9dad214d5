package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at random moments and resumed each time ends in the bytes of one that nobody
 * disturbed. The property {@code vaetf.kills} says how often (20), {@code vaetf.kill.seed} when.
 */
@Tag("slow")
class KilledRunIT {
  private static final String JAR = System.getProperty("vaetf.jar");
  private static final int KILLS = Integer.getInteger("vaetf.kills", 20);

  /** Fewer options would leave some state out: drawn binarization, a schedule with a memory. */
  private static final List<String> TRAIN =
      List.of(
          ("train --data shapes:count=2000,size=16 --binarize stochastic --hidden 64 --latent 3"
                  + " --epochs 40 --schedule plateau --schedule-patience 1 --warm-up 2"
                  + " --checkpoint-every 7steps --keep-checkpoints 3")
              .split(" "));

  @TempDir Path folder;

  @Test
  void endsInTheBytesOfOneThatNobodyDisturbed() throws Exception {
    long seed = Long.getLong("vaetf.kill.seed", System.nanoTime());
    System.out.println("KilledRunIT: vaetf.kill.seed=" + seed);
    Random random = new Random(seed);
    long begun = System.nanoTime();
    assertEquals(0, train("whole").waitFor());
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    int killed = 0;
    int tries = 0;
    while (killed < KILLS && tries++ < 10 * KILLS) {
      Process process = train("killed");
      if (process.waitFor(1 + random.nextInt((int) whole), TimeUnit.MILLISECONDS)) {
        // It came to its end, and resuming ends at once from now on: kill a fresh one instead.
        assertEquals(0, process.exitValue(), said());
        assertSameRun();
        delete(folder.resolve("killed"));
      } else {
        process.destroyForcibly().waitFor();
        killed++;
      }
    }
    assertEquals(KILLS, killed);
    assertEquals(0, train("killed").waitFor(), said());
    assertSameRun();
  }

  private Process train(String name) throws IOException {
    Path run = folder.resolve(name);
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-jar", JAR));
    command.addAll(TRAIN);
    // A run that was killed before it had written its configuration has nothing to go on from.
    command.addAll(
        Files.exists(run.resolve("config.json"))
            ? List.of("--resume", run.toString())
            : List.of("--out", run.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private void assertSameRun() throws IOException {
    assertEquals(metrics(folder.resolve("whole")), metrics(folder.resolve("killed")));
    for (String part : List.of("saved_model", "checkpoints")) {
      Map<String, byte[]> expected = files(folder.resolve("whole").resolve(part));
      Map<String, byte[]> found = files(folder.resolve("killed").resolve(part));
      assertTrue(expected.size() > 1, part);
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }
  }

  /** Without the seconds that an epoch took. */
  private static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(line -> line.replaceFirst("^(\\d+,\\d+),[^,]+,", "$1,"))
        .toList();
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
