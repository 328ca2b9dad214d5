package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as people run it: a process with exit status, standard output and error. */
class JarIT {
  private static final String DATA = "shapes:count=300,size=12";
  private static final String JAR = System.getProperty("vaetf.jar");

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private Process start(String... words) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(System.getProperty("java.home") + "/bin/java", "-jar", JAR),
                Stream.of(words))
            .toList();
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private Result end(Process process) throws IOException, InterruptedException {
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still runs");
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private Result run(String... words) throws IOException, InterruptedException {
    return end(start(words));
  }

  @Test
  void modelsAreListedWithoutASoundOnStandardError() throws Exception {
    Result result = run("models");
    assertEquals(new Result(0, result.out(), ""), result);
    assertTrue(result.out().contains("beta-vae"));
  }

  @Test
  void aTrainedModelSamplesAndNothingButOurLinesIsSaid() throws Exception {
    Result train = run("train", "--data", DATA, "--epochs", "2", "--latent", "2", "--hidden", "16");
    assertEquals(0, train.status(), train.err());
    List<String> lines = train.err().lines().toList();
    assertEquals(4, lines.size(), train.err());
    assertTrue(lines.get(0).startsWith("training vae on shapes"), train.err());
    assertTrue(lines.get(1).startsWith("grey Bernoulli: "), train.err());
    assertTrue(lines.get(2).startsWith("epoch 1/2  loss "), train.err());
    Path runs = folder.resolve("runs");
    try (Stream<Path> made = Files.list(runs)) {
      String run = runs.relativize(made.findFirst().orElseThrow()).toString();
      assertTrue(run.matches("vae-shapes-\\d{8}-\\d{6}"), run);
      Result sample = run("sample", "--model", "runs/" + run, "--count", "3", "--seed", "1");
      assertEquals(new Result(0, sample.out(), ""), sample);
      assertEquals(4, sample.out().lines().count());
    }
  }

  @Test
  void failuresHaveTheirStatusAndOneLine() throws Exception {
    Result usage = run("train", "--beta", "-1");
    assertEquals(
        new Result(2, "", "vae-tf: --beta is -1; expected 0 or a number above 0\n"), usage);
    Result unfit = run("train", "--data", "shapes:count=20,size=8", "--batch", "100");
    assertEquals(2, unfit.status(), unfit.err());
    try (Stream<Path> made = Files.list(folder.resolve("runs"))) {
      assertEquals(List.of(), made.toList());
    }
    Result failed = run("sample", "--model", "none");
    assertEquals(1, failed.status());
    assertEquals(1, failed.err().lines().count(), failed.err());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without a signal")
  void aSignalStopsTheRunWhichSavesAndGoesOn() throws Exception {
    Process process =
        start("train", "--data", DATA, "--epochs", "100000", "--hidden", "16", "--out", "run");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(folder.resolve("run/checkpoints")) && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    process.destroy();
    Result interrupted = end(process);
    assertEquals(130, interrupted.status(), interrupted.err());
    assertEquals("", interrupted.out());
    assertTrue(
        interrupted
            .err()
            .endsWith(
                "interrupted; all is saved; go on with: java -jar "
                    + JAR
                    + " train --resume run\n"),
        interrupted.err());
    String last =
        interrupted.err().lines().filter(line -> line.startsWith("epoch ")).toList().stream()
            .reduce("", (a, b) -> b);
    int epochs = last.isEmpty() ? 0 : Integer.parseInt(last.substring(6, last.indexOf('/')));
    Result resumed = run("train", "--resume", "run", "--epochs", String.valueOf(epochs + 1));
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.out().startsWith("finished after " + (epochs + 1)), resumed.out());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without a signal")
  void aSignalLeavesNoHalfWrittenFile() throws Exception {
    Result train =
        run("train", "--data", DATA, "--epochs", "1", "--hidden", "16", "--out", "run", "--quiet");
    assertEquals(0, train.status(), train.err());
    Process process = start("sample", "--model", "run", "--count", "100000000", "--out", "z.npy");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (names().size() < 4 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertEquals(4, names().size(), () -> "no output begun: " + names());
    process.destroy();
    Result ended = end(process);
    assertEquals(143, ended.status(), ended.err());
    assertEquals("", ended.err());
    assertEquals(List.of("err", "out", "run"), names());
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
