package org.vaetf.latent;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/** p(z) = N(0, I). */
public record StandardNormal() implements Prior {

  @Override
  public Distribution given(LayerScope scope, int latent, Optional<Operand<TFloat32>> statistics) {
    return new Standard(scope.tf());
  }

  /** Of a type of its own, by which a posterior knows where a closed form holds. */
  record Standard(Ops tf) implements Distribution {

    /** {@code −(latent · log 2π + Σ z²) / 2}. */
    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> z) {
      Operand<TFloat32> zero = tf.constant(0f);
      return Columns.sum(tf, NormalDensity.log(tf, z, zero, zero));
    }

    @Override
    public Operand<TFloat32> draw(Operand<TFloat32> noise) {
      return noise;
    }
  }
}
