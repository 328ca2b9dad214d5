package org.vaetf.density;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
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
   * 2 Σ zμ/σ² + Σ μ²/σ²}: many times as fast as every difference by itself, and in double
   * precision, since what is left of three great numbers is small. In single precision it would be
   * off by whole nats at e⁻¹⁵, the least variance in the latent space.
   *
   * @param z {@code [rows, latent]}
   * @return log p(z) in nats, {@code [rows]}
   */
  public Operand<TFloat32> logDensity(Operand<TFloat32> z) {
    return LogSumExp.over(tf, tf.math.add(componentLogDensities(z), logWeights()), 1);
  }

  private Operand<TFloat32> componentLogDensities(Operand<TFloat32> z) {
    Operand<TFloat32> logVolumes =
        tf.reduceSum(
            tf.math.add(logVariances, tf.constant((float) Math.log(2 * Math.PI))), tf.constant(1));
    return tf.math.mul(tf.constant(-0.5f), tf.math.add(squaredDistances(z), logVolumes));
  }

  /** {@code Σ (z − μ)²/σ²}: {@code [rows, components]}. */
  private Operand<TFloat32> squaredDistances(Operand<TFloat32> z) {
    Operand<TFloat64> points = precise(z);
    Operand<TFloat64> centres = precise(means);
    Operand<TFloat64> precisions = tf.math.exp(tf.math.neg(precise(logVariances)));
    Operand<TFloat64> weighted = tf.math.mul(centres, precisions);
    Operand<TFloat64> own = tf.reduceSum(tf.math.mul(centres, weighted), tf.constant(1));
    Operand<TFloat64> squares = timesTransposed(tf.math.square(points), precisions);
    Operand<TFloat64> products = timesTransposed(points, weighted);
    return tf.dtypes.cast(
        tf.math.add(tf.math.sub(squares, tf.math.mul(tf.constant(2.0), products)), own),
        TFloat32.class);
  }

  private Operand<TFloat64> precise(Operand<TFloat32> values) {
    return tf.dtypes.cast(values, TFloat64.class);
  }

  private Operand<TFloat64> timesTransposed(Operand<TFloat64> rows, Operand<TFloat64> columns) {
    return tf.linalg.matMul(rows, columns, MatMul.transposeB(true));
  }

  private Operand<TFloat32> logWeights() {
    return Components.logWeights(tf, logits);
  }

  /**
   * Draws points: the component by the last column of noise, see {@link Components}, then a point
   * of it.
   *
   * @param noise standard normal, {@code [rows, latent + 1]}
   * @return {@code [rows, latent]}
   */
  public Operand<TFloat32> draw(Operand<TFloat32> noise) {
    int latent = (int) means.shape().get(1);
    List<Operand<TFloat32>> parts =
        List.copyOf(
            tf.splitV(noise, tf.constant(new int[] {latent, 1}), tf.constant(1), 2L).output());
    Operand<TInt32> component = Components.chosen(tf, logWeights(), parts.get(1));
    Operand<TFloat32> mean = tf.gather(means, component, tf.constant(0));
    Operand<TFloat32> deviation =
        tf.math.exp(
            tf.math.mul(tf.constant(0.5f), tf.gather(logVariances, component, tf.constant(0))));
    return tf.math.add(mean, tf.math.mul(deviation, parts.get(0)));
  }
}
