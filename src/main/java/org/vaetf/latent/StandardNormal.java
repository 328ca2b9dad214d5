package org.vaetf.latent;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/** p(z) = N(0, I). */
public record StandardNormal() implements Prior {

  /** {@code −(latent · log 2π + Σ z²) / 2}. */
  @Override
  public Operand<TFloat32> logDensity(LayerScope scope, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    Operand<TFloat32> zero = tf.constant(0f);
    return Columns.sum(tf, NormalDensity.log(tf, z, zero, zero));
  }

  @Override
  public Operand<TFloat32> draw(LayerScope scope, Operand<TFloat32> noise) {
    return noise;
  }
}
