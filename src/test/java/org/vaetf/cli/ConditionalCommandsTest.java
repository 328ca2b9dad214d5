package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.Formats;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.Shapes;
import org.vaetf.eval.Evaluator;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.OneLine;

/** The commands with a conditional model: whose label each row is given. */
class ConditionalCommandsTest {
  private static final Shapes ROWS = Shapes.parse(TinyRuns.SHAPES);
  private static final int[] LABELS = ROWS.labels().orElseThrow();

  private final Path model = TinyRuns.conditional();

  @TempDir Path folder;

  private CommandLine on(String command, Object... words) {
    return CommandLine.done(words(model, command, words));
  }

  private static Object[] words(Path run, String command, Object... words) {
    return Stream.concat(Stream.of(command, "--model", run), Stream.of(words)).toArray();
  }

  private Samples read(Path file) {
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      return data.slice(0, data.rows());
    }
  }

  private static int[] labels(Path file) {
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      return data.labels().orElseThrow();
    }
  }

  @Test
  void trainingLeavesAPictureOfEachClass() {
    try (Stream<Path> plots = Files.list(model.resolve("plots"))) {
      assertEquals(
          List.of(
              "active-units.png",
              "epochs.gif",
              "interpolations.png",
              "kl.png",
              "latent.png",
              "loss.png",
              "manifold-0.png",
              "manifold-1.png",
              "manifold-2.png",
              "rate-distortion.png",
              "reconstructions.png",
              "samples.png",
              "traversals.png",
              "worst.png"),
          plots.map(plot -> plot.getFileName().toString()).sorted().toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void samplesAreOfTheLabelThatIsAskedFor() {
    Path file = folder.resolve("s.npz");
    for (String label : List.of("heart", "2")) {
      on("sample", "--count", 5, "--seed", 7, "--label", label, "--out", file);
      assertArrayEquals(new int[] {2, 2, 2, 2, 2}, labels(file));
      try (SavedModelVae vae = SavedModelVae.load(model)) {
        assertEquals(vae.sample(5, 7, 2).x(), read(file));
      }
    }
  }

  @Test
  void elseSamplesAreOfEachClass() throws IOException {
    Path file = folder.resolve("s.npz");
    on("sample", "--count", 6, "--seed", 7, "--out", file);
    assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, labels(file));
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      assertEquals(vae.sample(new int[] {0, 0, 1, 1, 2, 2}, 7).x(), read(file));
    }
    on("sample", "--count", 5, "--out", file);
    assertArrayEquals(new int[] {0, 1, 2, 0, 1}, labels(file));
    Path picture = folder.resolve("s.png");
    on("sample", "--out", picture);
    BufferedImage image = ImageIO.read(picture.toFile());
    // 8×8 pixels, three times enlarged, with a gap of 2: 16 across, a line for each class.
    assertEquals(16 * 26 - 2, image.getWidth());
    assertEquals(3 * 26 - 2, image.getHeight());
  }

  @Test
  void rowsBringTheirLabels() {
    Path codes = folder.resolve("codes.csv");
    on("encode", "--in", TinyRuns.SHAPES, "--out", codes);
    Path decoded = folder.resolve("decoded.npz");
    on("decode", "--in", codes, "--label-column", "label", "--out", decoded);
    Path reconstructed = folder.resolve("reconstructed.npz");
    on("reconstruct", "--in", TinyRuns.SHAPES, "--out", reconstructed);
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      Batch rows = Batch.of(ROWS.slice(0, ROWS.rows()), LABELS);
      float[] expected = vae.reconstruct(rows).values();
      assertArrayEquals(expected, read(reconstructed).values(), 1e-3f);
      assertArrayEquals(expected, read(decoded).values(), 0.05f);
      assertArrayEquals(LABELS, labels(decoded));
      assertArrayEquals(LABELS, labels(reconstructed));
    }
  }

  @Test
  void orAllAreGivenOne() {
    Path file = folder.resolve("r.npz");
    on("reconstruct", "--in", TinyRuns.SHAPES, "--label", "ellipse", "--out", file);
    int[] ones = new int[ROWS.rows()];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, labels(file));
    Path rows = folder.resolve("rows.npy");
    on("sample", "--count", 4, "--out", rows);
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      Batch given = Batch.of(ROWS.slice(0, ROWS.rows()), ones);
      assertArrayEquals(vae.reconstruct(given).values(), read(file).values(), 1e-3f);
      CommandLine scores = on("score", "--in", rows, "--label", 1, "--seed", 3);
      double kl = Double.parseDouble(scores.outLines().get(1).split(",", -1)[2]);
      Batch first = Batch.of(read(rows).slice(0, 1), 1);
      assertEquals(vae.score(first, 1, 3).kl()[0], kl, 1e-4);
    }
  }

  @Test
  void evaluationIsOfTheLabelledRows() {
    Object rows =
        Json.read("output", on("evaluate", "--samples", 5, "--json").out(), Map.class)
            .get("kl_nats");
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      double trained = vae.manifest().metrics().get("kl");
      assertEquals(trained, (Double) ((Map<?, ?>) rows).get("mean"), 1e-4);
      Evaluator evaluator = new Evaluator(vae.scaled(), 2, 0);
      double ofAll = evaluator.evaluate(ROWS, done -> {}).klNats().orElseThrow().mean();
      Batch batch = Batch.of(ROWS.slice(0, ROWS.rows()), LABELS);
      float[] each = vae.score(batch, 2, 0).kl();
      double mean =
          IntStream.range(0, each.length).mapToDouble(i -> each[i]).average().orElseThrow();
      assertEquals(mean, ofAll, 1e-4);
      DataSet unlabelled =
          InMemoryDataSet.of("rows", ROWS.shape(), new byte[2 * ROWS.shape().size()]);
      OneLine.ofData(
          () -> evaluator.score(unlabelled, (scores, count) -> {}), "holds rows without labels");
    }
  }

  /** A table that has fewer classes gives them other numbers: the names count. */
  @Test
  void classesAreFoundByTheirNames() throws IOException {
    Path table = folder.resolve("named.csv");
    StringBuilder text = new StringBuilder();
    Samples rows = ROWS.slice(0, 2);
    for (int row = 0; row < 2; row++) {
      for (float value : rows.row(row)) {
        text.append(value).append(',');
      }
      text.append(row == 0 ? "heart\n" : "square\n");
    }
    Object[] in = {"--in", table, "--label-column", 65, "--header", "absent"};
    Files.writeString(table, text.toString());
    Path file = folder.resolve("r.npz");
    on("reconstruct", join(in, "--out", file));
    assertArrayEquals(new int[] {2, 0}, labels(file));
    Files.writeString(table, text.toString().replace("heart", "star"));
    for (String command : List.of("reconstruct", "evaluate")) {
      assertFails(
          "row 0 has the label 'star'; expected one of: square, ellipse, heart",
          join(new Object[] {command}, in));
    }
  }

  private static Object[] join(Object[] first, Object... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray();
  }

  @Test
  void aPathTakesTheLabelOfTheNearerEnd() {
    int heart =
        IntStream.range(0, LABELS.length).filter(i -> LABELS[i] == 2).findFirst().getAsInt();
    int square =
        IntStream.range(0, LABELS.length).filter(i -> LABELS[i] == 0).findFirst().getAsInt();
    Path file = folder.resolve("path.npz");
    String ends = heart + "," + square;
    on("interpolate", "--in", TinyRuns.SHAPES, "--rows", ends, "--count", 5, "--out", file);
    assertArrayEquals(new int[] {2, 2, 2, 0, 0}, labels(file));
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      Samples last = vae.reconstruct(Batch.of(ROWS.slice(square, square + 1), 0));
      assertArrayEquals(last.values(), read(file).row(4), 1e-3f);
    }
  }

  @Test
  void aManifoldIsThatOfALabel() {
    Path file = folder.resolve("m.npz");
    on("manifold", "--count", 3, "--label", "square", "--out", file);
    assertArrayEquals(new int[9], labels(file));
    assertEquals(9, read(file).rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          manifold | vae-tf: --label is missing: this model is conditional; expected one of: square, ellipse, heart; or a whole number from 0 to 2
          sample --label star | vae-tf: --label is 'star'; expected one of: square, ellipse, heart; or a whole number from 0 to 2
          sample --label 3 | vae-tf: --label is '3'; expected one of: square, ellipse, heart; or a whole number from 0 to 2
          """)
  void wrongLabelsAreWrongUsage(String words, String line) {
    String[] all = words.split(" ", -1);
    Object[] rest = Arrays.copyOfRange(all, 1, all.length);
    CommandLine wrong = CommandLine.run(words(model, all[0], rest));
    assertEquals(line, wrong.err().strip());
    assertEquals(Main.USAGE, wrong.status());
  }

  @Test
  void rowsWithoutLabelsAreRefused() throws IOException {
    Path rows = folder.resolve("rows.npy");
    on("sample", "--count", 4, "--out", rows);
    for (String command : List.of("encode", "reconstruct", "score", "evaluate", "interpolate")) {
      assertFails("holds rows without labels; expected one for each", command, "--in", rows);
    }
    Path points = Files.writeString(folder.resolve("points.csv"), "0.5,1\n-1,0\n");
    assertFails("give --label for all rows", "decode", "--in", points);
    assertEquals(3, on("decode", "--in", points, "--label", 0).outLines().size());
  }

  private void assertFails(String part, Object... words) {
    CommandLine failed =
        CommandLine.run(
            words(model, words[0].toString(), Arrays.copyOfRange(words, 1, words.length)));
    assertEquals(Main.FAILED, failed.status(), failed.err());
    assertEquals(1, failed.errLines().size(), failed.err());
    assertTrue(failed.err().contains(part), failed.err());
  }

  @Test
  void anUnconditionalModelTakesNoLabel() {
    CommandLine wrong =
        CommandLine.run(words(TinyRuns.vae(), "sample", "--label", "0", "--count", 1));
    assertEquals(
        "vae-tf: --label does not apply: this model is not conditional", wrong.err().strip());
    assertEquals(Main.USAGE, wrong.status());
  }
}
