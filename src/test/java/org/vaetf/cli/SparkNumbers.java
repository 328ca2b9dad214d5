package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tables of Spark beside those of the plain commands. */
final class SparkNumbers {
  private SparkNumbers() {}

  /** A file and a folder of parts have the same header and, to the bit, the same numbers. */
  static void assertSame(Path expected, Path found) throws IOException {
    List<String> lines = Files.readAllLines(expected);
    List<String> others = table(found);
    assertEquals(lines.get(0), others.get(0));
    assertEquals(lines.size(), others.size());
    for (int i = 1; i < lines.size(); i++) {
      String[] numbers = lines.get(i).split(",", -1);
      String[] other = others.get(i).split(",", -1);
      assertEquals(numbers.length, other.length);
      for (int j = 0; j < numbers.length; j++) {
        assertEquals(Float.parseFloat(numbers[j]), Float.parseFloat(other[j]), found + ":" + i);
      }
    }
  }

  /** The parts in order, under one header. */
  private static List<String> table(Path folder) throws IOException {
    List<String> all = new ArrayList<>();
    for (Path part : parts(folder)) {
      List<String> lines = Files.readAllLines(part);
      all.addAll(all.isEmpty() ? lines : lines.subList(1, lines.size()));
    }
    return all;
  }

  static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
