package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.flow.Flow.Image;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * {@code y_i = x_i exp(s_i) + m_i} with shift m_i and log-scale s_i from the x before i by a {@link
 * Made}: the triangular map that both autoregressive flows are made of, one its inverse the other's
 * way about. s is bounded softly by {@link LogScale}.
 *
 * @param hidden widths of the network's hidden layers
 */
record AffineAutoregression(List<Integer> hidden) {

  /** x to y, all dimensions at once; the determinant is exp Σ s. */
  Image apply(LayerScope scope, Operand<TFloat32> x, Operand<TFloat32> context) {
    Ops tf = scope.tf();
    int latent = (int) x.shape().get(1);
    List<Operand<TFloat32>> made = Made.of(scope, latent, context, hidden).apply(x);
    Operand<TFloat32> scale = LogScale.bounded(tf, made.get(1));
    return new Image(
        tf.math.add(tf.math.mul(x, tf.math.exp(scale)), made.get(0)), Columns.sum(tf, scale));
  }

  /**
   * y to x, one dimension after the other: after turn i the first i dimensions are right, and no
   * later turn changes them. The graph grows with the number of dimensions.
   */
  Image undo(LayerScope scope, Operand<TFloat32> y, Operand<TFloat32> context) {
    Ops tf = scope.tf();
    int latent = (int) y.shape().get(1);
    Made network = Made.of(scope, latent, context, hidden);
    Operand<TFloat32> x = tf.zerosLike(y);
    Operand<TFloat32> scale = x;
    for (int i = 0; i < latent; i++) {
      List<Operand<TFloat32>> made = network.apply(x);
      scale = LogScale.bounded(tf, made.get(1));
      x = tf.math.mul(tf.math.sub(y, made.get(0)), tf.math.exp(tf.math.neg(scale)));
    }
    return new Image(x, tf.math.neg(Columns.sum(tf, scale)));
  }
}
