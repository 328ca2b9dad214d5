package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All works, in folders and files of any name, give the bytes that they give in a plain one. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "such names cannot be made there")
class StrangePathsTest {
  @TempDir static Path folder;

  private static Map<String, byte[]> plain;

  @BeforeAll
  static void inAPlainFolder() {
    plain = work(folder.resolve("plain"), "rows", "run");
    assertEquals(8, plain.size(), plain.keySet().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's \"quoted\" $HOME `id` $(id);&|<>!",
        "[a-z]*{b,c}?\\",
        " 100% #1 ?x=y&z:@+, ",
        "--out=x",
        "~",
        "new\nline\ttab",
        "éüß ı İ e\u0301 漢字 😀 עברית العربية"
      })
  void givesTheSame(String name) {
    assertSame(work(folder.resolve("in " + name).resolve(name), name, name + "-run"));
  }

  /** 3,000 characters in all; the system's calls take 4,095. */
  @Test
  void aLongPathGivesTheSame() {
    String deep =
        IntStream.range(0, 12).mapToObj(i -> "d".repeat(240)).collect(Collectors.joining("/"));
    assertSame(work(folder.resolve(deep), "rows", "run"));
  }

  /** 255 bytes with the ending; the run has no ending. */
  @Test
  void theLongestNamesGiveTheSame() {
    assertSame(work(folder.resolve("long"), "x".repeat(251), "漢".repeat(85)));
  }

  private static void assertSame(Map<String, byte[]> found) {
    assertEquals(plain.keySet(), found.keySet());
    plain.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  /** Writes rows, trains, goes on, and uses the model, all below one folder. */
  private static Map<String, byte[]> work(Path place, String rowsName, String runName) {
    Path rows = place.resolve(rowsName + ".idx");
    Path run = place.resolve(runName);
    CommandLine.done("sample", "--model", TinyRuns.vae(), "--count", 30, "--out", rows);
    CommandLine.done(
        "train",
        "--data",
        rows,
        "--epochs",
        1,
        "--batch",
        10,
        "--latent",
        2,
        "--hidden",
        4,
        "--out",
        run);
    CommandLine.done("train", "--resume", run, "--epochs", 2);
    CommandLine.done("sample", "--model", run, "--count", 3, "--out", place.resolve("samples.npz"));
    Path codes = place.resolve(rowsName + ".csv");
    CommandLine.done("encode", "--model", run, "--in", rows, "--out", codes);
    CommandLine.done(
        "reconstruct",
        "--model",
        run.resolve("saved_model"),
        "--in",
        rows,
        "--out",
        place.resolve("rows.npy"));
    CommandLine.done("sample", "--model", run, "--count", 2, "--out", place.resolve("z.csv"));
    CommandLine.done("sample", "--model", run, "--count", 2, "--out", place.resolve("images"));
    CommandLine.done("manifold", "--model", run, "--out", place.resolve("manifold.png"));
    CommandLine.done("evaluate", "--model", run);
    Map<String, byte[]> bytes = new TreeMap<>();
    try {
      bytes.put("rows", Files.readAllBytes(rows));
      bytes.put("codes", Files.readAllBytes(codes));
      bytes.put("graph", Files.readAllBytes(run.resolve("saved_model/saved_model.pb")));
      for (String name : List.of("samples.npz", "rows.npy", "z.csv", "manifold.png")) {
        bytes.put(name, Files.readAllBytes(place.resolve(name)));
      }
      try (Stream<Path> images = Files.list(place.resolve("images"))) {
        bytes.put("image", Files.readAllBytes(images.sorted().findFirst().orElseThrow()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** One byte more than there may be: the message is one line. */
  @Test
  void aNameTooLongIsOneLine() {
    Path tooLong = folder.resolve("y".repeat(256));
    CommandLine line =
        CommandLine.run(
            "sample", "--model", TinyRuns.vae(), "--count", 1, "--out", tooLong + ".csv");
    assertEquals(Main.FAILED, line.status());
    assertEquals(1, line.errLines().size(), line.err());
    assertTrue(line.err().contains("cannot be written"), line.err());
  }
}
