package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.testing.Figure;
import org.vaetf.testing.RunFiles;

/** The runnable jar as people run it: a process with exit status, standard output and error. */
class JarIT {
  private static final Pattern EPOCH_DONE =
      Pattern.compile("(?m)^[-0-9]{10} [:0-9]{8}  epoch (\\d+)/\\d+, step ");
  private static final double MOST_SECONDS_TO_STOP = 5;
  private static final String DATA = "shapes:count=300,size=12";

  @TempDir Path folder;

  private JarProcess start(String... words) throws IOException {
    return JarProcess.start(folder, words);
  }

  private JarProcess.Ended run(String... words) throws IOException, InterruptedException {
    return start(words).end();
  }

  @Test
  void modelsAreListedWithoutASoundOnStandardError() throws Exception {
    JarProcess.Ended result = run("models");
    assertEquals(new JarProcess.Ended(0, result.out(), ""), result);
    assertTrue(result.out().contains("beta-vae"));
  }

  @Test
  void aTrainedModelSamplesAndNothingButOurLinesIsSaid() throws Exception {
    JarProcess.Ended train =
        run("train", "--data", DATA, "--epochs", "2", "--latent", "2", "--hidden", "16");
    assertEquals(0, train.status(), train.err());
    List<String> lines = train.err().lines().toList();
    assertEquals(4, lines.size(), train.err());
    assertTrue(lines.get(0).startsWith("training vae on shapes"), train.err());
    assertTrue(lines.get(1).startsWith("grey Bernoulli: "), train.err());
    assertTrue(lines.get(2).contains("  epoch 1/2, step 3  loss "), train.err());
    Path runs = folder.resolve("runs");
    try (Stream<Path> made = Files.list(runs)) {
      String run = runs.relativize(made.findFirst().orElseThrow()).toString();
      assertTrue(run.matches("vae-shapes-\\d{8}-\\d{6}"), run);
      JarProcess.Ended sample =
          run("sample", "--model", "runs/" + run, "--count", "3", "--seed", "1");
      assertEquals(new JarProcess.Ended(0, sample.out(), ""), sample);
      assertEquals(4, sample.out().lines().count());
    }
  }

