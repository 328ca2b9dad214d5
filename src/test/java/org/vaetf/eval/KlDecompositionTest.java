package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaetf.testing.Golden;

/** The KL term in two parts: NumPy's numbers, and cases that are known. */
class KlDecompositionTest {
  private static final JsonNode GOLDEN = Golden.read("representation");

  @Test
  void givenDrawsGiveTheScriptsNumbers() {
    JsonNode golden = GOLDEN.get("decomposition");
    KlDecomposition found =
        KlDecomposition.of(posterior(golden, 2), noise(golden), klNats(golden), SideBySide.alone());
    assertEquals(7, found.rows());
    assertEquals(3, found.draws());
    requireEstimate(golden.get("kl"), found.klNats(), "kl");
    requireEstimate(golden.get("mutual_information"), found.mutualInformationNats(), "information");
    requireEstimate(golden.get("marginal_kl"), found.marginalKlNats(), "marginal");
  }

  private static double[][] noise(JsonNode golden) {
    double[][] noise = new double[golden.get("noise").size()][];
    Arrays.setAll(noise, i -> Golden.doubles(golden.get("noise").get(i)));
    return noise;
  }

  private static double[] klNats(JsonNode golden) {
    return Golden.doubles(golden.get("kl_by_row"));
  }

  private static AggregatedPosterior posterior(JsonNode golden, int latent) {
    return new AggregatedPosterior(
        latent, Golden.doubles(golden.get("mean")), Golden.doubles(golden.get("log_variance")));
  }

  private static void requireEstimate(JsonNode golden, Estimate found, String what) {
    assertNear(golden.get("mean").doubleValue(), found.mean(), 1e-8, what);
    double error = golden.get("standard_error").doubleValue();
    assertNear(error, found.standardError(), 1e-8, "standard error of " + what);
  }

  /** 20,000 draws of mixtures whose terms differ by about 1: a standard error of 0.007 nats. */
  @Test
  void manyDrawsGiveTheIntegrals() {
    JsonNode golden = GOLDEN.get("exact");
    AggregatedPosterior posterior = posterior(golden, 1);
    double[] mean = Golden.doubles(golden.get("mean"));
    double[] logVariance = Golden.doubles(golden.get("log_variance"));
    double[] klNats = new double[mean.length];
    Arrays.setAll(
        klNats, i -> (mean[i] * mean[i] + Math.expm1(logVariance[i]) - logVariance[i]) / 2);
    KlDecomposition found = drawn(posterior, klNats, 5000);
    assertNear(golden.get("kl").doubleValue(), found.klNats().mean(), 1e-8, "kl");
    assertNear(
        golden.get("mutual_information").doubleValue(),
        found.mutualInformationNats().mean(),
        0.03,
        "information");
    assertNear(
        golden.get("marginal_kl").doubleValue(), found.marginalKlNats().mean(), 0.03, "marginal");
  }

  private static KlDecomposition drawn(AggregatedPosterior posterior, double[] klNats, int draws) {
    SplittableRandom random = new SplittableRandom(5);
    double[][] noise = new double[posterior.rows() * draws][posterior.latent()];
    for (double[] row : noise) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return KlDecomposition.of(posterior, noise, klNats, SideBySide.alone());
  }

  @Test
  void posteriorsThatAreAllAlikeTellNothing() {
    double[] means = new double[3 * 40];
    double[] logVariances = new double[3 * 40];
    Arrays.fill(means, 0.7);
    Arrays.fill(logVariances, -1.5);
    double[] klNats = {1.5, 2.5};
    KlDecomposition found =
        drawn(new AggregatedPosterior(3, means, logVariances), repeated(klNats, 40), 2);
    assertNear(0, found.mutualInformationNats().mean(), 1e-12, "information");
    assertNear(2, found.klNats().mean(), 1e-12, "kl");
    assertNear(2, found.marginalKlNats().mean(), 1e-12, "marginal");
  }

  private static double[] repeated(double[] values, int count) {
    double[] all = new double[count];
    Arrays.setAll(all, i -> values[i % values.length]);
    return all;
  }

  /** Far apart and narrow, down to a variance that single precision cannot hold. */
  @Test
  void posteriorsThatDoNotOverlapTellWhichRow() {
    int rows = 50;
    double[] means = new double[rows];
    double[] logVariances = new double[rows];
    Arrays.setAll(means, i -> 3.0 * i);
    Arrays.setAll(logVariances, i -> i % 2 == 0 ? -6 : -200);
    KlDecomposition found =
        drawn(new AggregatedPosterior(1, means, logVariances), new double[rows], 1);
    assertNear(Math.log(rows), found.mutualInformationNats().mean(), 1e-12, "information");
    assertNear(Math.log(rows), found.mostInformationNats(), 1e-12, "limit");
    assertNear(0, found.mutualInformationNats().standardError(), 1e-12, "standard error");
  }

  /** The standard error of the marginal is that of the rows' differences, not of the two apart. */
  @Test
  void anotherPriorChangesTheMarginalAlone() {
    JsonNode golden = GOLDEN.get("decomposition");
    double[] klNats = Arrays.stream(klNats(golden)).map(kl -> kl + 0.25).toArray();
    KlDecomposition found =
        KlDecomposition.of(posterior(golden, 2), noise(golden), klNats, SideBySide.alone());
    requireEstimate(golden.get("mutual_information"), found.mutualInformationNats(), "information");
    double marginal = golden.get("marginal_kl").get("mean").doubleValue();
    assertNear(marginal + 0.25, found.marginalKlNats().mean(), 1e-8, "marginal");
    double error = golden.get("marginal_kl").get("standard_error").doubleValue();
    assertNear(error, found.marginalKlNats().standardError(), 1e-8, "standard error");
  }
}
