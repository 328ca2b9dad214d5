package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.vaetf.base.Check;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/**
 * Independent values of Student's t distribution with ν degrees of freedom, moved and scaled:
 * {@code log p(x|z) = Σ log Γ((ν+1)/2) − log Γ(ν/2) − ½ log νπ − log s − (ν+1)/2 · log(1 + ((x −
 * μ)/s)²/ν)}. The decoder gives μ. Tails fall like {@code |x|^−(ν+1)}, so that an outlier costs the
 * logarithm of its distance and its pull on μ dies away: Takahashi et al., "Student-t variational
 * autoencoder for robust density estimation" (IJCAI 2018). A log-scale l that is not fixed is
 * bounded below softly, {@code −5 + softplus(l + 5)}, so that the density of perfectly predicted
 * values stays finite.
 *
 * @param degreesOfFreedom ν, above 0; the smaller, the heavier the tails
 * @param scale where s comes from
 * @param value s where it is fixed, its first value where it is learned; not used {@code per-pixel}
 */
public record StudentT(double degreesOfFreedom, Spread scale, double value) implements Likelihood {
  private static final float LEAST_LOG_SCALE = -5f;

  /**
   * Checks the settings.
   *
   * @param degreesOfFreedom ν, above 0; the smaller, the heavier the tails
   * @param scale where s comes from
   * @param value s where it is fixed, its first value where it is learned; not used {@code
   *     per-pixel}
   * @throws org.vaetf.base.ConfigException if one is missing, a number is not above 0, or a learned
   *     scale not within the bound
   */
  public StudentT {
    Check.positive("degrees of freedom of the Student-t likelihood", degreesOfFreedom);
    LogSpread.check(
        "scale of the Student-t likelihood",
        scale,
        value,
        LEAST_LOG_SCALE,
        Float.POSITIVE_INFINITY);
  }

  /**
   * Five degrees of freedom and one learned scale, 1 at first.
   *
   * @return the defaults
   */
  public static StudentT defaults() {
    return new StudentT(5, Spread.LEARNED, 1);
  }

  @Override
  public RowShape parameters(RowShape x) {
    return logScale().parameters(x);
  }

  private LogSpread logScale() {
    return new LogSpread("log_scale", scale, value, LEAST_LOG_SCALE, Float.POSITIVE_INFINITY);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    LogSpread.Parameters of = logScale().given(scope, parameters, shape);
    return new Located(scope.tf(), degreesOfFreedom, of.location(), of.logSpread());
  }

  @Override
  public boolean isDiscrete() {
    return false;
  }

  @Override
  public void requireSupport(float[] values) {
    // Every finite number has a density.
  }

  private record Located(
      Ops tf, double degreesOfFreedom, Operand<TFloat32> location, Operand<TFloat32> logScale)
      implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      Operand<TFloat32> distances =
          tf.math.mul(tf.math.sub(x, location), tf.math.exp(tf.math.neg(logScale)));
      Operand<TFloat32> tails =
          tf.math.mul(
              tf.constant((float) (0.5 * (degreesOfFreedom + 1))),
              tf.math.log1p(
                  tf.math.mul(
                      tf.constant((float) (1 / degreesOfFreedom)), tf.math.square(distances))));
      return PerValue.sum(tf, tf.math.sub(tf.math.sub(logNormalizer(), logScale), tails));
    }

    /** In double precision: for large ν it is the difference of two large numbers. */
    private Operand<TFloat32> logNormalizer() {
      Operand<TFloat64> gammas =
          tf.math.sub(
              tf.math.lgamma(tf.constant(0.5 * (degreesOfFreedom + 1))),
              tf.math.lgamma(tf.constant(0.5 * degreesOfFreedom)));
      Operand<TFloat64> all =
          tf.math.sub(gammas, tf.constant(0.5 * Math.log(degreesOfFreedom * Math.PI)));
      return tf.dtypes.cast(all, TFloat32.class);
    }

    /** The location: the mean where ν is above 1, the median for every ν. */
    @Override
    public Operand<TFloat32> mean() {
      return location;
    }
  }
}
