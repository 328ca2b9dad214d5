package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;

/**
 * How many latent dimensions a model uses: dimension u is active if the posterior means vary from
 * row to row, {@code A_u = Var_x(E_{q(u|x)}[u]) > threshold}. Burda, Grosse and Salakhutdinov,
 * arXiv 1509.00519, section 4, with threshold 0.01, for a prior of variance 1.
 *
 * @param variances A of each dimension, with n − 1, at least 0; NaN for a single row
 * @param threshold that an active dimension's variance is above
 */
public record ActiveUnits(List<Double> variances, double threshold) {

  /**
   * Copies the variances.
   *
   * @param variances A of each dimension, with n − 1, at least 0; NaN for a single row
   * @param threshold that an active dimension's variance is above
   */
  public ActiveUnits {
    variances = List.copyOf(variances);
  }

  static ActiveUnits of(Estimate.Gatherer[] means, double threshold) {
    return new ActiveUnits(
        Arrays.stream(means).map(Estimate.Gatherer::variance).toList(), threshold);
  }

  /**
   * Whether a dimension is active.
   *
   * @param dimension its number, from 0
   * @return true if its variance is above the threshold
   */
  public boolean isActive(int dimension) {
    return variances.get(dimension) > threshold;
  }

  /**
   * How many dimensions are active.
   *
   * @return 0 up to the number of latent dimensions
   */
  public int count() {
    return (int) variances.stream().filter(variance -> variance > threshold).count();
  }
}
