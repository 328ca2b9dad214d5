package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** The model gives each row back as its posterior: means, then log-variances. */
class InformationTest {
  private static final JsonNode GOLDEN = Golden.read("representation").get("decomposition");
  private static final InformationSettings SETTINGS = InformationSettings.defaults();

  @TempDir Path folder;

  private static DataSet posteriors(float[] means, float[] logVariances, int latent) {
    float[] rows = new float[2 * means.length];
    for (int i = 0; i < means.length; i++) {
      rows[i / latent * 2 * latent + i % latent] = means[i];
      rows[i / latent * 2 * latent + latent + i % latent] = logVariances[i];
    }
    return InMemoryDataSet.of("posteriors", new Samples(RowShape.of(2 * latent), rows));
  }

  private static DataSet random(int rows, int latent) {
    SplittableRandom random = new SplittableRandom(3);
    float[] means = new float[rows * latent];
    float[] logVariances = new float[rows * latent];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) random.nextGaussian();
      logVariances[i] = (float) (random.nextGaussian() - 2);
    }
    return posteriors(means, logVariances, latent);
  }

  @Test
  void variancesAndDivergencesAreTheScripts() {
    DataSet data =
        posteriors(Golden.floats(GOLDEN.get("mean")), Golden.floats(GOLDEN.get("log_variance")), 2);
    try (SavedModelVae vae = LinearEncoder.identity(folder, "vae", 4)) {
      int[] done = {0};
      Information found = Information.of(vae.scaled(), data, SETTINGS, rows -> done[0] += rows);
      assertEquals(7, done[0]);
      assertEquals(7, found.rows());
      double[] variances = Golden.doubles(GOLDEN.get("variances"));
      assertNear(variances, doubles(found.activeUnits().variances()), 1e-6, "variances");
      for (int i = 0; i < 2; i++) {
        Estimate kl = found.klNatsByDimension().orElseThrow().get(i);
        JsonNode expected = GOLDEN.get("kl_by_dimension").get(i);
        assertNear(expected.get("mean").doubleValue(), kl.mean(), 1e-6, "kl");
        double error = expected.get("standard_error").doubleValue();
        assertNear(error, kl.standardError(), 1e-6, "standard error");
      }
      KlDecomposition decomposition = found.decomposition().orElseThrow();
      assertEquals(7, decomposition.rows());
      assertEquals(1, decomposition.draws());
      assertNear(
          GOLDEN.get("kl").get("mean").doubleValue(), decomposition.klNats().mean(), 1e-6, "kl");
      double sum =
          decomposition.mutualInformationNats().mean() + decomposition.marginalKlNats().mean();
      assertNear(decomposition.klNats().mean(), sum, 1e-12, "sum");
    }
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }

  /** The decomposition's KL is that of a random part of the rows: four standard errors. */
  @Test
  void aPartOfTheRowsStandsForAll() {
    try (SavedModelVae vae = LinearEncoder.identity(folder, "vae", 6)) {
      Information found =
          Information.of(
              vae.scaled(), random(3000, 3), SETTINGS.withRows(500).withDraws(4), rows -> {});
      KlDecomposition decomposition = found.decomposition().orElseThrow();
      assertEquals(500, decomposition.rows());
      assertEquals(4, decomposition.draws());
      double all =
          found.klNatsByDimension().orElseThrow().stream().mapToDouble(Estimate::mean).sum();
      double error = 4 * decomposition.klNats().standardError();
      assertNear(all, decomposition.klNats().mean(), error / all, "kl of a part");
      assertTrue(decomposition.mutualInformationNats().mean() < Math.log(500));
      assertTrue(decomposition.mutualInformationNats().mean() > 1);
    }
  }

  /** Of a few rows of several batches the KL is that of the very rows: its closed form. */
  @Test
  void theKlIsThatOfTheRowsThatWereChosen() {
    int rows = 2500;
    DataSet data = random(rows, 2);
    InformationSettings settings = SETTINGS.withRows(30).withSeed(4);
    RowChoice choice =
        new RowChoice(rows, settings.rows(), new Seed(settings.seed()).named("rows").random(0));
    Estimate.Gatherer expected = new Estimate.Gatherer();
    for (int row = 0; row < rows; row++) {
      if (choice.takesNext()) {
        float[] values = data.slice(row, row + 1).values();
        expected.add(kl(values[0], values[2]) + kl(values[1], values[3]));
      }
    }
    try (SavedModelVae vae = LinearEncoder.identity(folder, "vae", 4)) {
      assertTrue(vae.scaled().batchRows() < rows / 2, "several batches");
      Estimate found = decomposition(vae, data, settings).klNats();
      assertNear(expected.estimate().mean(), found.mean(), 1e-5, "mean");
      assertNear(expected.estimate().standardError(), found.standardError(), 1e-5, "error");
    }
  }

  private static double kl(double mean, double logVariance) {
    return (mean * mean + Math.expm1(logVariance) - logVariance) / 2;
  }

  /** Of the prior N(a, I), KL(q(z|x) ‖ p(z)) is that of N(0, I) and |a|²/2 − a·μ. */
  @Test
  void aLearnedPriorChangesTheMarginalAlone() {
    int rows = 400;
    DataSet data = random(rows, 3);
    InformationSettings settings = SETTINGS.withDraws(60);
    float[] a = {1, -0.5f, 2};
    double difference = (1 + 0.25 + 4) / 2;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 3; i++) {
        difference -= a[i] * data.slice(row, row + 1).values()[i] / rows;
      }
    }
    try (SavedModelVae plain = LinearEncoder.identity(folder.resolve("plain"), "vae", 6);
        SavedModelVae learned = LinearEncoder.identity(folder.resolve("learned"), a)) {
      KlDecomposition standard = decomposition(plain, data, settings);
      KlDecomposition shifted = decomposition(learned, data, settings);
      assertEquals(standard.mutualInformationNats(), shifted.mutualInformationNats());
      // 24,000 draws whose log-densities have a deviation of less than 2: an error of 0.013 nats.
      assertEquals(standard.klNats().mean() + difference, shifted.klNats().mean(), 0.05);
      assertEquals(
          standard.marginalKlNats().mean() + difference, shifted.marginalKlNats().mean(), 0.05);
    }
  }

  private static KlDecomposition decomposition(
      SavedModelVae vae, DataSet data, InformationSettings settings) {
    return Information.of(vae.scaled(), data, settings, rows -> {}).decomposition().orElseThrow();
  }

  @Test
  void collapsedDimensionsAreNotActive() {
    // Dimension 1 varies with a standard deviation of 0.01, dimension 2 not at all.
    double[][] kernel = {{1, 0.01, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}};
    double[] bias = {0, 0, 3, -4, 0, 0};
    SplittableRandom random = new SplittableRandom(1);
    float[] rows = new float[2 * 400];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    DataSet data = InMemoryDataSet.of("rows", new Samples(RowShape.of(2), rows));
    try (SavedModelVae vae = LinearEncoder.load(folder, "vae", kernel, bias)) {
      ActiveUnits active = Information.of(vae.scaled(), data, SETTINGS, r -> {}).activeUnits();
      assertEquals(1, active.count());
      assertTrue(active.isActive(0) && !active.isActive(1) && !active.isActive(2));
      assertEquals(
          2,
          Information.of(vae.scaled(), data, SETTINGS.withActiveVariance(1e-6), r -> {})
              .activeUnits()
              .count());
    }
  }

  @Test
  void anAutoencoderHasNoDivergence() {
    try (SavedModelVae vae = LinearEncoder.identity(folder, "ae", 3)) {
      DataSet data =
          InMemoryDataSet.of(
              "rows", new Samples(RowShape.of(3), new float[] {1, 2, 0, 3, 2, 0, 5, 4, 0}));
      Information found = Information.of(vae.scaled(), data, SETTINGS, rows -> {});
      assertTrue(found.klNatsByDimension().isEmpty() && found.decomposition().isEmpty());
      assertNear(
          new double[] {4, 4.0 / 3, 0},
          doubles(found.activeUnits().variances()),
          1e-6,
          "variances");
    }
  }

  /** 2,500 rows are more than two batches; the seed says which rows and draws are taken. */
  @Test
  void theSeedAloneDecides() {
    LinearEncoder.identity(folder, "vae", 4).close();
    DataSet data = random(2500, 2);
    InformationSettings settings = SETTINGS.withRows(300);
    Information first;
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("vae"))) {
      first = Information.of(vae.scaled(), data, settings, rows -> {});
      assertNotEquals(
          first.decomposition(),
          Information.of(vae.scaled(), data, settings.withSeed(1), rows -> {}).decomposition());
    }
    try (SavedModelVae vae =
        SavedModelVae.load(folder.resolve("vae"), new Compute(Device.CPU, 3))) {
      assertEquals(first, Information.of(vae.scaled(), data, settings, rows -> {}));
    }
  }

  @Test
  void faultsAreOneLine() {
    OneLine.ofConfig(() -> SETTINGS.withRows(1), "information.rows", 1);
    OneLine.ofConfig(() -> SETTINGS.withDraws(0), "information.draws", 0);
    OneLine.ofConfig(() -> SETTINGS.withActiveVariance(-1), "information.activeVariance", -1);
    double[][] kernel = {{3e38, 0}};
    try (SavedModelVae vae = LinearEncoder.load(folder, "vae", kernel, new double[2])) {
      DataSet data = InMemoryDataSet.of("rows", new Samples(RowShape.of(1), new float[] {0, 1, 9}));
      OneLine.ofData(
          () -> Information.of(vae.scaled(), data, SETTINGS, rows -> {}),
          "rows: the posterior of row 2 has mean Infinity",
          "expected finite");
      OneLine.ofData(
          () -> Information.of(vae.scaled(), random(4, 2), SETTINGS, rows -> {}), "[4]", "[1]");
    }
  }

  @Test
  void everyRowIsAsLikelyChosen() {
    int[] counts = new int[20];
    for (int i = 0; i < 4000; i++) {
      RowChoice choice = new RowChoice(20, 5, new SplittableRandom(i));
      int chosen = 0;
      for (int row = 0; row < 20; row++) {
        if (choice.takesNext()) {
          counts[row]++;
          chosen++;
        }
      }
      assertEquals(choice.size(), chosen);
    }
    for (int count : counts) {
      // Of 4,000 a quarter: a standard deviation of 27.
      assertEquals(1000, count, 5 * 27);
    }
    assertEquals(3, new RowChoice(3, 5, new SplittableRandom(0)).size());
  }
}
