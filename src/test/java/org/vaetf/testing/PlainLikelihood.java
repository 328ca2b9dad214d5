package org.vaetf.testing;

import java.util.Map;
import org.vaetf.base.RowShape;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Categorical;
import org.vaetf.likelihood.ContinuousBernoulli;
import org.vaetf.likelihood.DiscretizedLogistic;
import org.vaetf.likelihood.DiscretizedLogisticMixture;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Laplace;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.likelihood.NegativeBinomial;
import org.vaetf.likelihood.Poisson;
import org.vaetf.likelihood.StudentT;
import org.vaetf.tf.Array;

/** p(x|z) of one row in double precision, by the textbook's formulas. */
public interface PlainLikelihood {

  /** log p(x|z), nats, of a row and what the decoder gives for it. */
  double logDensity(double[] x, double[] parameters);

  /** The mean of p(x|z), a row. */
  double[] mean(double[] parameters);

  /** The plain form of a likelihood; {@code weights} are the model's, by name. */
  static PlainLikelihood of(Likelihood likelihood, RowShape shape, Map<String, Array> weights) {
    if (likelihood instanceof Categorical categorical) {
      return new PlainCategorical(categorical.levels());
    }
    if (likelihood instanceof DiscretizedLogisticMixture mixture) {
      return new PlainMixture(mixture.components(), shape.rank() == 3 ? shape.channels() : 1);
    }
    return new PlainValues(shape, spreadOf(likelihood, weights), familyOf(likelihood));
  }

  private static PlainFamily familyOf(Likelihood likelihood) {
    if (likelihood instanceof Bernoulli) {
      return PlainFamily.BERNOULLI;
    }
    if (likelihood instanceof ContinuousBernoulli) {
      return PlainFamily.CONTINUOUS_BERNOULLI;
    }
    if (likelihood instanceof Gaussian) {
      return PlainFamily.GAUSSIAN;
    }
    if (likelihood instanceof Laplace) {
      return PlainFamily.LAPLACE;
    }
    if (likelihood instanceof StudentT student) {
      return PlainFamily.studentT(student.degreesOfFreedom());
    }
    if (likelihood instanceof DiscretizedLogistic) {
      return PlainFamily.DISCRETIZED_LOGISTIC;
    }
    if (likelihood instanceof Poisson) {
      return PlainFamily.POISSON;
    }
    if (likelihood instanceof NegativeBinomial) {
      return PlainFamily.NEGATIVE_BINOMIAL;
    }
    throw new IllegalArgumentException("no plain form of " + likelihood);
  }

  private static PlainSpread spreadOf(Likelihood likelihood, Map<String, Array> weights) {
    double none = Double.POSITIVE_INFINITY;
    if (likelihood instanceof Gaussian g) {
      return new PlainSpread(
          g.variance(), g.value(), weights.get("likelihood.log_variance"), -10, none);
    }
    Array logScale = weights.get("likelihood.log_scale");
    if (likelihood instanceof Laplace l) {
      return new PlainSpread(l.scale(), l.value(), logScale, -5, none);
    }
    if (likelihood instanceof StudentT t) {
      return new PlainSpread(t.scale(), t.value(), logScale, -5, none);
    }
    if (likelihood instanceof DiscretizedLogistic d) {
      return new PlainSpread(d.scale(), d.value(), logScale, -8, 2);
    }
    if (likelihood instanceof NegativeBinomial n) {
      Array logR = weights.get("likelihood.log_inverse_dispersion");
      return new PlainSpread(n.inverseDispersion(), n.value(), logR, -10, 10);
    }
    return PlainSpread.NONE;
  }
}
