package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Json;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Frozen;

/** Samplers by command, in a copy of a run. */
class FitSamplerCommandTest {
  @TempDir Path folder;
  private Path run;
  private Path graph;

  @BeforeEach
  void copy() throws IOException {
    run = folder.resolve("run");
    try (Stream<Path> tree = Files.walk(TinyRuns.vae())) {
      for (Path path : tree.toList()) {
        Files.copy(path, run.resolve(TinyRuns.vae().relativize(path).toString()));
      }
    }
    graph = run.resolve("saved_model").resolve("saved_model.pb");
  }

  private Map<?, ?> fit(Object... words) {
    Object[] all =
        Stream.concat(Stream.of("fit-sampler", "--json", "--quiet", "--model"), Stream.of(words))
            .toArray();
    return Json.read("output", CommandLine.done(all).out(), Map.class);
  }

  @Test
  void aSamplerIsFittedInPlaceAndUndone() throws IOException {
    byte[] before = Files.readAllBytes(graph);
    Map<?, ?> told =
        fit(run, "--kind", "normal-mixture", "--set", "components=2", "--set", "latents=means");
    assertEquals(run.resolve("saved_model").toString(), told.get("saved_model"));
    assertEquals(54, told.get("rows"));
    assertEquals(TinyRuns.SHAPES.substring(0, 6), told.get("data"));
    Map<?, ?> settings = (Map<?, ?>) told.get("settings");
    assertEquals(2, settings.get("components"));
    assertEquals("means", settings.get("latents"));
    Map<?, ?> metrics = (Map<?, ?>) told.get("metrics");
    for (String name :
        List.of("train_log_density", "test_log_density", "test_log_density_of_prior")) {
      assertTrue(Double.isFinite((Double) metrics.get(name)), name);
    }
    assertFalse(Arrays.equals(before, Files.readAllBytes(graph)));
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      assertEquals(settings, vae.manifest().sampler().settings());
      assertEquals(metrics, vae.manifest().sampler().metrics());
    }
    String info = CommandLine.done("info", "--model", run).out();
    assertTrue(info.contains("sampler     normal-mixture, fitted to shapes"), info);
    Path samples = folder.resolve("s.npy");
    CommandLine.done("sample", "--model", run, "--count", 3, "--out", samples);
    assertTrue(Files.size(samples) > 3 * 64);

    assertFalse(fit(run, "--kind", "prior").containsKey("components"));
    assertArrayEquals(before, Files.readAllBytes(graph));
    assertTrue(
        CommandLine.done("info", "--model", run)
            .out()
            .contains("sampler     the model's own prior"));
  }

  @Test
  void anotherPlaceLeavesTheModelAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(graph);
    Path out = folder.resolve("model");
    String text =
        CommandLine.done(
                "fit-sampler", "--model", run, "--kind", "vamp", "--set", "rows=9", "--out", out)
            .out();
    assertTrue(text.contains("sampler                    vamp"), text);
    assertTrue(text.contains("written to                 " + out), text);
    assertArrayEquals(before, Files.readAllBytes(graph));
    try (SavedModelVae vae = SavedModelVae.load(out)) {
      assertEquals("vamp", vae.manifest().sampler().kind());
    }
    CommandLine again =
        CommandLine.run("fit-sampler", "--model", run, "--kind", "prior", "--out", out);
    assertEquals(Main.FAILED, again.status());
    assertTrue(again.err().contains("exists already"), again.err());
  }

  @Test
  void everyKindTakesItsSettings() {
    fit(
        run,
        "--kind",
        "two-stage",
        "--set",
        "hidden=5,4",
        "--set",
        "epochs=1",
        "--out",
        folder.resolve("a"));
    fit(
        run,
        "--kind",
        "flow",
        "--set",
        "epochs=1",
        "--set",
        "flow.kind=real-nvp",
        "--set",
        "flow.steps=2",
        "--out",
        folder.resolve("b"));
    try (SavedModelVae two = SavedModelVae.load(folder.resolve("a"));
        SavedModelVae flow = SavedModelVae.load(folder.resolve("b"))) {
      assertEquals(List.of(5, 4), two.manifest().sampler().settings().get("hidden"));
      assertTrue(flow.manifest().sampler().settings().get("flow").toString().contains("real-nvp"));
    }
  }

  @Test
  void otherDataMayBeFittedTo() {
    Map<?, ?> told =
        fit(
            run,
            "--kind",
            "normal-mixture",
            "--set",
            "components=3",
            "--data",
            "shapes:count=100,size=8,seed=4",
            "--test-fraction",
            "0.2",
            "--out",
            folder.resolve("model"));
    assertEquals(80, told.get("rows"));
  }

  @Test
  void aFitThatFailsLeavesTheModelAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(graph);
    CommandLine line =
        CommandLine.run(
            "fit-sampler", "--model", run, "--kind", "normal-mixture", "--set", "components=99");
    assertTrue(line.status() != Main.DONE);
    assertTrue(line.err().contains("components is 99; expected at most 54"), line.err());
    CommandLine diverged =
        CommandLine.run(
            "fit-sampler", "--model", run, "--kind", "two-stage", "--set", "learningRate=1e30");
    assertEquals(Main.FAILED, diverged.status());
    assertTrue(diverged.err().contains("the second stage diverged"), diverged.err());
    assertArrayEquals(before, Files.readAllBytes(graph));
    try (Stream<Path> left = Files.list(run)) {
      assertEquals(
          List.of(),
          left.map(path -> path.getFileName().toString())
              .filter(name -> name.startsWith(".vae-tf"))
              .toList());
    }
  }

  @Test
  void aModelOfPythonIsRefusedInOneLine() throws IOException {
    Path python = Frozen.model("python", folder.resolve("python"));
    CommandLine line = CommandLine.run("fit-sampler", "--model", python, "--kind", "vamp");
    assertEquals(Main.FAILED, line.status());
    assertEquals(1, line.errLines().size(), line.err());
    assertTrue(line.err().contains("a model of vaetf (Python) 0.1.0"), line.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kind mixture | --kind is 'mixture'; expected one of: prior, normal-mixture, flow",
        "--set rows=3 | --kind is missing",
        "--kind vamp --set components=3 | the sampler vamp has no components; it has the keys rows",
        "--kind prior --set rows=3 | the sampler prior has no rows; it has no settings",
        "--kind vamp --set rows | --set is 'rows'; expected KEY=VALUE",
        "--kind vamp --set rows=many | --set rows is 'many'; expected a whole number",
        "--kind vamp --set rows=0 | rows is 0; expected a whole number, 1 or more",
        "--kind flow --set flow=real-nvp | flow is no single value; set one of: flow.kind, flow.steps",
        "--kind flow --set flow.kind=planar | expected one that can be followed backwards",
        "--kind vamp --set kind=flow | --kind and --set kind set the same key",
        "--kind two-stage --set hidden=a,b | --set hidden is 'a'; expected a whole number",
        "--kind normal-mixture --set latents=both | latents",
      })
  void wrongUsageIsOneLine(String words, String expected) {
    Object[] all =
        Stream.concat(
                Stream.of("fit-sampler", "--model", run.toString()),
                Arrays.stream(words.split(" ", -1)))
            .toArray();
    CommandLine line = CommandLine.run(all);
    assertEquals(Main.USAGE, line.status(), line.err());
    assertTrue(line.errLines().get(0).contains(expected), line.err());
  }
}
