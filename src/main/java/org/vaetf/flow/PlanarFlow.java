package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * Pushes points towards or away from a plane: {@code z = u + v̂ tanh(wᵀu + b)}, the determinant
 * {@code 1 + tanh'(wᵀu + b) wᵀv̂}; w, v and b come from the encoder. {@code v̂ = v + (m(wᵀv) − wᵀv)
 * w / (wᵀw)} with {@code m > −1} makes {@code wᵀv̂ = m(wᵀv) > −1}, so that the map is invertible:
 * Rezende and Mohamed, arXiv 1505.05770, equations 10 to 12 and appendix A.1. Their {@code m(a) =
 * softplus(a) − 1} is −0.31 at 0, which a small w, as an encoder begins with, turns into a push of
 * 0.31/|w|; here {@code m(a) = softplus(a + s) − 0.999} with s such that {@code m(0) = 0}, so that
 * a map begins near the identity. It stays a thousandth above −1, which it would reach by rounding,
 * and the determinant 0 with it.
 *
 * @param steps how many maps follow one another, at least 1
 */
public record PlanarFlow(int steps) implements Flow {
  /** Under the length of w, far below any that matters. */
  private static final float LEAST = 1e-12f;

  /** Minus the least m: no map presses a plane's surroundings by more than a thousand. */
  private static final float MOST_PRESSURE = 0.999f;

  /** The s of m: {@code softplus(s) = MOST_PRESSURE}. */
  private static final float SHIFT = (float) Math.log(Math.expm1(MOST_PRESSURE));

  /**
   * Checks the number.
   *
   * @param steps how many maps follow one another, at least 1
   * @throws org.vaetf.base.ConfigException if it is below 1
   */
  public PlanarFlow {
    Check.atLeast("steps of a flow", steps, 1);
  }

  /**
   * Ten maps.
   *
   * @return the defaults
   */
  public static PlanarFlow defaults() {
    return new PlanarFlow(10);
  }

  @Override
  public int parameters(int latent) {
    return 2 * latent + 1;
  }

  @Override
  public Image forward(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters) {
    Ops tf = scope.tf();
    int latent = (int) u.shape().get(1);
    List<Operand<TFloat32>> parts = Columns.widths(tf, parameters, latent, latent, 1);
    Operand<TFloat32> w = parts.get(0);
    Operand<TFloat32> v = parts.get(1);
    Operand<TFloat32> b = parts.get(2);
    Operand<TFloat32> one = tf.constant(1f);

    Operand<TFloat32> along = dot(tf, w, v);
    Operand<TFloat32> allowed =
        tf.math.sub(
            tf.math.softplus(tf.math.add(along, tf.constant(SHIFT))), tf.constant(MOST_PRESSURE));
    Operand<TFloat32> least = tf.constant(LEAST);
    Operand<TFloat32> length = tf.math.add(dot(tf, w, w), least);
    Operand<TFloat32> push =
        tf.math.add(
            v,
            tf.math.mul(
                w,
                tf.expandDims(tf.math.div(tf.math.sub(allowed, along), length), tf.constant(1))));
    // wᵀv̂ without the difference of large numbers that the product of w and v̂ would be.
    Operand<TFloat32> share = tf.math.div(least, length);
    Operand<TFloat32> pushed =
        tf.math.add(tf.math.mul(allowed, tf.math.sub(one, share)), tf.math.mul(along, share));
    Operand<TFloat32> height =
        tf.math.tanh(tf.math.add(tf.expandDims(dot(tf, w, u), tf.constant(1)), b));
    Operand<TFloat32> z = tf.math.add(u, tf.math.mul(push, height));
    Operand<TFloat32> slope = tf.math.sub(one, Columns.sum(tf, tf.math.square(height)));
    return new Image(z, tf.math.log1p(tf.math.mul(slope, pushed)));
  }

  private static Operand<TFloat32> dot(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return Columns.sum(tf, tf.math.mul(a, b));
  }
}
