package org.vaetf.sampler;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;

/**
 * A mixture of normal distributions with full covariances, {@code p(z) = Σ_k π_k N(z; μ_k, Σ_k)},
 * in double precision.
 *
 * @param weights π, {@code [components]}, of sum 1
 * @param means μ, {@code [components][latent]}
 * @param factors L with {@code Σ = L Lᵀ}, lower triangular, {@code [components][latent * latent]}
 */
record FullMixture(List<Double> weights, List<double[]> means, List<double[]> factors) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /**
   * A mixture.
   *
   * @param covariances Σ, {@code [components][latent * latent]}; of each the lower triangle is read
   * @throws VaeException if a covariance is not positive definite
   */
  static FullMixture of(List<Double> weights, List<double[]> means, List<double[]> covariances) {
    int latent = means.get(0).length;
    List<double[]> factors = new ArrayList<>();
    for (int k = 0; k < means.size(); k++) {
      int component = k;
      factors.add(
          Cholesky.factor(covariances.get(k), latent)
              .orElseThrow(
                  () ->
                      new VaeException(
                          "the covariance of component "
                              + component
                              + " of the mixture is singular; expected a spread in every direction;"
                              + " raise regularization, or ask for fewer components")));
    }
    return new FullMixture(List.copyOf(weights), List.copyOf(means), factors);
  }

  int components() {
    return means.size();
  }

  int latent() {
    return means.get(0).length;
  }

  /** What the density is made of, once for many points. By one thread. */
  final class Evaluator {
    private final double[] constants = new double[components()];
    private final double[] logs = new double[components()];
    private final double[] difference = new double[latent()];
    private final double[] solved = new double[latent()];

    Evaluator() {
      for (int k = 0; k < constants.length; k++) {
        constants[k] =
            Math.log(weights.get(k))
                - Cholesky.logDiagonal(factors.get(k), latent())
                - latent() * LOG_TWO_PI / 2;
      }
    }

    /**
     * The density of a point.
     *
     * @param points {@code [rows * latent]}
     * @param row its number
     * @return log p(z), nats
     */
    double log(float[] points, int row) {
      for (int k = 0; k < logs.length; k++) {
        fill(difference, points, row, k);
        logs[k] = constants[k] - Cholesky.squaredNorm(factors.get(k), difference, solved) / 2;
      }
      return logSumExp(logs);
    }

    /**
     * How much of the point last asked for belongs to a component.
     *
     * @param k the component
     * @param log what {@link #log} gave
     * @return from 0 to 1
     */
    double responsibility(int k, double log) {
      return Math.exp(logs[k] - log);
    }

    /** {@code z − μ_k}. */
    void fill(double[] into, float[] points, int row, int k) {
      double[] mean = means.get(k);
      for (int i = 0; i < into.length; i++) {
        into[i] = points[row * into.length + i] - mean[i];
      }
    }
  }

  /** The mean log-density of some points, nats. */
  double meanLog(Samples points) {
    Evaluator evaluator = new Evaluator();
    double sum = 0;
    for (int row = 0; row < points.rows(); row++) {
      sum += evaluator.log(points.values(), row);
    }
    return sum / points.rows();
  }

  private static double logSumExp(double[] logs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      greatest = Math.max(greatest, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - greatest);
    }
    return greatest + Math.log(sum);
  }
}
