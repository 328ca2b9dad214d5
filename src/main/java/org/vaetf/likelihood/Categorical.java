package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.vaetf.base.Check;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;

/**
 * Independent values of n levels, x being the level over n − 1, with a probability for each level:
 * {@code log p(x|z) = Σ l_k − log Σ_j exp(l_j)}, {@code k = x (n − 1)}. Nothing tells it that
 * levels are near each other: van den Oord et al., "Pixel recurrent neural networks", arXiv
 * 1601.06759. The decoder gives n logits for each value, one value after the other, which for 256
 * levels is most of the model's weights and time.
 *
 * @param levels n, at least 2
 */
public record Categorical(int levels) implements Likelihood {

  /**
   * Checks the number.
   *
   * @param levels n, at least 2
   * @throws org.vaetf.base.ConfigException if it is below 2
   */
  public Categorical {
    Check.atLeast("levels of the categorical likelihood", levels, 2);
  }

  /**
   * As many levels as a byte has.
   *
   * @return the defaults
   */
  public static Categorical defaults() {
    return new Categorical(256);
  }

  @Override
  public RowShape parameters(RowShape x) {
    return x.timesChannels(levels);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    Ops tf = scope.tf();
    Operand<TFloat32> logits = tf.reshape(parameters, tf.constant(new long[] {-1, levels}));
    return new Levels(tf, shape, levels, tf.nn.logSoftmax(logits));
  }

  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireLevels(values, levels, "categorical");
  }

  /** Log-probabilities are {@code [batch * size, levels]}. */
  private record Levels(Ops tf, RowShape shape, int levels, Operand<TFloat32> logProbabilities)
      implements Conditional {

    /** What is no level counts to the nearest. */
    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      Operand<TFloat32> scaled = tf.math.mul(x, tf.constant(levels - 1f));
      Operand<TInt32> level =
          tf.math.maximum(
              tf.math.minimum(
                  tf.dtypes.cast(tf.math.round(scaled), TInt32.class), tf.constant(levels - 1)),
              tf.constant(0));
      Operand<TFloat32> chosen =
          tf.gather(
              logProbabilities,
              tf.reshape(level, tf.constant(new int[] {-1})),
              tf.constant(1),
              Gather.batchDims(1L));
      return Columns.sum(tf, tf.reshape(chosen, tf.constant(new long[] {-1, shape.size()})));
    }

    @Override
    public Operand<TFloat32> mean() {
      float[] values = new float[levels];
      for (int level = 0; level < levels; level++) {
        values[level] = (float) level / (levels - 1);
      }
      Operand<TFloat32> column =
          tf.reshape(tf.constant(values), tf.constant(new int[] {levels, 1}));
      Operand<TFloat32> means = tf.linalg.matMul(tf.math.exp(logProbabilities), column);
      return Flat.unflatten(tf, means, shape);
    }
  }
}
