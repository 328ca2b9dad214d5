package org.vaetf.eval;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;

/**
 * The scores of a batch by many draws, gathered from several calls of the model so that they can
 * tell how far they are. With k draws in parts of k_j, in nats,
 *
 * <pre>
 * elbo, reconstruction, kl  =  (1/k) Σ_j k_j score_j
 * log_likelihood            =  log (1/k) Σ_j k_j exp(log_likelihood_j)
 * </pre>
 *
 * which is what one call with k draws gives but for rounding.
 */
final class DrawnScores {
  /** About a second of a dense model's thread; fewer would encode the rows too often. */
  static final int DRAWS_OF_A_PART = 100;

  private final double[] elbo;
  private final double[] reconstruction;
  private final double[] kl;
  private final double[] logSum;
  private int draws;

  private DrawnScores(int rows) {
    elbo = new double[rows];
    reconstruction = new double[rows];
    kl = new double[rows];
    logSum = new double[rows];
    Arrays.fill(logSum, Double.NEGATIVE_INFINITY);
  }

  /**
   * Scores a batch.
   *
   * @param vae the model
   * @param batch x scaled, {@code [rows, shape...]}, with labels where the model is conditional
   * @param draws k
   * @param seed of the draws
   * @param first draw i is keyed by {@code (seed, first + i)}
   * @param progress told after each part how many draws it took, those of all rows together
   * @return nats
   */
  static Scores of(
      ScaledVae vae, Batch batch, int draws, Seed seed, long first, IntConsumer progress) {
    int rows = batch.samples().rows();
    DrawnScores all = new DrawnScores(rows);
    while (all.draws < draws) {
      int part = Math.min(DRAWS_OF_A_PART, draws - all.draws);
      all.add(vae.score(batch, part, seed.pair(first + all.draws)), part);
      progress.accept(part * rows);
    }
    return all.scores();
  }

  private void add(Scores part, int partDraws) {
    double logDraws = Math.log(partDraws);
    for (int row = 0; row < elbo.length; row++) {
      elbo[row] += (double) partDraws * part.elbo()[row];
      reconstruction[row] += (double) partDraws * part.reconstruction()[row];
      kl[row] += (double) partDraws * part.kl()[row];
      logSum[row] = logSumExp(logSum[row], logDraws + part.logLikelihood()[row]);
    }
    draws += partDraws;
  }

  private static double logSumExp(double a, double b) {
    double greatest = Math.max(a, b);
    return Double.isInfinite(greatest)
        ? greatest
        : greatest + Math.log1p(Math.exp(Math.min(a, b) - greatest));
  }

  private Scores scores() {
    return new Scores(
        mean(elbo), mean(reconstruction), mean(kl), map(logSum, sum -> sum - Math.log(draws)));
  }

  private float[] mean(double[] sums) {
    return map(sums, sum -> sum / draws);
  }

  private static float[] map(double[] values, DoubleUnaryOperator each) {
    float[] mapped = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      mapped[i] = (float) each.applyAsDouble(values[i]);
    }
    return mapped;
  }
}
