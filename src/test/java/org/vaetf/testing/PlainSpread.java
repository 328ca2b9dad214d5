package org.vaetf.testing;

import org.vaetf.likelihood.Spread;
import org.vaetf.tf.Array;

/**
 * The logarithm of a spread as its likelihood's javadoc has it.
 *
 * @param from where it comes from
 * @param value of a fixed one
 * @param weight a learned one
 * @param least its soft lower bound
 * @param most its soft upper bound, or +∞
 */
record PlainSpread(Spread from, double value, Array weight, double least, double most) {
  /** Of a family that has none. */
  static final PlainSpread NONE = new PlainSpread(Spread.FIXED, 1, null, 0, 0);

  /** How many numbers the decoder gives for each value, the location among them. */
  int parametersPerValue() {
    return from == Spread.PER_PIXEL ? 2 : 1;
  }

  /** Of a value of a channel, for which the decoder gave some number. */
  double log(int channel, double given) {
    return switch (from) {
      case FIXED -> Math.log(value);
      case LEARNED -> bounded(weight.values()[0], least, most);
      case PER_CHANNEL -> bounded(weight.values()[channel], least, most);
      case PER_PIXEL -> bounded(given, least, most);
    };
  }

  static double bounded(double log, double least, double most) {
    double above = least + PlainActivation.softplus(log - least);
    return Double.isInfinite(most) ? above : most - PlainActivation.softplus(most - above);
  }
}
