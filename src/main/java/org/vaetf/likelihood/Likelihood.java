package org.vaetf.likelihood;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/** The likelihood axis: p(x|z), all values independent given z. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Bernoulli.class, name = "bernoulli"),
  @JsonSubTypes.Type(value = Gaussian.class, name = "gaussian"),
})
public interface Likelihood {

  /**
   * How many numbers the decoder must give for each value of x.
   *
   * @return at least 1
   */
  int parametersPerValue();

  /**
   * The distribution that some parameters stand for.
   *
   * @param scope for weights of the likelihood's own
   * @param parameters {@code [batch, shape... * parametersPerValue()]}
   * @param shape of a row of x
   * @return p(x|z) of each row
   */
  Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape);

  /**
   * Refuses data that this likelihood gives no density.
   *
   * @param least the smallest scaled value of a row
   * @param greatest the greatest scaled value of a row
   * @throws ConfigException if the values lie outside the support
   */
  void requireSupport(float least, float greatest);

  /** p(x|z) of each row of a batch. */
  interface Conditional {

    /**
     * The density of some data.
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
