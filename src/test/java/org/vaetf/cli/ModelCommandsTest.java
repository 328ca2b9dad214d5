package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;
import org.vaetf.data.Formats;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.Shapes;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Presets;

/** The commands that work with a trained model. */
class ModelCommandsTest {
  private final Path model = TinyRuns.vae();

  @TempDir Path folder;

  private Samples read(Path file) {
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      return data.slice(0, data.rows());
    }
  }

  private CommandLine on(Path run, String command, Object... words) {
    return CommandLine.done(
        Stream.concat(Stream.of(command, "--model", run), Stream.of(words)).toArray());
  }

  @Test
  void samplesAreTheLibrarysForTheSameSeed() {
    Path file = folder.resolve("s.npy");
    on(model, "sample", "--count", 5, "--seed", 7, "--out", file);
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      assertEquals(vae.sample(5, 7).x(), read(file));
    }
  }

  @Test
  void samplesOfManyBatchesAreThoseOfOneCall() {
    Path file = folder.resolve("s.npy");
    on(model, "sample", "--count", 2001, "--seed", 3, "--out", file);
    Samples rows = read(file);
    assertEquals(2001, rows.rows());
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      assertArrayEquals(vae.sample(2001, 3).x().values(), rows.values(), 1e-2f);
    }
  }

  @Test
  void samplesBeyondOneCallComeFromTheNextPartOfTheSeed() {
    int firstPart = 1 << 17;
    Path file = folder.resolve("s.npy");
    on(model, "sample", "--count", firstPart + 3, "--seed", 3, "--out", file);
    try (SavedModelVae vae = SavedModelVae.load(model);
        DataSet rows = Formats.open(file, ReadOptions.defaults())) {
      assertEquals(firstPart + 3, rows.rows());
      Samples next = vae.points(3, 3, 1);
      assertFalse(Arrays.equals(vae.points(3, 3, 0).values(), next.values()));
      assertArrayEquals(
          vae.decode(next).values(), rows.slice(firstPart, firstPart + 3).values(), 1e-2f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.idx", "s.idx.gz", "s.npy", "s.npz", "s.csv", "images"})
  void everyFormatHoldsSamples(String name) {
    Path place = folder.resolve(name);
    on(model, "sample", "--count", 3, "--out", place);
    try (DataSet data = Formats.open(place, ReadOptions.defaults())) {
      assertEquals(3, data.rows());
      assertEquals(64, data.shape().size());
      boolean rounded = name.contains("idx") || name.equals("images");
      assertEquals(rounded ? DataSet.Encoding.BYTES : DataSet.Encoding.REALS, data.encoding());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(place), left.toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void samplesGoToStandardOutputAsATable() {
    CommandLine line = on(model, "sample", "--count", 2, "--quiet");
    assertEquals(3, line.outLines().size());
    assertTrue(line.out().startsWith("x0,x1,"));
    assertEquals("", line.err());
  }

  @Test
  void aPictureIsAGrid() throws IOException {
    Path file = folder.resolve("s.png");
    on(model, "sample", "--count", 5, "--out", file);
    BufferedImage picture = ImageIO.read(file.toFile());
    // 8×8 pixels, three times enlarged, with a gap of 2: three across, two down.
    assertEquals(3 * 26 - 2, picture.getWidth());
    assertEquals(2 * 26 - 2, picture.getHeight());
  }

  @Test
  void encodingsHaveNamedColumnsAndLabelsAndDecodeAgain() {
    Path codes = folder.resolve("codes.csv");
    on(model, "encode", "--in", TinyRuns.SHAPES, "--out", codes);
    List<String> lines = lines(codes);
    assertEquals("mean_0,mean_1,log_variance_0,log_variance_1,label", lines.get(0));
    assertEquals(61, lines.size());

    Path decoded = folder.resolve("decoded.npy");
    on(model, "decode", "--in", codes, "--label-column", "label", "--out", decoded);
    Path reconstructed = folder.resolve("reconstructed.npy");
    on(model, "reconstruct", "--in", TinyRuns.SHAPES, "--out", reconstructed);
    assertArrayEquals(read(reconstructed).values(), read(decoded).values(), 0.05f);
    assertEquals(RowShape.image(8, 8, 1), read(decoded).shape());
  }

  @Test
  void withoutRowsTheTestPartOfTheModelsOwnDataIsTaken() {
    assertEquals(1 + 6, on(model, "encode").outLines().size());
    assertEquals(1 + 6, on(model.resolve("saved_model"), "encode").outLines().size());
    assertEquals(on(model, "encode").out(), on(model, "encode", "--data", TinyRuns.SHAPES).out());
    assertEquals(1 + 5, on(model, "encode", "--data", "shapes:count=50,size=8").outLines().size());
  }

  @Test
  void flatRowsOfTheRightLengthAreTakenForImages() {
    Path table = folder.resolve("t.csv");
    on(model, "sample", "--count", 4, "--out", table);
    assertEquals(5, on(model, "encode", "--in", table).outLines().size());
    assertEquals(5, on(model, "score", "--in", table).outLines().size());
  }

  @Test
  void reconstructionsLieUnderTheirOriginals() throws IOException {
    Path file = folder.resolve("r.png");
    on(model, "reconstruct", "--in", TinyRuns.SHAPES, "--count", 20, "--out", file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(16 * 26 - 2, picture.getWidth());
    assertEquals(4 * 26 - 2, picture.getHeight());
    float[] first = Shapes.parse(TinyRuns.SHAPES).slice(0, 1).values();
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], picture.getRaster().getSample(3 * (i % 8), 3 * (i / 8), 0));
    }
  }

  @Test
  void labelsGoAlongWhereAFormatHasThem() {
    Path file = folder.resolve("r.npz");
    on(model, "reconstruct", "--in", TinyRuns.SHAPES, "--count", 9, "--out", file);
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      int[] labels = Shapes.parse(TinyRuns.SHAPES).labels().orElseThrow();
      assertArrayEquals(Arrays.copyOf(labels, 9), data.labels().orElseThrow());
    }
  }

  @Test
  void scoresAreOneLineARow() {
    CommandLine line = on(model, "score", "--samples", 3, "--seed", 2);
    assertEquals("elbo,reconstruction,kl,log_likelihood", line.outLines().get(0));
    assertEquals(7, line.outLines().size());
    for (String row : line.outLines().subList(1, 7)) {
      double[] values = Stream.of(row.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      assertEquals(values[0], values[1] - values[2], 1e-3);
      assertTrue(values[2] >= 0 && values[3] < 0, row);
    }
  }

  @Test
  void evaluationIsTheMeanOfTheScoresAndAgreesWithTraining() {
    Map<?, ?> json =
        Json.read("output", on(model, "evaluate", "--samples", 50, "--json").out(), Map.class);
    assertEquals(6, json.get("rows"));
    double kl = mean(json, "kl_nats");
    assertEquals(
        mean(json, "negative_elbo_nats"), mean(json, "reconstruction_error_nats") + kl, 1e-3);
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      // The divergence has no noise: the test rows are those of the training.
      assertEquals(vae.manifest().metrics().get("kl"), kl, 1e-4);
    }
    String text = on(model, "evaluate", "--samples", 2).out();
    assertTrue(
        text.startsWith(
            "rows                      6\ndraws a row               2\nnegative ELBO             "),
        text);
    assertTrue(text.contains(" ± ") && text.contains("with 2 draws"), text);
  }

  @Test
  void importanceSamplesAreTheDrawsAndMetricsAreChosen() {
    CommandLine plain = on(model, "evaluate", "--samples", 7, "--json");
    assertEquals(plain.out(), on(model, "evaluate", "--importance-samples", 7, "--json").out());
    CommandLine both = run("evaluate", "--samples", 7, "--importance-samples", 7);
    assertEquals(Main.USAGE, both.status());

    Map<?, ?> bare =
        Json.read("output", on(model, "evaluate", "--metrics", "none", "--json").out(), Map.class);
    assertFalse(bare.containsKey("active_units"));
    Map<?, ?> json = Json.read("output", on(model, "evaluate", "--json").out(), Map.class);
    double kl = mean(json, "mutual_information_nats") + mean(json, "marginal_kl_nats");
    assertTrue(Double.isFinite(kl) && json.get("active_units") instanceof Integer, json.toString());
    // Grey levels under a Bernoulli have neither a probability nor a density.
    assertFalse(json.containsKey("bits_per_dimension"));
    CommandLine wrong = run("evaluate", "--metrics", "beauty");
    assertEquals(Main.USAGE, wrong.status());
    assertTrue(wrong.err().contains("information, generation, disentanglement"), wrong.err());
  }

  /** q(z) needs the posterior's density at any z, which the moments of a flow do not give. */
  @Test
  void informationIsMeasuredUnderAnyPriorOfADiagonalPosterior() {
    Map<?, ?> learned =
        Json.read(
            "output",
            on(TinyRuns.train("mixture-prior-vae", folder.resolve("mixture")), "evaluate", "--json")
                .out(),
            Map.class);
    double marginal = mean(learned, "marginal_kl_nats");
    assertTrue(Double.isFinite(marginal + mean(learned, "mutual_information_nats")));
    assertFalse(learned.containsKey("kl_nats_by_dimension"));

    Path flow = TinyRuns.train("vae-iaf", folder.resolve("iaf"));
    assertTrue(on(flow, "evaluate").out().contains("no mutual information or marginal KL"));
    Map<?, ?> json = Json.read("output", on(flow, "evaluate", "--json").out(), Map.class);
    assertTrue(json.containsKey("active_units") && !json.containsKey("marginal_kl_nats"));
  }

  private CommandLine run(Object... words) {
    return CommandLine.run(Stream.concat(Stream.of(words), Stream.of("--model", model)).toArray());
  }

  private static double mean(Map<?, ?> json, String name) {
    return (Double) ((Map<?, ?>) json.get(name)).get("mean");
  }

  @Test
  void anAutoencoderHasNoEvidence() {
    Path ae = TinyRuns.autoencoder();
    assertEquals("mean_0,mean_1,label", on(ae, "encode").outLines().get(0));
    CommandLine scores = on(ae, "score");
    assertEquals("reconstruction", scores.outLines().get(0));
    assertTrue(scores.err().startsWith("this model is an autoencoder"), scores.err());
    String text = on(ae, "evaluate").out();
    assertTrue(text.contains("no ELBO, KL or log-likelihood"), text);
    assertFalse(text.contains("Inf") || text.contains("NaN"), text);
    Map<?, ?> json = Json.read("output", on(ae, "evaluate", "--json").out(), Map.class);
    assertFalse(json.containsKey("negative_elbo_nats"));
    assertTrue(json.containsKey("squared_error"));
  }

  @Test
  void theManifoldIsASquare() throws IOException {
    Path file = folder.resolve("m.png");
    on(model, "manifold", "--count", 4, "--dimensions", "1,0", "--out", file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(4 * 24, picture.getWidth());
    assertEquals(4 * 24, picture.getHeight());
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "spherical"})
  void interpolationGoesFromOneRowToTheOther(String method) {
    Path path = folder.resolve("path.npy");
    on(
        model,
        "interpolate",
        "--in",
        TinyRuns.SHAPES,
        "--rows",
        "3,1",
        "--count",
        5,
        "--method",
        method,
        "--out",
        path);
    Samples points = read(path);
    assertEquals(5, points.rows());
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      Samples rows = vae.reconstruct(Shapes.parse(TinyRuns.SHAPES).slice(0, 4));
      assertArrayEquals(rows.row(3), points.row(0), 1e-3f);
      assertArrayEquals(rows.row(1), points.row(4), 1e-3f);
    }
  }

  @Test
  void infoTellsTheManifest() {
    String text = CommandLine.done("info").out();
    assertTrue(text.contains("TensorFlow  2.") && text.contains("device      CPU"), text);
    Map<?, ?> json = Json.read("output", on(model, "info", "--json").out(), Map.class);
    assertEquals(1, ((Map<?, ?>) json.get("model")).get("contract"));
    assertTrue(on(model, "info").out().contains("\"fingerprint\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sample --count 2", "evaluate --samples 2 --metrics none", "manifold", "info"})
  void whatIsAboutAModelAloneTakesItWithoutAnOption(String line) {
    String[] words = line.split(" ", -1);
    Object[] options = Arrays.copyOfRange(words, 1, words.length, Object[].class);
    CommandLine named = on(model, words[0], options);
    List<Object> all = new ArrayList<>(List.of(words[0], model));
    all.addAll(List.of(options));
    assertEquals(named.out(), CommandLine.done(all.toArray()).out());
    String help = CommandLine.done(words[0], "--help").out();
    assertTrue(help.startsWith("usage: java -jar vae-tf.jar " + words[0] + " [RUN] [opt"), help);
    assertTrue(help.contains("  the same as --model RUN\n"), help);
  }

  @Test
  void modelsAreJsonToo() {
    Object[] all = Json.read("output", CommandLine.done("models", "--json").out(), Object[].class);
    assertEquals(Presets.all().size(), all.length);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
