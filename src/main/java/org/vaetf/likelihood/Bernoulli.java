package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/**
 * Independent Bernoulli values, parameterised by logits: {@code log p(x|z) = Σ x·l − softplus(l)}.
 * For x in {0, 1} that is a probability; for grey x between 0 and 1 it is the usual cross-entropy,
 * which is neither a probability nor a density ({@link ContinuousBernoulli} is one): numbers on
 * grey and on binarized data do not compare.
 */
public record Bernoulli() implements Likelihood {

  @Override
  public RowShape parameters(RowShape x) {
    return x.timesChannels(1);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    Ops tf = scope.tf();
    return new Logits(tf, PerValue.parameters(tf, parameters, shape, 1).get(0));
  }

  /**
   * A probability on {0, 1}. On grey values log p is a cross-entropy, which this cannot tell.
   *
   * @return true
   */
  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireUnitInterval(values, "Bernoulli");
  }

  private record Logits(Ops tf, Operand<TFloat32> logits) implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return PerValue.sum(tf, tf.math.sub(tf.math.mul(x, logits), tf.math.softplus(logits)));
    }

    /** The gradient by the logits is {@code x − sigmoid(l)}. */
    @Override
    public Operand<TFloat32> trainingLogDensity(Operand<TFloat32> x) {
      return GivenSlope.of(tf, logDensity(x), logits, tf.math.sub(x, mean()));
    }

    @Override
    public Operand<TFloat32> mean() {
      return tf.math.sigmoid(logits);
    }
  }
}
