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
import org.vaetf.interop.Python;
import org.vaetf.testing.OneLine;

/** The runnable jar under {@code spark-submit}, as PyPI's pyspark brings it. */
class SparkSubmitIT {
  private static final Path MODEL = Path.of("saved_models", "mnist-2d").toAbsolutePath();
  private static final Path JAR = Path.of(System.getProperty("vaetf.jar"));

  @TempDir Path folder;

  private record Ended(int status, String out, List<String> err) {}

  private Ended submit(String... words) throws IOException, InterruptedException {
    Path submit = Path.of(Python.require()).resolveSibling("spark-submit");
    List<String> command =
        new ArrayList<>(
            List.of(
                submit.toString(),
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                "org.vaetf.cli.SparkMain",
                JAR.toString()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile("spark", ".out");
    Path err = Files.createTempFile("spark", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PYSPARK_PYTHON", Python.require());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> command + " takes too long");
    Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readAllLines(err));
    Files.delete(out);
    Files.delete(err);
    return ended;
  }

  private void job(String... words) throws Exception {
    Ended ended = submit(words);
    assertEquals(0, ended.status(), () -> String.join("\n", ended.err()));
    assertFalse(ended.err().stream().anyMatch(line -> line.contains(" INFO ")), ended::toString);
    assertTrue(
        ended.err().stream().anyMatch(line -> line.matches(words[0] + ": \\d+ rows in, .*")),
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

  /** The same numbers to the bit, in the same columns. */
  private void assertNumbers(String expected, String found) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(expected));
    List<String> others = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(found))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        List<String> part = Files.readAllLines(file);
        others.addAll(others.isEmpty() ? part : part.subList(1, part.size()));
      }
    }
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
}
