package org.vaetf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.cli.Main;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSplit;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.SavedModelVae;
import org.vaetf.train.RunFolder;

/** TensorBoard itself reads what a run tells it: numbers, pictures, histograms, the projector. */
class TensorBoardIT {
  private static final String SHAPES = "shapes:count=60,size=8";

  @TempDir Path folder;

  private Path run() {
    return folder.resolve("run");
  }

  private static void train(Object... more) {
    List<String> words =
        new ArrayList<>(List.of("train", "--batch", "20", "--report-every", "2", "--quiet"));
    Stream.of(more).map(String::valueOf).forEach(words::add);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    int status = Main.run(words.toArray(String[]::new), out, out);
    assertEquals(0, status, () -> told.toString(StandardCharsets.UTF_8));
  }

  private void begin(String preset) {
    train(
        "--preset",
        preset,
        "--data",
        SHAPES,
        "--latent",
        2,
        "--hidden",
        8,
        "--epochs",
        2,
        "--out",
        run(),
        "--metric",
        "last");
  }

  @Test
  void aRun() throws Exception {
    Python.require();
    begin("vae");
    check(List.of(3, 6), Map.of("samples", List.of(206, 206), "reconstructions", List.of(206, 50)));
  }

  @Test
  void aConditionalRun() throws Exception {
    Python.require();
    begin("cvae");
    check(List.of(3, 6), Map.of("samples", List.of(76, 544), "reconstructions", List.of(206, 50)));
  }

  /** The process died in the middle of a record, and the next one does its steps again. */
  @Test
  void aRunThatWasCutOff() throws Exception {
    Python.require();
    begin("vae");
    Path metrics = run().resolve("metrics.csv");
    List<String> one = Files.readAllLines(metrics).subList(0, 2);
    for (String subRun : List.of("train", "test")) {
      Path file = eventFile(subRun);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    }
    Path checkpoints = run().resolve("checkpoints");
    removeNewest(checkpoints);
    Files.write(metrics, one, StandardOpenOption.TRUNCATE_EXISTING);
    train("--resume", run(), "--epochs", 3);
    check(
        List.of(3, 6, 9),
        Map.of("samples", List.of(206, 206), "reconstructions", List.of(206, 50)));
  }

  private Path eventFile(String subRun) throws IOException {
    try (Stream<Path> files = Files.list(run().resolve("events").resolve(subRun))) {
      return files
          .filter(file -> file.getFileName().toString().contains("tfevents"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void removeNewest(Path checkpoints) throws IOException {
    try (Stream<Path> all = Files.list(checkpoints)) {
      List<Path> sorted = all.sorted().toList();
      assertTrue(sorted.size() >= 2, "checkpoints: " + sorted);
      AtomicOutput.deleteTree(sorted.get(sorted.size() - 1));
    }
  }

  private void check(List<Integer> looks, Map<String, List<Integer>> pictures) throws Exception {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("looks", looks);
    expected.put("pictures", pictures);
    try (DataSplit data = RunFolder.existing(run()).readConfig().data().open(0);
        SavedModelVae vae = SavedModelVae.load(run())) {
      int rows = data.test().rows();
      Map<String, Integer> weights = new LinkedHashMap<>();
      ExportedModel.of(vae)
          .weights()
          .forEach((name, weight) -> weights.put(name, weight.values().length));
      expected.put("weights", weights);
      expected.put("rows", rows);
      expected.put("latent", vae.latent());
      int[] labels = data.test().labels().orElseThrow();
      Samples x = data.test().slice(0, rows);
      Samples means = vae.encode(vae.isConditional() ? Batch.of(x, labels) : Batch.of(x)).mean();
      expected.put("points", IntStream.range(0, rows).mapToObj(means::row).toList());
      List<String> classes = data.test().classes();
      expected.put("names", Arrays.stream(labels).mapToObj(classes::get).toList());
    }
    Path file = folder.resolve("expected.json");
    Files.writeString(file, Json.write(expected));
    Python.run(folder, "tools/interop/check_events.py", run().toString(), file.toString());
  }
}
