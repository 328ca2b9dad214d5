package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Which component of a mixture a draw comes from. */
public final class Components {
  private Components() {}

  /**
   * The logarithms of the weights: {@code logits − log Σ exp(logits)}.
   *
   * @param tf the graph
   * @param logits log π but for a constant, {@code [components]}
   * @return log π, {@code [components]}
   */
  public static Operand<TFloat32> logWeights(Ops tf, Operand<TFloat32> logits) {
    return tf.math.sub(logits, LogSumExp.over(tf, logits, 0));
  }

  /**
   * Chooses a component for each row: the inverse of the weights' cumulative sum at {@code Φ} of a
   * normal number, which is uniform.
   *
   * @param tf the graph
   * @param logWeights log π, {@code [components]}
   * @param noise standard normal, {@code [rows, 1]}
   * @return from 0, {@code [rows]}
   */
  public static Operand<TInt32> chosen(
      Ops tf, Operand<TFloat32> logWeights, Operand<TFloat32> noise) {
    Operand<TFloat32> uniform =
        tf.math.mul(
            tf.constant(0.5f),
            tf.math.add(
                tf.constant(1f),
                tf.math.erf(tf.math.mul(noise, tf.constant((float) Math.sqrt(0.5))))));
    Operand<TFloat32> upTo = tf.math.cumsum(tf.math.exp(logWeights), tf.constant(0));
    // Φ may round to 1 and the last sum to less: below it, a component without weight has no turn.
    Operand<TFloat32> last = tf.reduceMax(upTo, tf.constant(0));
    Operand<TFloat32> within =
        tf.math.minimum(uniform, tf.math.mul(last, tf.constant(Math.nextDown(1f))));
    return tf.reduceSum(
        tf.dtypes.cast(tf.math.greaterEqual(within, upTo), TInt32.class), tf.constant(1));
  }
}
