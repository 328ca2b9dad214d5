package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** Noise beside that of the draws: the same two numbers under another first one. */
final class OtherSeed {
  /** Odd and far from any seed that people write: 2⁶⁴ over the golden ratio. */
  private static final long FAR = 0x9e3779b97f4a7c15L;

  private OtherSeed() {}

  static Operand<TInt64> of(Ops tf, Operand<TInt64> seed) {
    return tf.math.add(seed, tf.constant(new long[] {FAR, 0}));
  }
}
