package org.vaetf.likelihood;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.density.SoftBound;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;

/**
 * The logarithm of the spread around a location that the decoder gives. All but a fixed one is
 * bounded softly: l becomes {@code least + softplus(l − least)}, then {@code most − softplus(most −
 * l)} where there is an upper bound.
 *
 * @param weight the name of a learned one
 * @param from where it comes from
 * @param value the spread itself where it is fixed, its first value where it is learned
 * @param least the lower bound of its logarithm
 * @param most the upper bound, or +∞
 */
record LogSpread(String weight, Spread from, double value, float least, float most) {
  /** How far within the bounds a first value lies: nearer to one, its slope would be below 0.1. */
  private static final double MARGIN = 0.11;

  /**
   * The two of each value.
   *
   * @param location {@code [batch, shape...]}
   * @param logSpread of a shape that broadcasts to that
   */
  record Parameters(Operand<TFloat32> location, Operand<TFloat32> logSpread) {}

  /** Checks the settings of a likelihood, which the messages name. */
  static void check(String name, Spread from, double value, float least, float most) {
    Check.present("source of the " + name, from);
    Check.positive(name, value);
    boolean learned = from == Spread.LEARNED || from == Spread.PER_CHANNEL;
    double log = Math.log(value);
    if (learned && !(log >= least + MARGIN && log <= most - MARGIN)) {
      throw new ConfigException(
          "first value of the learned " + name,
          value,
          "at least "
              + digits(least + MARGIN, RoundingMode.UP)
              + (most == Float.POSITIVE_INFINITY
                  ? ""
                  : " and at most " + digits(most - MARGIN, RoundingMode.DOWN))
              + ": a learned one is bounded softly, and would hardly move from beyond");
    }
  }

  private static String digits(double log, RoundingMode inward) {
    return new BigDecimal(Math.exp(log)).round(new MathContext(2, inward)).toString();
  }

  /** The shape of what the decoder must give for a row of x. */
  RowShape parameters(RowShape x) {
    return x.timesChannels(parametersPerValue());
  }

  private int parametersPerValue() {
    return from == Spread.PER_PIXEL ? 2 : 1;
  }

  /**
   * Takes what the decoder gives apart: locations first, then spreads.
   *
   * @param scope holds a learned spread, {@code []} or {@code [channels]}
   * @param parameters {@code [batch, parameters(shape)...]}
   * @param shape of a row of x
   * @return locations and spreads
   */
  Parameters given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    List<Operand<TFloat32>> parts =
        PerValue.parameters(scope.tf(), parameters, shape, parametersPerValue());
    return new Parameters(
        parts.get(0),
        switch (from) {
          case FIXED -> scope.tf().constant((float) Math.log(value));
          case LEARNED -> bounded(scope.tf(), learned(scope, Shape.scalar()));
          case PER_CHANNEL -> bounded(scope.tf(), learned(scope, Shape.of(shape.channels())));
          case PER_PIXEL -> bounded(scope.tf(), parts.get(1));
        });
  }

  private Operand<TFloat32> learned(LayerScope scope, Shape size) {
    return scope.weight(weight, size, Initializer.constant(unbounded()));
  }

  private Operand<TFloat32> bounded(Ops tf, Operand<TFloat32> log) {
    Operand<TFloat32> above = SoftBound.below(tf, log, least);
    return most == Float.POSITIVE_INFINITY ? above : SoftBound.above(tf, above, most);
  }

  /** The inverse of the bounds, so that the first spread is the one asked for, which is within. */
  private float unbounded() {
    double log = Math.log(value);
    double above = most == Float.POSITIVE_INFINITY ? log : most - inverseSoftplus(most - log);
    return (float) (least + inverseSoftplus(above - least));
  }

  private static double inverseSoftplus(double y) {
    return y + Math.log(-Math.expm1(-y));
  }
}
