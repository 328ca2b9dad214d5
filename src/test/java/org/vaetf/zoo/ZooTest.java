package org.vaetf.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.export.Encoding;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.OneLine;

/** What the catalogue says is what lies there, and every model works. */
class ZooTest {
  private static final Path MODELS = Path.of("saved_models");
  private static final Set<String> FILES =
      Set.of("README.md", "saved_model.pb", "assets.extra/vae.json");
  private static final long MOST_BYTES = 12_000_000;

  static List<ZooModel> models() {
    return Zoo.models();
  }

  @Test
  void theCatalogueHasEveryFolder() throws IOException {
    Set<String> folders;
    try (Stream<Path> entries = Files.list(MODELS)) {
      folders =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !name.equals("zoo.json"))
              .collect(Collectors.toSet());
    }
    assertEquals(folders, models().stream().map(ZooModel::name).collect(Collectors.toSet()));
  }

  @Test
  void allTogetherAreSmall() throws IOException {
    try (Stream<Path> files = Files.walk(MODELS)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertTrue(bytes < MOST_BYTES, "saved_models has " + bytes + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theFilesAreThoseThatAreCopied(ZooModel model, @TempDir Path folder) throws IOException {
    Path source = MODELS.resolve(model.name());
    assertEquals(FILES, files(source));
    Path copy = folder.resolve("copy");
    Zoo.copy(model.name(), copy);
    assertEquals(FILES, files(copy));
    for (String file : FILES) {
      assertArrayEquals(
          Files.readAllBytes(source.resolve(file)), Files.readAllBytes(copy.resolve(file)), file);
    }
    assertEquals(Set.of("copy"), Set.of(folder.toFile().list()));
    assertEquals(
        Files.size(copy.resolve("saved_model.pb"))
            + Files.size(copy.resolve("assets.extra").resolve("vae.json")),
        model.bytes());
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelLoadsAndIsWhatTheCatalogueSays(ZooModel model) {
    try (SavedModelVae vae = Zoo.load(model.name())) {
      assertEquals(model.latent(), vae.latent());
      assertEquals(model.data().replaceFirst(":.*", ""), vae.manifest().data().name());
      assertEquals(model.preset().equals("cvae"), vae.isConditional());
      assertEquals(model.name().endsWith("-mixture"), vae.manifest().sampler() != null);
      int[] labels = {0, 1, 2, 3};
      Generated drawn = vae.isConditional() ? vae.sample(labels, 1) : vae.sample(4, 1);
      Batch points = vae.isConditional() ? Batch.of(drawn.z(), labels) : Batch.of(drawn.z());
      Samples decoded = vae.decode(points);
      assertArrayEquals(drawn.x().values(), decoded.values(), 1e-2f);
      Encoding codes = vae.encode(new Batch(decoded, points.labels()));
      assertEquals(4, codes.mean().rows());
      for (float value : codes.mean().values()) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyCardHasItsParts(ZooModel model) {
    String card = Zoo.card(model.name());
    assertTrue(card.startsWith("# " + model.name() + "\n\n" + model.title() + "."), card);
    for (String part :
        List.of(
            "## Use",
            "zoo:" + model.name(),
            "Zoo.load(\"" + model.name() + "\")",
            "vaetf.load(\"saved_models/" + model.name() + "\")",
            "| data |",
            "| not for |",
            "## Made by",
            "tools/zoo/make.sh " + model.name(),
            "--preset " + model.preset() + " ",
            "--data " + model.data() + " ",
            "## Measured",
            "evaluate --model saved_models/" + model.name())) {
      assertTrue(card.contains(part), model.name() + " lacks: " + part);
    }
    assertTrue(
        card.contains("CC BY-SA 3.0") || card.contains("Apache-2.0"), "the licence of its data");
  }

  @Test
  void anUnknownNameIsToldWithThoseThereAre() {
    OneLine.ofConfig(() -> Zoo.load("mnist"), "'mnist'", "one of: mnist-2d, mnist-conv");
  }
}
