package org.vaetf.latent;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.SoftBound;

/**
 * The log-variance of a latent dimension, bounded softly between −15 and 15: {@code −15 +
 * softplus(l + 15)}, then {@code 15 − softplus(15 − l)}. Within ±8 that is l to a thousandth;
 * beyond, a network that runs away meets a slope instead of an overflow. σ stays between 5.5e-4 and
 * 1.8e3.
 */
final class LatentVariance {
  private static final float BOUND = 15f;

  private LatentVariance() {}

  static Operand<TFloat32> bounded(Ops tf, Operand<TFloat32> logVariance) {
    return SoftBound.above(tf, SoftBound.below(tf, logVariance, -BOUND), BOUND);
  }
}
