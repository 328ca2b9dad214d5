package org.vaetf.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run leaves, to be compared with what another leaves. */
public final class RunFiles {
  private RunFiles() {}

  /** The same model, newest checkpoint and metrics; how long an epoch took may differ. */
  public static void assertSame(Path expected, Path found) {
    assertSameBytes(expected.resolve("saved_model"), found.resolve("saved_model"));
    assertSameBytes(newestCheckpoint(expected), newestCheckpoint(found));
    assertEquals(metricsWithoutSeconds(expected), metricsWithoutSeconds(found), found.toString());
  }

  /** The same, with the same other checkpoints. */
  public static void assertSameCheckpointsToo(Path expected, Path found) {
    assertSame(expected, found);
    assertSameBytes(expected.resolve("checkpoints"), found.resolve("checkpoints"));
  }

  private static Path newestCheckpoint(Path run) {
    Path checkpoints = run.resolve("checkpoints");
    List<String> names = names(checkpoints);
    return checkpoints.resolve(names.get(names.size() - 1));
  }

  /** The same files in a folder. */
  public static void assertSameBytes(Path expected, Path found) {
    Map<String, byte[]> bytes = bytes(expected);
    Map<String, byte[]> foundBytes = bytes(found);
    assertFalse(bytes.isEmpty(), "nothing to compare in " + expected);
    assertEquals(bytes.keySet(), foundBytes.keySet(), found.toString());
    bytes.forEach(
        (name, value) -> assertArrayEquals(value, foundBytes.get(name), found + "/" + name));
  }

  /** The lines of a run's metrics, but for the column that says how long an epoch took. */
  public static List<String> metricsWithoutSeconds(Path run) {
    try (Stream<String> lines = Files.lines(run.resolve("metrics.csv"))) {
      return lines.map(line -> line.replaceFirst("^(\\d+,\\d+),[^,]+,", "$1,")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of a folder, its bytes by relative path. */
  public static Map<String, byte[]> bytes(Path folder) {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** The names in a folder, in order. */
  public static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
