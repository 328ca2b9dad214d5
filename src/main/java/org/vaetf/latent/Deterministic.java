package org.vaetf.latent;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;

/**
 * One point for each row, as an autoencoder has it: all probability at z, so log-variance is −∞,
 * log q(z|x) is +∞, and the divergence from any prior with a density is +∞.
 */
public record Deterministic() implements Posterior {

  @Override
  public int parametersPerDimension() {
    return 1;
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters) {
    return new Point(scope.tf(), parameters);
  }

  private record Point(Ops tf, Operand<TFloat32> mean) implements Conditional {

    @Override
    public Operand<TFloat32> logVariance() {
      return everywhere(tf, mean, Float.NEGATIVE_INFINITY);
    }

    @Override
    public Draw draw(LayerScope scope, Operand<TFloat32> noise) {
      Ops graph = scope.tf();
      Operand<TFloat32> firstColumn = graph.reduceMax(mean, graph.constant(1));
      return new Draw(mean, everywhere(graph, firstColumn, Float.POSITIVE_INFINITY));
    }

    @Override
    public Optional<Operand<TFloat32>> divergence(LayerScope scope, Prior prior) {
      return Optional.of(everywhere(scope.tf(), mean, Float.POSITIVE_INFINITY));
    }

    private static Operand<TFloat32> everywhere(Ops tf, Operand<TFloat32> like, float value) {
      return tf.fill(tf.shape(like), tf.constant(value));
    }
  }
}
