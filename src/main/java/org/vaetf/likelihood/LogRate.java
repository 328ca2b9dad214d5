package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.SoftBound;

/**
 * The logarithm of a count's mean μ, which is the decoder's output l itself: what z does to counts
 * multiplies, counts of every size are equally near to reach, and the gradient of a Poisson is
 * {@code x − μ}. (A softplus instead, linear for large counts, would have to walk to 10,000 in
 * steps of its learning rate.) It is bounded above softly, {@code 16 − softplus(16 − l)}, so that
 * nothing overflows: μ stays below 8.9 million, of the order up to which single precision holds
 * every whole number.
 */
final class LogRate {
  private static final float MOST = 16f;

  private LogRate() {}

  static Operand<TFloat32> bounded(Ops tf, Operand<TFloat32> logRate) {
    return SoftBound.above(tf, logRate, MOST);
  }
}
