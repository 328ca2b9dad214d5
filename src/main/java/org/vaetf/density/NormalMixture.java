package org.vaetf.density;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A mixture of normal distributions with diagonal covariances: {@code p(z) = Σ_k π_k N(z; μ_k, diag
 * σ²_k)}.
 *
 * @param tf the graph
 * @param logits log π but for a constant, {@code [components]}
 * @param means μ, {@code [components, latent]}
 * @param logVariances log σ², {@code [components, latent]}
 */
public record NormalMixture(
    Ops tf, Operand<TFloat32> logits, Operand<TFloat32> means, Operand<TFloat32> logVariances) {

  /**
   * The density of some points. Squared distances are three products of matrices, {@code Σ z²/σ² −
   * 2 Σ zμ/σ² + Σ μ²/σ²}: that is many times as fast as every difference by itself, and rounds by
   * some 1e-7 of the greatest of the three: with |z| ≈ 1 by 1e-4 nats where σ² ≈ 1e-3, and by
   * tenths of a nat at e⁻¹⁵, the least variance in the latent space.
   *
   * @param z {@code [rows, latent]}
   * @return log p(z) in nats, {@code [rows]}
   */
  public Operand<TFloat32> logDensity(Operand<TFloat32> z) {
    return LogSumExp.over(tf, tf.math.add(componentLogDensities(z), logWeights()), 1);
  }

  private Operand<TFloat32> componentLogDensities(Operand<TFloat32> z) {
    Operand<TFloat32> precisions = tf.math.exp(tf.math.neg(logVariances));
    Operand<TFloat32> weighted = tf.math.mul(means, precisions);
    Operand<TFloat32> own =
        tf.reduceSum(
            tf.math.add(
                tf.math.mul(means, weighted),
                tf.math.add(logVariances, tf.constant((float) Math.log(2 * Math.PI)))),
            tf.constant(1));
    Operand<TFloat32> squares = timesTransposed(tf.math.square(z), precisions);
    Operand<TFloat32> products = timesTransposed(z, weighted);
    return tf.math.mul(
        tf.constant(-0.5f),
        tf.math.add(tf.math.sub(squares, tf.math.mul(tf.constant(2f), products)), own));
  }

  private Operand<TFloat32> timesTransposed(Operand<TFloat32> rows, Operand<TFloat32> columns) {
    return tf.linalg.matMul(rows, columns, MatMul.transposeB(true));
  }

  private Operand<TFloat32> logWeights() {
    return tf.math.sub(logits, LogSumExp.over(tf, logits, 0));
  }

  /**
   * Draws points: the component by the inverse of the weights' cumulative sum at {@code Φ} of the
   * last column of noise, then a point of it.
   *
   * @param noise standard normal, {@code [rows, latent + 1]}
   * @return {@code [rows, latent]}
   */
  public Operand<TFloat32> draw(Operand<TFloat32> noise) {
    int latent = (int) means.shape().get(1);
    List<Operand<TFloat32>> parts =
        List.copyOf(
            tf.splitV(noise, tf.constant(new int[] {latent, 1}), tf.constant(1), 2L).output());
    Operand<TFloat32> uniform =
        tf.math.mul(
            tf.constant(0.5f),
            tf.math.add(
                tf.constant(1f),
                tf.math.erf(tf.math.mul(parts.get(1), tf.constant((float) Math.sqrt(0.5))))));
    Operand<TFloat32> weights = tf.math.exp(logWeights());
    Operand<TFloat32> upTo = tf.math.cumsum(weights, tf.constant(0));
    // Φ may round to 1 and the last sum to less: below it, a component without weight has no turn.
    Operand<TFloat32> last = tf.reduceMax(upTo, tf.constant(0));
    Operand<TFloat32> within =
        tf.math.minimum(uniform, tf.math.mul(last, tf.constant(Math.nextDown(1f))));
    Operand<TInt32> component =
        tf.reduceSum(
            tf.dtypes.cast(tf.math.greaterEqual(within, upTo), TInt32.class), tf.constant(1));
    Operand<TFloat32> mean = tf.gather(means, component, tf.constant(0));
    Operand<TFloat32> deviation =
        tf.math.exp(
            tf.math.mul(tf.constant(0.5f), tf.gather(logVariances, component, tf.constant(0))));
    return tf.math.add(mean, tf.math.mul(deviation, parts.get(0)));
  }
}
