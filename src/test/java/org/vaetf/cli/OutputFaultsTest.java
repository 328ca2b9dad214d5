package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.testing.FileSizeLimit;

/** Every command that writes rows, to a place that cannot take them. */
@Tag("slow")
class OutputFaultsTest {
  private static final List<String> TABLES = List.of(".npy", ".csv");
  private static final List<String> IMAGES = List.of(".npy", ".csv", ".png");
  private static final List<String> ALL =
      List.of(".npy", ".npz", ".csv", ".idx", ".idx.gz", ".png", "");

  /** Options of a command, and the endings that are tried; $ is the folder. */
  private record Work(String options, List<String> endings) {}

  private static final Map<String, Work> COMMANDS =
      new TreeMap<>(
          Map.of(
              "sample", new Work("--count 9", ALL),
              "encode", new Work("", TABLES),
              "decode", new Work("--in $/codes.csv", IMAGES),
              "reconstruct", new Work("", IMAGES),
              "score", new Work("", TABLES),
              "fit-sampler", new Work("--kind prior", List.of("")),
              "manifold", new Work("--count 4", IMAGES),
              "interpolate", new Work("--rows 0,1", IMAGES),
              "plot", new Work("--kind loss", List.of(".png")),
              "report", new Work("", List.of(".html"))));

  private final Path model = TinyRuns.vae();

  @TempDir Path folder;

  @Test
  void noCommandIsLeftOut() {
    Set<String> writing =
        Commands.ALL.stream()
            .filter(command -> command.options().contains(CliOption.OUT))
            .map(Command::name)
            .filter(name -> !Set.of("train", "compare", "zoo").contains(name))
            .collect(Collectors.toSet());
    assertEquals(writing, COMMANDS.keySet());
  }

  static Stream<String> places() {
    return COMMANDS.entrySet().stream()
        .flatMap(
            command -> command.getValue().endings().stream().map(e -> command.getKey() + " " + e));
  }

  @ParameterizedTest
  @MethodSource("places")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  @SuppressWarnings("try") // The limit is held, not used.
  void aFullDiskLeavesTheOldFile(String place) throws IOException {
    String command = place.substring(0, place.indexOf(' '));
    Path out = folder.resolve("out" + place.substring(place.indexOf(' ') + 1));
    Files.writeString(folder.resolve("codes.csv"), "a,b\n0,1\n1,0\n");
    if (place.endsWith(" ")) {
      Files.createDirectory(out);
    } else {
      Files.writeString(out, "old");
    }
    CommandLine result;
    try (FileSizeLimit limit = FileSizeLimit.of(20)) {
      result = CommandLine.run(words(command, out));
    }
    assertEquals(
        new CommandLine(
            Main.FAILED,
            "",
            "vae-tf: "
                + out
                + ": cannot be written (File too large); make room there or choose another place\n"),
        result);
    assertEquals(Set.of("codes.csv", out.getFileName().toString()), Set.of(folder.toFile().list()));
    if (Files.isDirectory(out)) {
      assertEquals(0, out.toFile().list().length);
    } else {
      assertEquals("old", Files.readString(out));
    }
  }

  private Object[] words(String command, Path out) {
    List<Object> words = new ArrayList<>(List.of(command, "--model", model, "--out", out));
    String options = COMMANDS.get(command).options();
    Arrays.stream(options.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.replace("$", folder.toString()))
        .forEach(words::add);
    return words.toArray();
  }

  @Test
  void inputThatFailsHalfwayLeavesTheOldFile() throws IOException {
    Path codes = folder.resolve("codes.csv");
    Files.writeString(codes, "a,b\n" + "0,1\n".repeat(5000) + "0,x\n");
    Path out = folder.resolve("out.npy");
    Files.writeString(out, "old");
    CommandLine result = CommandLine.run(words("decode", out));
    assertEquals(Main.FAILED, result.status());
    assertTrue(result.err().startsWith("vae-tf: " + codes + ":5002:2: "), result.err());
    assertEquals("old", Files.readString(out));
    assertEquals(Set.of("codes.csv", "out.npy"), Set.of(folder.toFile().list()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatTakesNothing() throws IOException {
    List<Path> places = new ArrayList<>(List.of(Path.of("/proc")));
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false));
    if (!Files.isWritable(locked)) {
      // For root it stays writable.
      places.add(locked);
    }
    for (Path place : places) {
      refuses(place, "sample", "--model", model, "--out", place.resolve("a.npy"));
      refuses(place, "sample", "--model", model, "--out", place.resolve("a.png"));
      refuses(place, "sample", "--model", model, "--out", place.resolve("a"));
      refuses(
          place,
          "train",
          "--data",
          TinyRuns.SHAPES,
          "--batch",
          9,
          "--quiet",
          "--out",
          place.resolve("a"));
    }
    assertTrue(locked.toFile().setWritable(true));
  }

  private static void refuses(Path place, Object... words) {
    CommandLine result = CommandLine.run(words);
    assertEquals(Main.FAILED, result.status());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(
        result.err().startsWith("vae-tf: " + place + "/a")
            && result.err().contains(": cannot be written ("),
        result.err());
  }

  /** Standard output whose reader ends after some bytes. */
  private static PrintStream closing(int after) {
    OutputStream pipe =
        new OutputStream() {
          private int taken;

          @Override
          public void write(int value) throws IOException {
            if (taken++ >= after) {
              throw new IOException("Broken pipe");
            }
          }
        };
    return new PrintStream(pipe, true, StandardCharsets.UTF_8);
  }

  private static void noticesThatNobodyReads(int after, Object... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            Arrays.stream(words).map(String::valueOf).toArray(String[]::new),
            closing(after),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals(
        "vae-tf: standard output: takes no more: what reads it has ended, or its disk is full; ask"
            + " for less, or make room\n",
        err.toString(StandardCharsets.UTF_8));
    assertEquals(Main.FAILED, status);
  }

  @Test
  @Timeout(120)
  void workEndsWhenNobodyReadsItsRows() {
    // Would take hours.
    noticesThatNobodyReads(10_000, "sample", "--model", model, "--count", 1_000_000_000, "--quiet");
  }

  @Test
  void shortResultsThatNobodyTookAreAFailureToo() {
    noticesThatNobodyReads(10, "models");
    noticesThatNobodyReads(10, "--version");
    noticesThatNobodyReads(10, "evaluate", "--model", model, "--samples", 1);
  }
}
