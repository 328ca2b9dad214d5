package org.vaetf.testing;

import org.vaetf.nn.Activation;

/** The activations in double precision, by their papers' formulas. */
public final class PlainActivation {
  private PlainActivation() {}

  /** The function at x. */
  public static double value(Activation activation, double x) {
    return switch (activation) {
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : 0.2 * x;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case SWISH -> x / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case SOFTPLUS -> softplus(x);
    };
  }

  /** {@code log(1 + exp(x))} without overflow. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** {@code 2/√π ∫₀ˣ exp(−t²) dt} by Simpson's rule; beyond 6 it is ±1 in double precision. */
  static double erf(double x) {
    double end = Math.max(-6, Math.min(6, x));
    int intervals = 1000;
    double step = end / intervals;
    double sum = 1 + Math.exp(-end * end);
    for (int i = 1; i < intervals; i++) {
      sum += (i % 2 == 1 ? 4 : 2) * Math.exp(-(i * step) * (i * step));
    }
    return 2 / Math.sqrt(Math.PI) * sum * step / 3;
  }
}
