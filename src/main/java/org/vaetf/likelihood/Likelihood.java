package org.vaetf.likelihood;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/** The likelihood axis: p(x|z). Pixels, or the values of a flat row, are independent given z. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Bernoulli.class, name = "bernoulli"),
  @JsonSubTypes.Type(value = ContinuousBernoulli.class, name = "continuous-bernoulli"),
  @JsonSubTypes.Type(value = Gaussian.class, name = "gaussian"),
  @JsonSubTypes.Type(value = Laplace.class, name = "laplace"),
  @JsonSubTypes.Type(value = StudentT.class, name = "student-t"),
  @JsonSubTypes.Type(value = DiscretizedLogistic.class, name = "discretized-logistic"),
  @JsonSubTypes.Type(
      value = DiscretizedLogisticMixture.class,
      name = "discretized-logistic-mixture"),
  @JsonSubTypes.Type(value = Categorical.class, name = "categorical"),
  @JsonSubTypes.Type(value = Poisson.class, name = "poisson"),
  @JsonSubTypes.Type(value = NegativeBinomial.class, name = "negative-binomial"),
})
public interface Likelihood {

  /**
   * The shape of what the decoder must give for a row of x: that of x but for its last size, so
   * that a network which keeps the places of pixels can give it.
   *
   * @param x the shape of a row of x
   * @return the shape of a row of parameters
   */
  RowShape parameters(RowShape x);

  /**
   * The distribution that some parameters stand for.
   *
   * @param scope for weights of the likelihood's own
   * @param parameters {@code [batch, parameters(shape)...]}, numbers of any size
   * @param shape of a row of x
   * @return p(x|z) of each row
   */
  Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape);

  /**
   * Whether p(x|z) is a probability, which sums to 1 over the values that x can have, or a density,
   * which integrates to 1. A log-probability is never above 0 and compares between likelihoods of
   * the same values; a log-density may be above 0, moves with the unit of x, and compares with
   * densities alone.
   *
   * @return true for a probability
   */
  @JsonIgnore
  boolean isDiscrete();

  /**
   * Refuses data that this likelihood gives no density.
   *
   * @param values scaled values of some rows, in any order
   * @throws ConfigException if one lies outside the support
   */
  void requireSupport(float[] values);

  /** p(x|z) of each row of a batch. */
  interface Conditional {

    /**
     * The density or probability of some data.
     *
     * @param x {@code [batch, shape...]}
     * @return log p(x|z) in nats, summed over the row, {@code [batch]}
     */
    Operand<TFloat32> logDensity(Operand<TFloat32> x);

    /**
     * The same number in a form that is made to be differentiated: its gradient by the parameters
     * is exact and cheap, even where the number itself is not asked for. Data are constants: no
     * gradient needs to flow to x.
     *
     * @param x {@code [batch, shape...]}
     * @return log p(x|z) in nats, summed over the row, {@code [batch]}
     */
    default Operand<TFloat32> trainingLogDensity(Operand<TFloat32> x) {
      return logDensity(x);
    }

    /**
     * The mean of p(x|z).
     *
     * @return {@code [batch, shape...]}
     */
    Operand<TFloat32> mean();
  }
}
