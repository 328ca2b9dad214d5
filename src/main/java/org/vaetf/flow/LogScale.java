package org.vaetf.flow;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The log-scale of an affine map, bounded softly: {@code 3 tanh(s / 3)}, which is s itself near 0.
 * A single map stretches by a factor of 20 at most, so that a chain of them neither overflows nor
 * becomes so steep that it cannot be followed back.
 */
final class LogScale {
  private static final float BOUND = 3f;

  private LogScale() {}

  static Operand<TFloat32> bounded(Ops tf, Operand<TFloat32> scale) {
    Operand<TFloat32> bound = tf.constant(BOUND);
    return tf.math.mul(bound, tf.math.tanh(tf.math.div(scale, bound)));
  }
}
