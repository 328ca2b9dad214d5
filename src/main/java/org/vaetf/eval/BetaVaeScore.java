package org.vaetf.eval;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.vaetf.base.Seed;
import org.vaetf.data.FactorGrid;
import org.vaetf.export.ScaledVae;

/**
 * The β-VAE score. One factor k is chosen and L pairs of rows are drawn, the two of a pair alike in
 * k and at random in all others; a linear classifier is to tell k from
 *
 * <pre>
 * (1/L) Σ_l |μ(x_l) − μ(x'_l)|
 * </pre>
 *
 * one number a dimension. The score is the part of further such means whose factor it tells: from
 * about 1/K (K factors) to 1. Higgins et al., "β-VAE: learning basic visual concepts with a
 * constrained variational framework", ICLR 2017 (openreview Sy2fzU9gl), section 3. It does not
 * punish a factor spread over dimensions, and K − 1 factors' dimensions suffice to tell all K (Kim
 * and Mnih, arXiv 1802.05983, section 4). The classifier is multinomial logistic regression on
 * these n means, each dimension's made to have mean 0 and variance 1, with a penalty of {@code |W|²
 * / 2n}.
 *
 * @param accuracy on the further means, with the standard error of a mean over them
 */
public record BetaVaeScore(Estimate accuracy) {

  /**
   * Draws, encodes, learns and judges.
   *
   * @param name to call the rows by
   */
  static BetaVaeScore of(
      ScaledVae vae,
      String name,
      FactorGrid grid,
      DisentanglementSettings settings,
      IntConsumer progress) {
    int rowsOfBatch = 2 * settings.batch();
    FixedFactor fixed =
        new FixedFactor(grid, rowsOfBatch, new Seed(settings.seed()).named("beta-vae"));
    double[][] differences = new double[settings.votes() + settings.testVotes()][vae.latent()];
    double[] first = new double[vae.latent()];
    PosteriorRows.forEach(
        vae,
        fixed.pairs(name, differences.length),
        progress,
        (row, mean, logVariance) -> {
          if (row % 2 == 0) {
            System.arraycopy(mean, 0, first, 0, mean.length);
            return;
          }
          double[] sum = differences[row / rowsOfBatch];
          for (int i = 0; i < mean.length; i++) {
            sum[i] += Math.abs(mean[i] - first[i]) / settings.batch();
          }
        });
    int[] factors = new int[differences.length];
    Arrays.setAll(factors, fixed::factor);
    return of(differences, factors, settings.votes(), grid.axes().size());
  }

  /** The part of the rows from {@code training} on that a classifier of the others tells. */
  static BetaVaeScore of(double[][] differences, int[] factors, int training, int classes) {
    SoftmaxRegression classifier =
        SoftmaxRegression.fit(
            Arrays.copyOf(differences, training), Arrays.copyOf(factors, training), classes);
    Estimate.Gatherer right = new Estimate.Gatherer();
    for (int i = training; i < factors.length; i++) {
      right.add(classifier.classOf(differences[i]) == factors[i] ? 1 : 0);
    }
    return new BetaVaeScore(right.estimate());
  }
}
