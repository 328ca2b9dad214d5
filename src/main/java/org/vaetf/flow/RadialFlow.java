package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * Pulls points towards or pushes them away from a centre: {@code z = u + βh (u − c)} with {@code h
 * = 1 / (α + r)} and {@code r = |u − c|}; the centre c, α and β come from the encoder. The
 * determinant is {@code (1 + βh)^(latent − 1) (1 + βα h²)}. {@code α = softplus(a)} and {@code β =
 * softplus(b) − α} keep {@code β > −α}, so that the map is invertible: Rezende and Mohamed, arXiv
 * 1505.05770, equation 14 and appendix A.2. Here {@code r = sqrt(|u − c|² + ε)}, and the
 * determinant is that of this map.
 *
 * @param steps how many maps follow one another, at least 1
 */
public record RadialFlow(int steps) implements Flow {
  /** ε: the root has no slope at 0, and nothing may be divided by 0. */
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
    Operand<TFloat32> alpha = tf.math.softplus(parts.get(1));
    Operand<TFloat32> above = tf.math.softplus(parts.get(2));
    Operand<TFloat32> beta = tf.math.sub(above, alpha);

    Operand<TFloat32> away = tf.math.sub(u, parts.get(0));
    Operand<TFloat32> radius =
        tf.expandDims(
            tf.math.sqrt(tf.math.add(Columns.sum(tf, tf.math.square(away)), least)),
            tf.constant(1));
    Operand<TFloat32> reach = tf.math.add(alpha, radius);
    Operand<TFloat32> z = tf.math.add(u, tf.math.mul(tf.math.div(beta, reach), away));
    // With s = β + α > 0 across the radius 1 + βh = (s + r) h, and along it, r having the slope
    // |u − c| / r, 1 + βh − βh² |u − c|² / r = (α (2r − ε/r) + r² + s (α + ε/r)) h²: sums of
    // numbers
    // above 0, of which rounding makes no 0.
    Operand<TFloat32> rest = tf.math.div(least, radius);
    Operand<TFloat32> along =
        tf.math.addN(
            List.of(
                tf.math.mul(alpha, tf.math.sub(tf.math.add(radius, radius), rest)),
                tf.math.square(radius),
                tf.math.mul(above, tf.math.add(alpha, rest))));
    Operand<TFloat32> across = tf.math.add(above, radius);
    Operand<TFloat32> determinant =
        tf.math.sub(
            tf.math.add(
                tf.math.mul(tf.constant(latent - 1f), tf.math.log(across)), tf.math.log(along)),
            tf.math.mul(tf.constant(latent + 1f), tf.math.log(reach)));
    return new Image(z, Columns.sum(tf, determinant));
  }
}
