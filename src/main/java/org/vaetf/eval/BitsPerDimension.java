package org.vaetf.eval;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.data.Scaling;

/**
 * Log-likelihoods as the bits that a value takes, {@code −log2 p(x) / D}, with x in the units of
 * the data as stored. A probability is one in any units. A density is not: a model has that of
 * {@code (x − shift) / scale}, and by the change of variables
 *
 * <pre>
 *   log p(x) = log p((x − shift) / scale) − Σ log |scale|
 * </pre>
 *
 * over the D values of a row. Of grey levels, the bits of a density are those of noise too, and
 * compare with bits of a probability only where a model was fitted to x + u, u uniform in [0, 1):
 * Theis, van den Oord and Bethge, "A note on the evaluation of generative models", arXiv
 * 1511.01844, section 3.1.
 *
 * @param values D, how many a row holds
 * @param logScaleNats {@code Σ log |scale|} of a row; 0 for a probability
 */
public record BitsPerDimension(int values, double logScaleNats) {

  /**
   * Checks the number of values.
   *
   * @param values D, how many a row holds
   * @param logScaleNats {@code Σ log |scale|} of a row; 0 for a probability
   * @throws ConfigException if there are none
   */
  public BitsPerDimension {
    Check.atLeast("values of a row", values, 1);
  }

  /**
   * The unit for a model's log-likelihoods.
   *
   * @param shape of a row
   * @param scaling from stored values to the model's numbers
   * @param discrete whether the likelihood is a probability of the data, not a density
   * @return the unit
   * @throws ConfigException if the scaling is not for such rows
   */
  public static BitsPerDimension of(RowShape shape, Scaling scaling, boolean discrete) {
    scaling.requireShape(shape);
    boolean asTheyAre = discrete || scaling.kind() == Scaling.Kind.NONE;
    return new BitsPerDimension(shape.size(), asTheyAre ? 0 : logScale(shape.size(), scaling));
  }

  private static double logScale(int values, Scaling scaling) {
    double sum = 0;
    for (float scale : scaling.scale()) {
      sum += Math.log(Math.abs(scale));
    }
    return sum * values / scaling.scale().length;
  }

  /**
   * One number of the model's.
   *
   * @param logLikelihoodNats {@code log p} of a row in the model's scaled space, summed over its
   *     values, or a bound of it such as the ELBO
   * @return {@code (Σ log |scale| − log p) / (D log 2)}
   */
  public double bits(double logLikelihoodNats) {
    return (logScaleNats - logLikelihoodNats) / oneBitNats();
  }

  /**
   * A mean over rows.
   *
   * @param logLikelihoodNats as of {@link #bits}
   * @return its bits, with their standard error
   */
  public Estimate bits(Estimate logLikelihoodNats) {
    return new Estimate(
        bits(logLikelihoodNats.mean()), logLikelihoodNats.standardError() / oneBitNats());
  }

  /** One bit for each value. */
  private double oneBitNats() {
    return values * Math.log(2);
  }
}