  /**
   * Graphs with several decoders or with an adversary: TensorFlow rewrites what it can, silently.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rae-gp", "aae", "piwae"})
  void quietIsQuiet(String preset) throws Exception {
    String[] words = {
      "train", "--quiet", "--preset", preset, "--data", DATA, "--epochs", "1", "--hidden", "16"
    };
    JarProcess.Ended train = run(words);
    assertEquals(new JarProcess.Ended(0, train.out(), ""), train);
  }

  @Test
  void failuresHaveTheirStatusAndOneLine() throws Exception {
    JarProcess.Ended usage = run("train", "--beta", "-1");
    assertEquals(
        new JarProcess.Ended(2, "", "vae-tf: --beta is -1; expected 0 or a number above 0\n"),
        usage);
    JarProcess.Ended unfit = run("train", "--data", "shapes:count=20,size=8", "--batch", "100");
    assertEquals(2, unfit.status(), unfit.err());
    try (Stream<Path> made = Files.list(folder.resolve("runs"))) {
      assertEquals(List.of(), made.toList());
    }
    JarProcess.Ended failed = run("sample", "--model", "none");
    assertEquals(1, failed.status());
    assertEquals(1, failed.err().lines().count(), failed.err());
  }

  /** SIGTERM; Ctrl-C at the size of the README's first run; both within the promised time. */
  @ParameterizedTest
  @ValueSource(
      strings = {"TERM --data shapes:count=300,size=12 --hidden 16", "INT --data mnist-10k"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without a signal")
  void aSignalStopsTheRunWhichSavesAndGoesOn(String how) throws Exception {
    String signal = how.substring(0, how.indexOf(' '));
    String options = how.substring(signal.length());
    JarProcess process = startTraining(options);
    awaitCheckpoint();
    long begun = System.nanoTime();
    send(signal, process);
    JarProcess.Ended interrupted = process.end();
    double seconds = (System.nanoTime() - begun) / 1e9;
    Figure.print("SIG%s: saved and ended within %.1f s", signal, seconds);
    assertTrue(seconds < MOST_SECONDS_TO_STOP, () -> "took " + seconds + " s");
    assertEquals(130, interrupted.status(), interrupted.err());
    assertEquals("", interrupted.out());
    assertTrue(
        interrupted
            .err()
            .endsWith(
                "interrupted; all is saved; go on with: java -jar "
                    + JarProcess.JAR
                    + " train --resume run\n"),
        interrupted.err());
    int epochs =
        EPOCH_DONE.matcher(interrupted.err()).results().toList().stream()
            .reduce(0, (before, line) -> Integer.parseInt(line.group(1)), (x, y) -> y);
    JarProcess.Ended resumed =
        run("train", "--resume", "run", "--epochs", String.valueOf(epochs + 1));
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.out().startsWith("finished after " + (epochs + 1)), resumed.out());
  }

  /** The first one waits for a step that takes for ever. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without a signal")
  void aSecondCtrlCEndsTheRunAtOnceAndTheLastCheckpointIsWhole() throws Exception {
    // A batch is all there is: a step takes ten seconds or so.
    JarProcess process =
        startTraining(
            " --data shapes:count=20000,size=32 --hidden 2000,2000 --batch 18000"
                + " --checkpoint-every 1steps");
    awaitCheckpoint();
    send("INT", process);
    Thread.sleep(1000);
    long begun = System.nanoTime();
    send("INT", process);
    JarProcess.Ended ended = process.end();
    assertEquals(130, ended.status(), ended.err());
    assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(3), "did not end at once");
    assertFalse(ended.err().contains("all is saved"), ended.err());
    JarProcess.Ended resumed = run("train", "--resume", "run", "--epochs", "1");
    assertEquals(0, resumed.status(), resumed.err());
    assertFalse(resumed.err().contains("damaged"), resumed.err());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without a signal")
  void exploreServesUntilASignal() throws Exception {
    JarProcess process =
        start(
            "explore",
            "--model",
            Path.of("saved_models/mnist-2d").toAbsolutePath().toString(),
            "--data",
            "mnist-10k");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (Files.size(process.out()) == 0 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    long begun = System.nanoTime();
    send("TERM", process);
    JarProcess.Ended ended = process.end();
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertTrue(seconds < MOST_SECONDS_TO_STOP, () -> "took " + seconds + " s");
    assertEquals(130, ended.status(), ended.err());
    assertTrue(
        ended.out().matches("http://127\\.0\\.0\\.1:\\d+/\\?token=[0-9a-f]{32}\n"), ended.out());
    assertEquals("1000 rows on the map; Ctrl-C ends it\n", ended.err());
  }

  private JarProcess startTraining(String options) throws IOException {
    // Whoever runs the tests in the background has its children ignore Ctrl-C.
    return JarProcess.startUnder(
        folder,
        OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=INT") : List.of(),
        ("train --epochs 100000 --out run" + options).split(" ", -1));
  }

  private void awaitCheckpoint() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!hasCheckpoint() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertTrue(hasCheckpoint(), "no checkpoint within two minutes");
  }

  private boolean hasCheckpoint() {
    Path checkpoints = folder.resolve("run/checkpoints");
    return Files.exists(checkpoints)
        && RunFiles.names(checkpoints).stream().anyMatch(name -> name.startsWith("step-"));
  }

  private static void send(String signal, JarProcess process) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.process().pid()))
            .start()
            .waitFor();
    assertEquals(0, status, signal);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends a process without a signal")
  void aSignalLeavesNoHalfWrittenFile() throws Exception {
    JarProcess.Ended train =
        run("train", "--data", DATA, "--epochs", "1", "--hidden", "16", "--out", "run", "--quiet");
    assertEquals(0, train.status(), train.err());
    JarProcess process =
        start("sample", "--model", "run", "--count", "100000000", "--out", "z.npy");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (names().size() < 2 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertEquals(2, names().size(), () -> "no output begun: " + names());
    process.process().destroy();
    JarProcess.Ended ended = process.end();
    assertEquals(143, ended.status(), ended.err());
    assertEquals("", ended.err());
    assertEquals(List.of("run"), names());
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
