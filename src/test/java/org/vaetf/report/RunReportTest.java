package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.AtomicOutput;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Shapes;
import org.vaetf.export.Manifest;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.OneLine;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingConfig;

/** The page of a run of three epochs whose folder has an unkind name. */
class RunReportTest {
  private static final int EPOCHS = 3;

  @TempDir static Path folder;
  private static RunFolder run;
  private static Manifest manifest;

  @BeforeAll
  static void train() {
    RunConfig config =
        RunConfig.of("beta-vae")
            .withTraining(
                TrainingConfig.defaults()
                    .withEpochs(EPOCHS)
                    .withBatch(16)
                    .withSeed(5)
                    .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.01)));
    try (DataSplit data = new DataSplit(new Shapes(40, 8, 1), new Shapes(12, 8, 2))) {
      run = Trainer.of(config).run(folder.resolve("<b>&'\"<b>"), false, data).folder();
    }
    try (SavedModelVae vae = SavedModelVae.load(run.savedModel())) {
      manifest = vae.manifest();
    }
  }

  private static String page(List<Picture> pictures) throws IOException {
    Path file = folder.resolve("report.html");
    new RunReport(run, manifest, pictures).write(file);
    assertTrue(Files.size(file) <= RunReport.MOST_BYTES, "size " + Files.size(file));
    return Files.readString(file);
  }

  private static Picture picture(int bytes, long seed) throws IOException {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    Path file = folder.resolve("picture-" + seed + ".png");
    Files.write(file, content);
    return new Picture("title " + seed, "it \"shows\" " + seed, file);
  }

  @Test
  void curvesAndTablesHoldWhatMetricsCsvHolds() throws IOException {
    String page = page(List.of());
    RunMetrics metrics = run.readMetrics();
    assertEquals(EPOCHS, metrics.epochs().length);
    for (String term : List.of("loss", "negative_elbo", "reconstruction_error", "kl")) {
      Matcher path =
          Pattern.compile(
                  "id=\"curve-"
                      + term.replace('_', '-')
                      + "\".*?class=\"test\"[^>]* d=\"([^\"]*)\"",
                  Pattern.DOTALL)
              .matcher(page);
      assertTrue(path.find(), term);
      String[] points = path.group(1).substring(1).split("L", -1);
      assertEquals(EPOCHS, points.length);
      for (int i = 0; i < EPOCHS; i++) {
        double y = -Double.parseDouble(points[i].split(" ", -1)[1]);
        double expected = metrics.test().get(term)[i];
        assertEquals(expected, y, Math.abs(expected) * 1e-5, term + " in epoch " + (i + 1));
      }
    }
    assertTrue(page.contains("beta = 4.0"), "the objective's settings");
    assertTrue(page.contains("<dt>optimizer.learningRate</dt><dd>0.01</dd>"), "the training's");
    assertTrue(page.contains("<dt>training rows</dt><dd>40</dd>"), "how many rows");
    assertTrue(page.contains("<dt>test rows</dt><dd>12</dd>"), "how many rows");
    assertTrue(page.contains(manifest.data().fingerprint()), "provenance");
  }

  @Test
  void nothingIsAskedOfAnyOtherPlace() throws IOException {
    String page = page(List.of(picture(100, 1)));
    assertFalse(Pattern.compile("(?:src|href)=\"(?!data:|#)").matcher(page).find());
    assertFalse(page.contains("@import") || page.contains("url("), "style sheets");
    assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("://"), "addresses");
  }

  @Test
  void namesAreTextNeverMarkup() throws IOException {
    String page = page(List.of(picture(100, 2)));
    assertFalse(page.contains("<b>"));
    assertTrue(page.contains("<h1>&lt;b&gt;&amp;&#39;&quot;&lt;b&gt;</h1>"));
    assertTrue(page.contains("alt=\"it &quot;shows&quot; 2\""));
  }

  @Test
  void whereTheRunLiesIsNotTold() throws IOException {
    String page = page(List.of());
    assertFalse(page.contains(Html.text(folder.toString())));
    assertTrue(page.contains("&lt;b&gt;&amp;&#39;\\&quot;&lt;b&gt;/saved_model"), page);
  }

  @Test
  void picturesAreWithinItByteForByte() throws IOException {
    Picture picture = picture(5000, 3);
    Matcher found =
        Pattern.compile("data:image/png;base64,([^\"]+)\"").matcher(page(List.of(picture)));
    assertTrue(found.find());
    assertArrayEquals(
        Files.readAllBytes(picture.file()), Base64.getDecoder().decode(found.group(1)));
  }

  @Test
  void theAnimationComesLastAndGoesFirst() throws IOException {
    Path plots = Files.createDirectories(run.plots());
    Files.copy(picture(3000, 7).file(), plots.resolve("samples.png"));
    for (int bytes : new int[] {2_900_000, 3_800_000}) {
      Files.copy(
          picture(bytes, bytes).file(),
          plots.resolve("epochs.gif"),
          StandardCopyOption.REPLACE_EXISTING);
      List<Picture> pictures = RunReport.of(run, manifest).pictures();
      assertEquals(List.of("Samples", "Epochs"), pictures.stream().map(Picture::title).toList());
      String page = page(pictures);
      assertEquals(2, page.split("data:image/png;base64,", -1).length);
      if (bytes < 3_000_000) {
        assertTrue(page.contains("data:image/gif;base64,"));
        assertTrue(page.contains("<details><summary>Epochs</summary>"), "still until asked for");
      } else {
        assertFalse(page.contains("image/gif"));
        assertTrue(page.contains("Too large for this page: epochs.gif."));
      }
    }
    AtomicOutput.deleteTree(plots);
  }

  @Test
  void picturesBeyondTheLimitAreNamedInstead() throws IOException {
    String page = page(List.of(picture(3_000_000, 4), picture(2_000_000, 5), picture(1000, 6)));
    assertTrue(page.contains("Too large for this page: picture-5.png."));
    assertEquals(3, page.split("data:image/png", -1).length, "two pictures");
  }

  @Test
  void whatIsMissingIsSaidInOneLineAndTheOldPageStays() throws IOException {
    Path file = folder.resolve("old.html");
    Files.writeString(file, "old");
    Picture gone = new Picture("gone", "nothing", folder.resolve("gone.png"));
    OneLine.of(() -> new RunReport(run, manifest, List.of(gone)).write(file), "gone.png");
    assertEquals("old", Files.readString(file));
  }
}
