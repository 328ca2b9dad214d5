package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * Pulls points towards or pushes them away from a centre: {@code z = u + β (u − c) / (α + r)} with
 * {@code r = |u − c|}; the centre c, α and β come from the encoder. The determinant is {@code (1 +
 * βh)^(latent − 1) (1 + βα h²)} with {@code h = 1 / (α + r)}. {@code α = softplus(a)} and {@code β
 * = softplus(b) − α} keep {@code β > −α}, so that the map is invertible: Rezende and Mohamed, arXiv
 * 1505.05770, equation 14 and appendix A.2.
 *
 * @param steps how many maps follow one another, at least 1
 */
public record RadialFlow(int steps) implements Flow {
  /**
   * Under the square of r and under α: the root has no slope at 0, and nothing may be divided by 0.
   */
  private static final float LEAST = 1e-6f;

  /**
   * Checks the number.
   *
   * @param steps how many maps follow one another, at least 1
   * @throws org.vaetf.base.ConfigException if it is below 1
   */
  public RadialFlow {
    Check.atLeast("steps of a flow", steps, 1);
  }

  /**
   * Ten maps.
   *
   * @return the defaults
   */
  public static RadialFlow defaults() {
    return new RadialFlow(10);
  }

  @Override
  public int parameters(int latent) {
    return latent + 2;
  }

  @Override
  public Image forward(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters) {
    Ops tf = scope.tf();
    int latent = (int) u.shape().get(1);
    List<Operand<TFloat32>> parts = Columns.widths(tf, parameters, latent, 1, 1);
    Operand<TFloat32> least = tf.constant(LEAST);
    Operand<TFloat32> alpha = tf.math.add(tf.math.softplus(parts.get(1)), least);
    Operand<TFloat32> beta = tf.math.sub(tf.math.softplus(parts.get(2)), alpha);

    Operand<TFloat32> away = tf.math.sub(u, parts.get(0));
    Operand<TFloat32> radius =
        tf.expandDims(
            tf.math.sqrt(tf.math.add(Columns.sum(tf, tf.math.square(away)), least)),
            tf.constant(1));
    Operand<TFloat32> h = tf.math.reciprocal(tf.math.add(alpha, radius));
    Operand<TFloat32> pull = tf.math.mul(beta, h);
    Operand<TFloat32> z = tf.math.add(u, tf.math.mul(pull, away));
    // Along the radius the map's slope is 1 + βh − βh² ∂r, and r ∂r is the squared distance itself.
    Operand<TFloat32> squared = tf.math.sub(tf.math.square(radius), least);
    Operand<TFloat32> radial =
        tf.math.sub(pull, tf.math.div(tf.math.mul(tf.math.mul(pull, h), squared), radius));
    Operand<TFloat32> determinant =
        tf.math.add(
            tf.math.mul(tf.constant((float) (latent - 1)), tf.math.log1p(pull)),
            tf.math.log1p(radial));
    return new Image(z, Columns.sum(tf, determinant));
  }
}
