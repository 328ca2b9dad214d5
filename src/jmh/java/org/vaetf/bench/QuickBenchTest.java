package org.vaetf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.Formats;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;

/**
 * Every benchmark runs and scores a positive number. How fast is not judged: runs this short,
 * inside a JVM that measures coverage, cannot tell. With the property {@code bench.full}, a regular
 * expression, the benchmarks that it finds are run for long, in JVMs of their own.
 */
@Tag("slow")
class QuickBenchTest {
  private static final RowShape SHAPE = RowShape.of(8, 8, 1);
  private static final int ROWS = 64;

  @TempDir Path folder;

  @Test
  void everyBenchmarkScores() throws RunnerException {
    String full = System.getProperty("bench.full", "");
    Collection<RunResult> results =
        new Runner((full.isEmpty() ? quick() : full(full)).build()).run();
    results.forEach(QuickBenchTest::print);
    assertFalse(results.isEmpty(), "no benchmark was found");
    for (RunResult result : results) {
      assertPositive(result.getPrimaryResult().getScore(), name(result));
    }
  }

  private static ChainedOptionsBuilder quick() {
    // No measurement that another one could spoil.
    System.setProperty("jmh.ignoreLock", "true");
    return new OptionsBuilder()
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .forks(0)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(100))
        .measurementIterations(2)
        .measurementTime(TimeValue.milliseconds(200));
  }

  private static ChainedOptionsBuilder full(String which) {
    return new OptionsBuilder()
        .include(which)
        .shouldFailOnError(true)
        .forks(2)
        // Else it would be this JVM's, the agent that measures coverage among them.
        .jvmArgs("-Xmx2g")
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(2));
  }

  private static void print(RunResult result) {
    System.out.printf(
        Locale.ROOT,
        "%-40s %14.3f %s%n",
        name(result),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreUnit());
  }

  /** {@code StepBenchmark.step batch=128}. */
  private static String name(RunResult result) {
    String method = result.getParams().getBenchmark();
    int simple = method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1;
    StringBuilder name = new StringBuilder(method.substring(simple));
    for (String key : result.getParams().getParamsKeys()) {
      name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
    }
    return name.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "decode", "encode", "reconstruct"})
  void theContestantTakesATurn(String work) throws Exception {
    List<Map<?, ?>> answers = answers(spec(work));
    assertEquals(2, answers.size(), answers::toString);
    assertEquals(true, answers.get(0).get("ready"));
    assertPositive(answers.get(0).get("weights"), "weights");
    Map<?, ?> turn = answers.get(1);
    assertPositive(turn.get("rows"), "rows");
    assertPositive(turn.get("seconds"), "seconds");
    if (work.equals("train")) {
      assertPositive(turn.get("loss"), "loss");
    } else {
      assertPositive(turn.get("median_us"), "median_us");
    }
    System.out.println("contestant, " + work + ": " + turn);
  }

  @Test
  void theContestantTracesAStep() throws Exception {
    List<Map<?, ?>> answers = answers(spec("trace"));
    assertEquals(1, answers.size(), answers::toString);
    assertPositive(answers.get(0).get("step_us"), "step_us");
    Map<?, ?> operations = (Map<?, ?>) answers.get(0).get("operations");
    List<?> adam = (List<?>) operations.get("ApplyAdam");
    assertPositive(adam.get(0), "µs of Adam");
    assertEquals(8, ((Number) adam.get(1)).doubleValue(), 1e-9, "weights");
  }

  @Test
  void theContestantTakesItsFirstStep() throws Exception {
    List<Map<?, ?>> answers = answers(spec("first-step"));
    assertEquals(1, answers.size(), answers::toString);
    assertEquals(1, answers.get(0).get("step"));
    assertPositive(answers.get(0).get("loss"), "loss");
  }

  @Test
  void theContestantDrawsItsFirstSample() throws Exception {
    Map<String, Object> spec = spec("first-sample");
    spec.put("model", Path.of("saved_models", "mnist-2d").toAbsolutePath().toString());
    List<Map<?, ?>> answers = answers(spec);
    assertEquals(1, answers.size(), answers::toString);
    List<?> sample = (List<?>) answers.get(0).get("sample");
    assertEquals(28 * 28, sample.size());
    sample.forEach(pixel -> assertTrue(((Number) pixel).doubleValue() >= 0, sample::toString));
  }

  private Map<String, Object> spec(String work) throws IOException {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("work", work);
    spec.put("variant", "");
    spec.put("network", Map.of("kind", "dense", "hidden", List.of(16)));
    spec.put("latent", 2);
    spec.put("shape", SHAPE.dimensions());
    spec.put("batch", 16);
    spec.put("samples", 1);
    spec.put("learning_rate", 0.001);
    spec.put("seed", 1);
    spec.put("threads", 1);
    spec.put("callers", 1);
    spec.put("data", rows().toString());
    spec.put("folder", Files.createDirectory(folder.resolve("work")).toString());
    return spec;
  }

  private Path rows() {
    Path file = folder.resolve("rows.npy");
    Random random = new Random(1);
    float[] values = new float[ROWS * SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    try (RowWriter writer = Formats.writer(file, RowFormat.of(SHAPE, DataSet.Encoding.BYTES))) {
      writer.write(new Batch(new Samples(SHAPE, values), Optional.empty()));
      writer.commit();
    }
    return file;
  }

  /** What a contestant says that is asked for one short turn. */
  private List<Map<?, ?>> answers(Map<String, Object> spec) throws Exception {
    Path in = Files.writeString(folder.resolve("in"), "{\"seconds\": 0.1}\n");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process contestant =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Contestant.class.getName(),
                Json.writeLine(spec))
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(contestant.waitFor(3, TimeUnit.MINUTES), "the contestant still runs");
    } finally {
      contestant.destroyForcibly();
    }
    assertEquals(0, contestant.exitValue(), Files.readString(err));
    return Files.readAllLines(out).stream()
        .<Map<?, ?>>map(line -> Json.read("answer", line, Map.class))
        .toList();
  }

  private static void assertPositive(Object number, String what) {
    double value = ((Number) number).doubleValue();
    assertTrue(value > 0 && Double.isFinite(value), () -> what + " is " + value);
  }
}
