package org.vaetf.testing;

/** The log-density and the mean of one value, by the textbook's formulas. */
interface PlainFamily {
  /** Of levels over 255. */
  double HALF_LEVEL = 1 / 510.0;

  /** log p(x) in nats; families without a spread do not look at it. */
  double log(double x, double location, double logSpread);

  /** The mean; of most families the location. */
  default double mean(double location, double logSpread) {
    return location;
  }

  /** A family whose mean is not its location. */
  private static PlainFamily of(PlainFamily log, Mean mean) {
    return new PlainFamily() {
      @Override
      public double log(double x, double location, double logSpread) {
        return log.log(x, location, logSpread);
      }

      @Override
      public double mean(double location, double logSpread) {
        return mean.at(location, logSpread);
      }
    };
  }

  /** A mean. */
  interface Mean {
    /** Of the distribution of these parameters. */
    double at(double location, double logSpread);
  }

  PlainFamily BERNOULLI =
      of(
          (x, logit, none) -> x * logit - PlainActivation.softplus(logit),
          (logit, none) -> sigmoid(logit));

  PlainFamily CONTINUOUS_BERNOULLI =
      of(
          (x, logit, none) -> {
            double lambda = sigmoid(logit);
            double constant = 2 * artanh(1 - 2 * lambda) / (1 - 2 * lambda);
            return Math.log(constant) + x * Math.log(lambda) + (1 - x) * Math.log(1 - lambda);
          },
          (logit, none) -> {
            double lambda = sigmoid(logit);
            return lambda / (2 * lambda - 1) + 1 / (2 * artanh(1 - 2 * lambda));
          });

  PlainFamily GAUSSIAN =
      (x, mean, logVariance) ->
          -(Math.log(2 * Math.PI) + logVariance + (x - mean) * (x - mean) / Math.exp(logVariance))
              / 2;

  PlainFamily LAPLACE =
      (x, mean, logScale) -> -Math.log(2) - logScale - Math.abs(x - mean) / Math.exp(logScale);

  /** With the constant as an integral: {@code ∫ (1 + t²/ν)^−(ν+1)/2 dt = √ν ∫ cos^(ν−1)}. */
  static PlainFamily studentT(double degreesOfFreedom) {
    int intervals = 20_000;
    double sum = 0;
    for (int i = 0; i < intervals; i++) {
      double angle = Math.PI * ((i + 0.5) / intervals - 0.5);
      sum += Math.pow(Math.cos(angle), degreesOfFreedom - 1);
    }
    double integral = Math.sqrt(degreesOfFreedom) * sum * Math.PI / intervals;
    return (x, location, logScale) -> {
      double t = (x - location) / Math.exp(logScale);
      return -Math.log(integral)
          - logScale
          - (degreesOfFreedom + 1) / 2 * Math.log(1 + t * t / degreesOfFreedom);
    };
  }

  PlainFamily DISCRETIZED_LOGISTIC =
      of(
          (x, mean, logScale) -> {
            double scale = Math.exp(logScale);
            double upTo = x > 1 - HALF_LEVEL ? 1 : sigmoid((x + HALF_LEVEL - mean) / scale);
            double from = x < HALF_LEVEL ? 0 : sigmoid((x - HALF_LEVEL - mean) / scale);
            return Math.log(upTo - from);
          },
          (mean, logScale) -> {
            double scale = Math.exp(logScale);
            return scale
                * (PlainActivation.softplus(mean / scale)
                    - PlainActivation.softplus((mean - 1) / scale));
          });

  PlainFamily POISSON =
      of(
          (x, logRate, none) -> x * rate(logRate) - Math.exp(rate(logRate)) - logFactorial(x),
          (logRate, none) -> Math.exp(rate(logRate)));

  PlainFamily NEGATIVE_BINOMIAL =
      of(
          (x, logRate, logR) -> {
            double mean = Math.exp(rate(logRate));
            double r = Math.exp(logR);
            double sum = r * Math.log(r / (r + mean)) + x * Math.log(mean / (r + mean));
            for (int i = 0; i < x; i++) {
              sum += Math.log(r + i);
            }
            return sum - logFactorial(x);
          },
          (logRate, logR) -> Math.exp(rate(logRate)));

  private static double rate(double logRate) {
    return 16 - PlainActivation.softplus(16 - logRate);
  }

  private static double logFactorial(double x) {
    double sum = 0;
    for (int i = 2; i <= x; i++) {
      sum += Math.log(i);
    }
    return sum;
  }

  private static double artanh(double x) {
    return Math.log((1 + x) / (1 - x)) / 2;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
