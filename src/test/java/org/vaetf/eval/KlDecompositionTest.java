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
  private static final LogPrior NORMAL = LogPrior.standardNormal();

  @Test
  void givenDrawsGiveTheScriptsNumbers() {
    JsonNode golden = GOLDEN.get("decomposition");
    KlDecomposition found =
        KlDecomposition.of(posterior(golden, 2), noise(golden), NORMAL, SideBySide.alone());
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
    KlDecomposition found = drawn(posterior, 5000);
    assertNear(golden.get("kl").doubleValue(), found.klNats().mean(), 0.03, "kl");
    assertNear(
        golden.get("mutual_information").doubleValue(),
        found.mutualInformationNats().mean(),
        0.03,
        "information");
    assertNear(
        golden.get("marginal_kl").doubleValue(), found.marginalKlNats().mean(), 0.03, "marginal");
  }

  private static KlDecomposition drawn(AggregatedPosterior posterior, int draws) {
    SplittableRandom random = new SplittableRandom(5);
    double[][] noise = new double[posterior.rows() * draws][posterior.latent()];
    for (double[] row : noise) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return KlDecomposition.of(posterior, noise, NORMAL, SideBySide.alone());
  }

  @Test
  void posteriorsThatAreAllAlikeTellNothing() {
    double[] means = new double[3 * 40];
    double[] logVariances = new double[3 * 40];
    Arrays.fill(means, 0.7);
    Arrays.fill(logVariances, -1.5);
    KlDecomposition found = drawn(new AggregatedPosterior(3, means, logVariances), 2);
    assertNear(0, found.mutualInformationNats().mean(), 1e-12, "information");
    assertNear(found.klNats().mean(), found.marginalKlNats().mean(), 1e-12, "marginal");
  }

  /** Far apart and narrow, down to a variance that single precision cannot hold. */
  @Test
  void posteriorsThatDoNotOverlapTellWhichRow() {
    int rows = 50;
    double[] means = new double[rows];
    double[] logVariances = new double[rows];
    Arrays.setAll(means, i -> 3.0 * i);
    Arrays.setAll(logVariances, i -> i % 2 == 0 ? -6 : -200);
    KlDecomposition found = drawn(new AggregatedPosterior(1, means, logVariances), 1);
    assertNear(Math.log(rows), found.mutualInformationNats().mean(), 1e-12, "information");
    assertNear(Math.log(rows), found.mostInformationNats(), 1e-12, "limit");
    assertNear(0, found.mutualInformationNats().standardError(), 1e-12, "standard error");
  }

  @Test
  void anotherPriorChangesTheMarginalAlone() {
    JsonNode golden = GOLDEN.get("decomposition");
    LogPrior shifted =
        z -> Arrays.stream(NORMAL.logDensity(z)).map(density -> density - 0.25).toArray();
    KlDecomposition found =
        KlDecomposition.of(posterior(golden, 2), noise(golden), shifted, SideBySide.alone());
    double kl = golden.get("kl").get("mean").doubleValue();
    double information = golden.get("mutual_information").get("mean").doubleValue();
    assertNear(kl + 0.25, found.klNats().mean(), 1e-8, "kl");
    assertNear(information, found.mutualInformationNats().mean(), 1e-8, "information");
    assertNear(kl + 0.25 - information, found.marginalKlNats().mean(), 1e-8, "marginal");
  }
}
