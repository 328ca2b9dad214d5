package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.data.DataSplit;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;
import org.vaetf.report.LatentCode;
import org.vaetf.report.PlotKind;
import org.vaetf.report.PlottedRun;
import org.vaetf.testing.Near;
import org.vaetf.train.RunFolder;

class PlotCommandTest {
  private final Path run = TinyRuns.vae();

  @TempDir Path folder;

  private static List<String> plots(Path of) throws IOException {
    try (Stream<Path> plots = Files.list(of)) {
      return plots.map(plot -> plot.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void trainingDrawsEveryKind() throws IOException {
    assertEquals(
        Arrays.stream(PlotKind.values())
            .map(kind -> kind.label() + kind.ending())
            .sorted()
            .toList(),
        plots(run.resolve("plots")));
  }

  @Test
  void anAutoencoderHasNoKl() throws IOException {
    List<String> drawn = plots(TinyRuns.autoencoder().resolve("plots"));
    assertTrue(!drawn.contains("kl.png") && !drawn.contains("rate-distortion.png"), "" + drawn);
    assertTrue(drawn.contains("active-units.png") && drawn.contains("traversals.png"), "" + drawn);
    refuses(
        Main.FAILED,
        "vae-tf: the plot kl cannot be drawn: the KL of a dimension is known for a diagonal normal"
            + " posterior and a standard normal prior alone; try active-units",
        "plot --kind kl --model",
        TinyRuns.autoencoder());
    refuses(
        Main.FAILED,
        "vae-tf: the plot rate-distortion cannot be drawn: its objective has no KL and"
            + " reconstruction error in metrics.csv",
        "plot --kind rate-distortion --model",
        TinyRuns.autoencoder());
  }

  /** All of them once more: the bytes are the same. */
  @Test
  void theCommandDrawsWhatTrainingDrew() throws IOException {
    CommandLine line = CommandLine.done("plot", "--model", run, "--out", folder.resolve("all"));
    assertEquals(PlotKind.values().length, line.outLines().size());
    for (String plot : plots(run.resolve("plots"))) {
      assertArrayEquals(
          Files.readAllBytes(run.resolve("plots").resolve(plot)),
          Files.readAllBytes(folder.resolve("all").resolve(plot)),
          plot);
    }
  }

  @Test
  void onePictureGoesToAFile() throws IOException {
    for (Path of : List.of(run, run.resolve("saved_model"))) {
      Path file = folder.resolve("x.png");
      CommandLine line =
          CommandLine.done("plot", "--model", of, "--kind", "traversals", "--out", file);
      assertEquals(List.of(file.toString()), line.outLines());
      assertArrayEquals(
          Files.readAllBytes(run.resolve("plots/traversals.png")), Files.readAllBytes(file));
    }
  }

  @Test
  void aRunMayStandWithoutItsOption() throws IOException {
    Path file = folder.resolve("kl.png");
    CommandLine.done("plot", run, "--kind", "kl", "--out", file);
    assertArrayEquals(Files.readAllBytes(run.resolve("plots/kl.png")), Files.readAllBytes(file));
    Path last = folder.resolve("last.png");
    CommandLine.done("plot", "--kind", "kl", "--out", last, run.resolve("saved_model"));
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(last));
  }

  /** From the pictures that training kept: no model is loaded, no row is read. */
  @Test
  void theAnimationIsMadeAgain() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy/epochs")).getParent();
    Files.copy(run.resolve("config.json"), copy.resolve("config.json"));
    for (String frame : plots(run.resolve("epochs"))) {
      Files.copy(run.resolve("epochs").resolve(frame), copy.resolve("epochs").resolve(frame));
    }
    assertEquals(List.of("0000.png", "0001.png"), plots(copy.resolve("epochs")));
    Path file = folder.resolve("x.gif");
    CommandLine line = CommandLine.done("plot", "--model", copy, "--kind", "epochs", "--out", file);
    assertEquals(List.of(file.toString()), line.outLines());
    assertArrayEquals(
        Files.readAllBytes(run.resolve("plots/epochs.gif")), Files.readAllBytes(file));
    CommandLine.done("plot", "--model", copy, "--kind", "epochs");
    assertArrayEquals(
        Files.readAllBytes(file), Files.readAllBytes(copy.resolve("plots/epochs.gif")));
  }

  @Test
  void anAnimationNeedsPicturesAndAFileOfItsEnding() {
    refuses(
        Main.FAILED,
        "vae-tf: the plot epochs cannot be drawn: it needs a run folder with pictures of its epochs"
            + " in epochs/, which training leaves where rows are images",
        "plot --kind epochs --out x.gif --model",
        run.resolve("saved_model/assets.extra"));
    refuses(
        Main.USAGE,
        "vae-tf: --out is x.png; expected a folder, or a file that ends in .gif, as the plot epochs"
            + " does",
        "plot --kind epochs --out x.png --model",
        run);
    refuses(
        Main.USAGE,
        "vae-tf: --out is x.gif; expected a folder, or a file that ends in .png, as the plot kl does",
        "plot --kind kl --out x.gif --model",
        run);
  }

  @ParameterizedTest
  @CsvSource({"dimensions", "pca", "tsne"})
  void latentsAreProjectedAsAsked(String projection) throws IOException {
    Path file = folder.resolve("latent.png");
    CommandLine.done(
        "plot", "--model", run, "--kind", "latent", "--projection", projection, "--out", file);
    boolean usual =
        Arrays.equals(
            Files.readAllBytes(run.resolve("plots/latent.png")), Files.readAllBytes(file));
    assertEquals(projection.equals("dimensions"), usual);
  }

  /** The KL of the dimensions adds up to that which score gives; each is in closed form. */
  @Test
  void klByDimensionIsThatOfTheScores() {
    RunFolder place = RunFolder.existing(run);
    try (SavedModelVae vae = SavedModelVae.load(run);
        DataSplit data = place.readConfig().data().open(place.readConfig().training().seed())) {
      LatentCode code = LatentCode.of(vae, data.test());
      Scores scores = vae.score(data.test().slice(0, data.test().rows()), 1, 0);
      double[] kl = code.klNats().orElseThrow().stream().mapToDouble(each -> each).toArray();
      double mean = Arrays.stream(Near.doubles(scores.kl())).average().orElseThrow();
      assertNear(mean, Arrays.stream(kl).sum(), 1e-5, "sum over dimensions");
      Encoding q = vae.encode(data.test().slice(0, data.test().rows()));
      for (int i = 0; i < 2; i++) {
        double sum = 0;
        for (int row = 0; row < q.mean().rows(); row++) {
          double mu = q.mean().row(row)[i];
          double logVariance = q.logVariance().row(row)[i];
          sum += (mu * mu + Math.exp(logVariance) - 1 - logVariance) / 2;
        }
        assertNear(sum / q.mean().rows(), kl[i], 1e-6, "dimension " + i);
      }
      int[] order = code.order();
      assertTrue(kl[order[0]] >= kl[order[1]]);
      assertEquals(data.test().rows(), code.labels().orElseThrow().length);
    }
  }

  @Test
  void whatNeedsAModelIsRefusedWithoutOne() {
    PlottedRun nothing = PlottedRun.seeded(0);
    for (PlotKind kind : PlotKind.values()) {
      assertTrue(kind.refusal(nothing).isPresent(), kind.label());
    }
  }

  @Test
  void rowsThatAreNoImagesHaveTheChartsAlone() throws IOException {
    Path rows = folder.resolve("rows.csv");
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 5).append(',').append(i % 7).append(',').append(i % 3).append('\n');
    }
    Files.writeString(rows, text);
    Path table = folder.resolve("table");
    Object[] words =
        ("train --likelihood gaussian --epochs 1 --batch 9 --latent 3 --hidden 4 --data "
                + rows
                + " --out "
                + table)
            .split(" ", -1);
    CommandLine.done(words);
    assertEquals(
        List.of("active-units.png", "kl.png", "latent.png", "loss.png", "rate-distortion.png"),
        plots(table.resolve("plots")));
    refuses(
        Main.FAILED,
        "vae-tf: the plot samples cannot be drawn: rows of shape [3] are no images",
        "plot --kind samples --model",
        table);
  }

  @Test
  void badInputIsOneLine() {
    refuses(
        Main.USAGE,
        "vae-tf: --kind is 'elbow'; expected one of: loss, rate-distortion, kl, active-units,"
            + " latent, samples, reconstructions, worst, manifold, traversals, interpolations,"
            + " epochs",
        "plot --kind elbow --model",
        run);
    Path nowhere = folder.resolve("nowhere");
    refuses(
        Main.FAILED,
        "vae-tf: "
            + nowhere
            + ": does not exist; expected a run folder or a SavedModel; check the path",
        "plot --kind loss --model",
        nowhere);
    refuses(
        Main.USAGE,
        "vae-tf: --projection does not apply: the plot latent alone has one",
        "plot --kind loss --projection pca --model",
        run);
    refuses(
        Main.USAGE,
        "vae-tf: --out is x.png; expected a folder, as there are several pictures; or one --kind"
            + " for a .png",
        "plot --kind loss,kl --out x.png --model",
        run);
  }

  private static void refuses(int status, String message, String words, Path model) {
    List<Object> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.add(model);
    assertEquals(new CommandLine(status, "", message + "\n"), CommandLine.run(all.toArray()));
  }
}
