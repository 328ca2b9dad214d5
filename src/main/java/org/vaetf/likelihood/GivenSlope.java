package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A log-density whose gradient is given instead of derived. Differentiating a formula can take
 * several passes over the data to come to a gradient that is known to be short.
 */
final class GivenSlope {
  private GivenSlope() {}

  /**
   * {@code log p + (s − s)} with {@code s = Σ l·slope}, the slope, log p and the second s held
   * constant: the value of the one and the gradient of the other.
   *
   * @param tf the graph
   * @param logDensity log p(x|z), {@code [batch]}
   * @param parameters l, {@code [batch, shape...]}
   * @param slope of log p(x|z) by l, {@code [batch, shape...]}
   * @return {@code logDensity} with that slope
   */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> logDensity, Operand<TFloat32> parameters, Operand<TFloat32> slope) {
    Operand<TFloat32> surrogate = PerValue.sum(tf, tf.math.mul(parameters, tf.stopGradient(slope)));
    return tf.math.add(
        tf.stopGradient(logDensity), tf.math.sub(surrogate, tf.stopGradient(surrogate)));
  }
}
