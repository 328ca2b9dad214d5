package org.vaetf.testing;

import java.util.Arrays;
import java.util.Map;
import org.vaetf.base.Samples;
import org.vaetf.tf.Array;

/**
 * The draws that an objective takes from the posteriors of some rows, and their densities, in plain
 * Java: diagonal posterior, standard normal prior. The noise is TensorFlow's, {@code [draws * rows,
 * latent]}, the first draw of every row first.
 */
public final class PlainDraws {
  private final PlainModel model;
  private final double[][] rows;
  private final double[][][] z;
  private final double[][] fits;
  private final double[][] priors;
  private final double[][] posteriors;

  /** Some draws for each row. */
  public PlainDraws(TinyModel tiny, Map<String, Array> weights, Samples x, long[] seed, int draws) {
    int latent = tiny.config().latent();
    double[] noise = Near.doubles(Evaluate.normal(draws * x.rows(), latent, seed[0], seed[1]));
    model = tiny.plain(weights);
    rows = new double[x.rows()][];
    z = new double[x.rows()][draws][];
    fits = new double[x.rows()][draws];
    priors = new double[x.rows()][draws];
    posteriors = new double[x.rows()][draws];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Near.doubles(x.row(row));
      for (int draw = 0; draw < draws; draw++) {
        int at = (draw * rows.length + row) * latent;
        double[] point = model.draw(rows[row], Arrays.copyOfRange(noise, at, at + latent));
        z[row][draw] = point;
        fits[row][draw] = model.logDensity(rows[row], point);
        priors[row][draw] = PlainModel.priorLogDensity(point);
        posteriors[row][draw] = model.posteriorLogDensity(rows[row], point);
      }
    }
  }

  /** How many rows. */
  public int rows() {
    return rows.length;
  }

  /** A draw of a row. */
  public double[] z(int row, int draw) {
    return z[row][draw];
  }

  /** Mean of q(z|x) of a row. */
  public double[] mean(int row) {
    return model.mean(rows[row]);
  }

  /** Log-variance of q(z|x) of a row. */
  public double[] logVariance(int row) {
    return model.logVariance(rows[row]);
  }

  /** log q(z|x) of a draw, nats. */
  public double posterior(int row, int draw) {
    return posteriors[row][draw];
  }

  /** log p(z) of a draw, nats. */
  public double prior(int row, int draw) {
    return priors[row][draw];
  }

  /** {@code log p(x|z) + t (log p(z) − log q(z|x))} of every draw of a row. */
  public double[] logWeights(int row, double warmUp) {
    double[] weights = new double[fits[row].length];
    for (int draw = 0; draw < weights.length; draw++) {
      weights[draw] = fits[row][draw] + warmUp * (priors[row][draw] - posteriors[row][draw]);
    }
    return weights;
  }

  /** The mean of −log p(x|z). */
  public double error() {
    return -mean(fits);
  }

  /** The mean of log q(z|x) − log p(z) over rows and draws. */
  public double estimatedDivergence() {
    return mean(posteriors) - mean(priors);
  }

  /** The mean over rows of KL(q(z|x) ‖ p(z)) for each dimension, in closed form. */
  public double[] divergences() {
    double[] sum = new double[z[0][0].length];
    for (double[] row : rows) {
      double[] divergence = model.divergence(row);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += divergence[i] / rows.length;
      }
    }
    return sum;
  }

  private static double mean(double[][] table) {
    return Arrays.stream(table).flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  /** {@code log (1/n) Σ exp x}. */
  public static double logMeanExp(double... x) {
    return logSumExp(x) - Math.log(x.length);
  }

  /** {@code log Σ exp x}. */
  public static double logSumExp(double... x) {
    double greatest = Arrays.stream(x).max().orElseThrow();
    return greatest + Math.log(Arrays.stream(x).map(value -> Math.exp(value - greatest)).sum());
  }
}
