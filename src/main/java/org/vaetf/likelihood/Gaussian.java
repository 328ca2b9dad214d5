package org.vaetf.likelihood;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Flat;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;

/**
 * Independent normal values: {@code log p(x|z) = −Σ (log 2πσ² + (x − μ)² / σ²) / 2}. The variance
 * is fixed, or one number learned for all values (Rybkin et al., "Simple and effective VAE training
 * with calibrated decoders", arXiv 2006.13202), or given by the decoder for each value. A learned
 * log-variance l is bounded below softly, {@code −10 + softplus(l + 10)}, so that the density of
 * perfectly predicted values stays finite.
 *
 * @param variance where the variance comes from
 * @param value σ² where it is fixed, its first value where it is learned; not used {@code
 *     per-pixel}
 */
public record Gaussian(Variance variance, double value) implements Likelihood {
  private static final float LEAST_LOG_VARIANCE = -10f;

  /** Where the variance comes from. */
  public enum Variance implements Named {
    /** A constant. */
    FIXED,
    /** One weight for all values. */
    LEARNED,
    /** A second output of the decoder for each value. */
    PER_PIXEL
  }

  /**
   * Checks the value.
   *
   * @param variance where the variance comes from
   * @param value σ² where it is fixed, its first value where it is learned; not used {@code
   *     per-pixel}
   * @throws ConfigException if it is not above 0
   */
  public Gaussian {
    Check.positive("variance of the Gaussian likelihood", value);
  }

  /**
   * Unit variance, for which log p(x|z) is half the squared error but for sign and a constant.
   *
   * @return the fixed variance 1
   */
  public static Gaussian defaults() {
    return new Gaussian(Variance.FIXED, 1);
  }

  @Override
  public int parametersPerValue() {
    return variance == Variance.PER_PIXEL ? 2 : 1;
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    Ops tf = scope.tf();
    return switch (variance) {
      case FIXED -> new Normal(tf, parameters, tf.constant((float) Math.log(value)));
      case LEARNED -> new Normal(tf, parameters, bounded(tf, learned(scope)));
      case PER_PIXEL -> {
        List<Operand<TFloat32>> halves = Columns.parts(tf, parameters, 2);
        yield new Normal(tf, halves.get(0), bounded(tf, halves.get(1)));
      }
    };
  }

  private Operand<TFloat32> learned(LayerScope scope) {
    // The inverse of the bound, so that the first variance is the one asked for.
    double above = Math.max(1e-6, Math.log(value) - LEAST_LOG_VARIANCE);
    double first = LEAST_LOG_VARIANCE + Math.log(Math.expm1(above));
    return scope.weight("log_variance", Shape.scalar(), Initializer.constant((float) first));
  }

  private static Operand<TFloat32> bounded(Ops tf, Operand<TFloat32> logVariance) {
    Operand<TFloat32> least = tf.constant(LEAST_LOG_VARIANCE);
    return tf.math.add(least, tf.math.softplus(tf.math.sub(logVariance, least)));
  }

  @Override
  public void requireSupport(float least, float greatest) {
    // Every finite number has a density.
  }

  private record Normal(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logVariance)
      implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return Columns.sum(tf, Flat.flatten(tf, NormalDensity.log(tf, x, mean, logVariance)));
    }
  }
}
