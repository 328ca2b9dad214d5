package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.density.LogSinhc;
import org.vaetf.nn.LayerScope;

/**
 * Independent values of [0, 1] with the Bernoulli's exponential form as a density: {@code p(x|λ) =
 * C(λ) λˣ (1 − λ)¹⁻ˣ}, {@code C = 2 artanh(1 − 2λ)/(1 − 2λ)}, and 2 at λ = ½. Loaiza-Ganem and
 * Cunningham, "The continuous Bernoulli", arXiv 1907.06845, section 3. In logits {@code l =
 * log(λ/(1−λ))} the normaliser is a smooth even function, {@code log p(x|z) = Σ (x − ½)·l −
 * log(sinh(l/2) / (l/2))}, and the mean, {@code ½ + (coth(l/2) − 2/l)/2}, is not λ.
 */
public record ContinuousBernoulli() implements Likelihood {

  @Override
  public RowShape parameters(RowShape x) {
    return x.timesChannels(1);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    Ops tf = scope.tf();
    return new Logits(tf, PerValue.parameters(tf, parameters, shape, 1).get(0));
  }

  @Override
  public boolean isDiscrete() {
    return false;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireUnitInterval(values, "continuous Bernoulli");
  }

  private record Logits(Ops tf, Operand<TFloat32> logits) implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      Operand<TFloat32> slope = tf.math.mul(tf.math.sub(x, tf.constant(0.5f)), logits);
      return PerValue.sum(tf, tf.math.sub(slope, LogSinhc.of(tf, halfLogits())));
    }

    /** The gradient by the logits is {@code x − mean}. */
    @Override
    public Operand<TFloat32> trainingLogDensity(Operand<TFloat32> x) {
      return GivenSlope.of(tf, logDensity(x), logits, tf.math.sub(x, mean()));
    }

    @Override
    public Operand<TFloat32> mean() {
      Operand<TFloat32> half = tf.constant(0.5f);
      return tf.math.add(half, tf.math.mul(half, LogSinhc.slope(tf, halfLogits())));
    }

    private Operand<TFloat32> halfLogits() {
      return tf.math.mul(tf.constant(0.5f), logits);
    }
  }
}
