package org.vaetf.eval;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.vaetf.base.Seed;
import org.vaetf.data.FactorGrid;
import org.vaetf.export.ScaledVae;

/**
 * The FactorVAE score. One factor k is fixed and L rows are drawn with all others at random; the
 * batch votes for k by the dimension whose codes vary least,
 *
 * <pre>
 * d*  =  argmin_d  Var_L(μ_d) / Var(μ_d)
 * </pre>
 *
 * where the second variance is that over all rows. A majority vote says which factor a dimension
 * stands for; the score is the part of further batches whose factor it tells. From about 1/K (K
 * factors) to 1; 1 if each factor alone fixes a dimension. Kim and Mnih, arXiv 1802.05983, section
 * 4. Dimensions that are not {@linkplain ActiveUnits active} have no vote, as in the paper; where
 * none is, the votes are all for one factor.
 *
 * @param accuracy on the further batches, with the standard error of a mean over them
 */
public record FactorVaeScore(Estimate accuracy) {

  /** A batch: the factor that was fixed, and the dimension that varied least. */
  record Vote(int factor, int dimension) {}

  /**
   * Draws, encodes and votes.
   *
   * @param name to call the rows by
   * @param active with the variances over all rows
   */
  static FactorVaeScore of(
      ScaledVae vae,
      String name,
      FactorGrid grid,
      ActiveUnits active,
      DisentanglementSettings settings,
      IntConsumer progress) {
    int batch = settings.batch();
    FixedFactor fixed = new FixedFactor(grid, batch, new Seed(settings.seed()).named("factor-vae"));
    Vote[] votes = new Vote[settings.votes() + settings.testVotes()];
    Estimate.Gatherer[] columns = new Estimate.Gatherer[vae.latent()];
    PosteriorRows.forEach(
        vae,
        fixed.batches(name, votes.length),
        progress,
        (row, mean, logVariance) -> {
          if (row % batch == 0) {
            Arrays.setAll(columns, i -> new Estimate.Gatherer());
          }
          for (int i = 0; i < mean.length; i++) {
            columns[i].add(mean[i]);
          }
          if (row % batch == batch - 1) {
            int vote = row / batch;
            votes[vote] = new Vote(fixed.factor(vote), steadiest(columns, active));
          }
        });
    return of(
        Arrays.copyOf(votes, settings.votes()),
        Arrays.copyOfRange(votes, settings.votes(), votes.length),
        grid.axes().size(),
        vae.latent());
  }

  /** The active dimension of the least variance, as a part of that over all rows. */
  static int steadiest(Estimate.Gatherer[] columns, ActiveUnits active) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < columns.length; i++) {
      double part = columns[i].variance() / active.variances().get(i);
      if (active.isActive(i) && part < least) {
        best = i;
        least = part;
      }
    }
    return best;
  }

  /** The part of the test votes that the majority of the training votes is right about. */
  static FactorVaeScore of(Vote[] training, Vote[] test, int factors, int latent) {
    int[][] counts = new int[latent][factors];
    for (Vote vote : training) {
      counts[vote.dimension()][vote.factor()]++;
    }
    Estimate.Gatherer right = new Estimate.Gatherer();
    for (Vote vote : test) {
      right.add(largest(counts[vote.dimension()]) == vote.factor() ? 1 : 0);
    }
    return new FactorVaeScore(right.estimate());
  }

  private static int largest(int[] counts) {
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return best;
  }
}
