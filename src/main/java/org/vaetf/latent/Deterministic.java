package org.vaetf.latent;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * One point for each row, as an autoencoder has it: all probability at z, so log-variance is −∞,
 * log q(z|x) is +∞, and the divergence from any prior with a density is +∞.
 */
public record Deterministic() implements Posterior {

  @Override
  public Operand<TFloat32> parameters(LayerScope scope, Operand<TFloat32> features, int latent) {
    return Dense.linear(scope, features, latent);
  }

  @Override
  public Conditional given(
      LayerScope scope, Operand<TFloat32> parameters, int latent, Prior.Distribution prior) {
    return new Point(scope.tf(), parameters);
  }

  private record Point(Ops tf, Operand<TFloat32> mean) implements Conditional {

    @Override
    public Operand<TFloat32> logVariance() {
      return everywhere(mean, Float.NEGATIVE_INFINITY);
    }

    @Override
    public Draw draw(Operand<TFloat32> noise) {
      Operand<TFloat32> firstColumn = tf.reduceMax(mean, tf.constant(1));
      return new Draw(mean, everywhere(firstColumn, Float.POSITIVE_INFINITY));
    }

    @Override
    public Optional<Operand<TFloat32>> divergence() {
      return Optional.of(everywhere(mean, Float.POSITIVE_INFINITY));
    }

    private Operand<TFloat32> everywhere(Operand<TFloat32> like, float value) {
      return tf.fill(tf.shape(like), tf.constant(value));
    }
  }
}
