package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;

/**
 * The scores of a batch by many draws, gathered from several calls of the model, which run side by
 * side and tell how far they are. With k draws in parts of k_j, in nats,
 *
 * <pre>
 * elbo, reconstruction, kl  =  (1/k) Σ_j k_j score_j
 * log_likelihood            =  log (1/k) Σ_j k_j exp(log_likelihood_j)
 * </pre>
 *
 * which is what one call with k draws gives but for rounding.
 */
final class DrawnScores {
  /** Half a second of a dense model, some of a convolutional one; each part encodes the rows. */
  static final int DRAWS_OF_A_PART = 50;

  /** Parts whose scores are in memory at a time. */
  private static final int SIDE_BY_SIDE = 64;

  private final double[] elbo;
  private final double[] reconstruction;
  private final double[] kl;
  private final double[] logSum;
  private int draws;

  private DrawnScores(Batch batch) {
    int rows = batch.samples().rows();
    elbo = new double[rows];
    reconstruction = new double[rows];
    kl = new double[rows];
    logSum = new double[rows];
    Arrays.fill(logSum, Double.NEGATIVE_INFINITY);
  }

  /**
   * Scores batches.
   *
   * @param vae the model
   * @param batches x scaled, {@code [rows, shape...]}, with labels where the model is conditional
   * @param number of the first batch
   * @param draws k
   * @param seed draw i of batch b is keyed by {@code (seed, b k + i)}
   * @param progress told after each part how many draws it took, those of all rows together; by
   *     several threads
   * @return nats, of each batch
   */
  static List<Scores> of(
      ScaledVae vae, List<Batch> batches, long number, int draws, Seed seed, IntConsumer progress) {
    int parts = (draws - 1) / DRAWS_OF_A_PART + 1;
    int total = Math.multiplyExact(batches.size(), parts);
    List<DrawnScores> all = batches.stream().map(DrawnScores::new).toList();
    for (int from = 0; from < total; from += SIDE_BY_SIDE) {
      List<Part> some =
          IntStream.range(from, Math.min(total, from + SIDE_BY_SIDE))
              .mapToObj(i -> Part.of(i / parts, i % parts, draws))
              .toList();
      List<Scores> scores =
          vae.sideBySide(
              some.size(),
              i -> {
                Part part = some.get(i);
                Batch batch = batches.get(part.batch);
                long key = (number + part.batch) * draws + part.begin;
                Scores found = vae.score(batch, part.draws, seed.pair(key));
                progress.accept(part.draws * batch.samples().rows());
                return found;
              });
      for (int i = 0; i < some.size(); i++) {
        all.get(some.get(i).batch).add(scores.get(i), some.get(i).draws);
      }
    }
    return all.stream().map(DrawnScores::scores).toList();
  }

  /** Some of the draws of a batch. */
  private record Part(int batch, int begin, int draws) {
    static Part of(int batch, int number, int allDraws) {
      int begin = number * DRAWS_OF_A_PART;
      return new Part(batch, begin, Math.min(DRAWS_OF_A_PART, allDraws - begin));
    }
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
