package org.vaetf.testing;

import org.vaetf.base.RowShape;

/** Values that are independent given z. */
record PlainValues(RowShape shape, PlainSpread spread, PlainFamily family)
    implements PlainLikelihood {

  @Override
  public double logDensity(double[] x, double[] parameters) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += family.log(x[i], parameter(parameters, i, 0), logSpread(parameters, i));
    }
    return sum;
  }

  @Override
  public double[] mean(double[] parameters) {
    double[] mean = new double[shape.size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = family.mean(parameter(parameters, i, 0), logSpread(parameters, i));
    }
    return mean;
  }

  private double logSpread(double[] parameters, int value) {
    double given = spread.parametersPerValue() == 2 ? parameter(parameters, value, 1) : Double.NaN;
    return spread.log(value % shape.channels(), given);
  }

  /** The last axis is twice the channels: locations first, then spreads. */
  private double parameter(double[] parameters, int value, int which) {
    int channels = shape.channels();
    int pixel = value / channels;
    return parameters[(pixel * spread.parametersPerValue() + which) * channels + value % channels];
  }
}
