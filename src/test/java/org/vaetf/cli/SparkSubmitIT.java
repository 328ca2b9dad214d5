package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.interop.SparkSubmit;
import org.vaetf.testing.OneLine;

/** The runnable jar under {@code spark-submit}, as PyPI's pyspark brings it. */
class SparkSubmitIT {
  private static final Path MODEL = Path.of("saved_models", "mnist-2d").toAbsolutePath();
  private static final Path JAR = Path.of(System.getProperty("vaetf.jar"));

  @TempDir Path folder;

  private record Ended(int status, String out, List<String> err) {}

  private Ended submit(String... words) throws IOException, InterruptedException {
    return submitTo("local[2]", words);
  }

  private Ended submitTo(String master, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("--class", "org.vaetf.cli.SparkMain", JAR.toString()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile("spark", ".out");
    Path err = Files.createTempFile("spark", ".err");
    Process process =
        SparkSubmit.of(master, command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> command + " takes too long");
    Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readAllLines(err));
    Files.delete(out);
    Files.delete(err);
    return ended;
  }

  private void job(String... words) throws Exception {
    assertDone(submit(words), words[0]);
  }

  private static void assertDone(Ended ended, String job) {
    assertEquals(0, ended.status(), () -> String.join("\n", ended.err()));
    assertFalse(ended.err().stream().anyMatch(line -> line.contains(" INFO ")), ended::toString);
    assertTrue(
        ended.err().stream().anyMatch(line -> line.matches(job + ": \\d+ rows in, .*")),
        ended::toString);
  }

  private void plain(String... words) throws Exception {
    JarProcess.Ended ended = JarProcess.start(folder, words).end();
    assertEquals(0, ended.status(), ended.err());
  }

  @Test
  void everyOperationGivesTheNumbersOfOneMachine() throws Exception {
    String model = MODEL.toString();
    plain("sample", "--model", model, "--count", "120", "--seed", "3", "--out", "rows.csv");
    plain("sample", "--model", model, "--count", "120", "--seed", "3", "--out", "images");

    job(
        "sample",
        "--model",
        model,
        "--count",
        "120",
        "--seed",
        "3",
        "--partitions",
        "1",
        "--out",
        "sampled.csv");
    assertNumbers("rows.csv", "sampled.csv");

    plain("encode", "--model", model, "--in", "images", "--out", "codes.csv");
    job(
        "encode",
        "--model",
        model,
        "--in",
        "images",
        "--in-format",
        "images",
        "--keep",
        "",
        "--partitions",
        "1",
        "--out",
        "codes-spark.csv");
    assertNumbers("codes.csv", "codes-spark.csv");

    plain("encode", "--model", model, "--in", "rows.csv", "--out", "codes.csv");
    job("encode", "--model", model, "--in", "rows.csv", "--out", "codes.parquet");
    plain("decode", "--model", model, "--in", "codes.csv", "--out", "decoded.csv");
    job(
        "decode",
        "--model",
        model,
        "--in",
        "codes.parquet",
        "--keep",
        "",
        "--out",
        "decoded-spark.csv");
    assertNumbers("decoded.csv", "decoded-spark.csv");

    plain("reconstruct", "--model", model, "--in", "rows.csv", "--out", "again.csv");
    job("reconstruct", "--model", model, "--in", "rows.csv", "--out", "again-spark.csv");
    assertNumbers("again.csv", "again-spark.csv");

    String[] draws = {"--samples", "3", "--seed", "5"};
    plain(with(draws, "score", "--model", model, "--in", "rows.csv", "--out", "scores.csv"));
    job(with(draws, "score", "--model", model, "--in", "rows.csv", "--out", "scores-spark.csv"));
    assertNumbers("scores.csv", "scores-spark.csv");
  }

  /** What lies in the driver's memory or on its disk alone would be missed here. */
  @Test
  void executorsInProcessesOfTheirOwnAreGivenTheModel() throws Exception {
    plain(
        "sample", "--model", MODEL.toString(), "--count", "40", "--seed", "3", "--out", "rows.csv");
    Path model = folder.resolve("model");
    plain("zoo", "mnist-2d", "--out", model.toString());
    String[] job = {
      "sample", "--model", "model", "--count", "40", "--seed", "3", "--out", "sampled.csv"
    };
    assertDone(submitTo("local-cluster[2,1,1024]", job), "sample");
    assertNumbers("rows.csv", "sampled.csv");
  }

  private void assertNumbers(String expected, String found) throws IOException {
    SparkNumbers.assertSame(folder.resolve(expected), folder.resolve(found));
  }

  private static String[] with(String[] more, String... words) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void failuresHaveTheirStatusAndOneLine() throws Exception {
    Ended missing =
        submit("encode", "--model", MODEL.toString(), "--in", "none.csv", "--out", "codes.csv");
    assertEquals(1, missing.status());
    assertOurs("vae-tf: none.csv: does not exist; check the path", missing);
    Files.writeString(folder.resolve("short.csv"), "a,b\n1,2\n");
    Ended unfit =
        submit("encode", "--model", MODEL.toString(), "--in", "short.csv", "--out", "codes.csv");
    assertEquals(1, unfit.status());
    assertOurs(
        "vae-tf: short.csv: row 0 of partition 0 holds 2 numbers; expected 784, as the model was"
            + " fitted to rows of shape [28, 28, 1]",
        unfit);
    Ended usage = submit("encode", "--inn", "x");
    assertEquals(2, usage.status());
    assertFalse(Files.exists(folder.resolve("codes.csv")));
    Ended alone = alone();
    assertEquals(1, alone.status());
    OneLine.assertBegins(
        "vae-tf: Spark is not on the class path; run this by spark-submit, …",
        String.join("\n", alone.err()));
  }

  private static void assertOurs(String line, Ended ended) {
    List<String> ours = ended.err().stream().filter(l -> l.startsWith("vae-tf:")).toList();
    assertEquals(List.of(line), ours);
    assertFalse(ended.err().stream().anyMatch(l -> l.startsWith("\tat ")), ended::toString);
  }

  private Ended alone() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                JAR.toString(),
                "org.vaetf.cli.SparkMain",
                "encode")
            .start();
    List<String> err = process.errorReader().lines().toList();
    return new Ended(process.waitFor(), "", err);
  }
}
