package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.density.CountDensity;
import org.vaetf.nn.LayerScope;

/**
 * Independent Poisson counts, not scaled: {@code log p(x|z) = Σ x log μ − μ − log x!}, mean and
 * variance μ. The decoder gives log μ, bounded above softly, {@code 16 − softplus(16 − l)}: an
 * exponential, so that what z does to counts multiplies, and large counts are as near to reach as
 * small ones.
 */
public record Poisson() implements Likelihood {

  @Override
  public RowShape parameters(RowShape x) {
    return x.timesChannels(1);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    Ops tf = scope.tf();
    return new Counts(
        tf, LogRate.bounded(tf, PerValue.parameters(tf, parameters, shape, 1).get(0)));
  }

  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireCounts(values, "Poisson");
  }

  private record Counts(Ops tf, Operand<TFloat32> logRate) implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return PerValue.sum(tf, CountDensity.poisson(tf, x, logRate));
    }

    @Override
    public Operand<TFloat32> mean() {
      return tf.math.exp(logRate);
    }
  }
}
