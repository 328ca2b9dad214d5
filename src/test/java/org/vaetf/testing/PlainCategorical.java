package org.vaetf.testing;

import java.util.Arrays;

/** Levels with a logit each, one value's after the other's. */
record PlainCategorical(int levels) implements PlainLikelihood {

  @Override
  public double logDensity(double[] x, double[] parameters) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.log(probabilities(parameters, i)[(int) Math.round(x[i] * (levels - 1))]);
    }
    return sum;
  }

  @Override
  public double[] mean(double[] parameters) {
    double[] mean = new double[parameters.length / levels];
    for (int i = 0; i < mean.length; i++) {
      double[] probabilities = probabilities(parameters, i);
      for (int level = 0; level < levels; level++) {
        mean[i] += probabilities[level] * level / (levels - 1);
      }
    }
    return mean;
  }

  private double[] probabilities(double[] parameters, int value) {
    return PlainCategorical.softmax(
        Arrays.copyOfRange(parameters, value * levels, (value + 1) * levels));
  }

  static double[] softmax(double[] logits) {
    double greatest = Arrays.stream(logits).max().orElseThrow();
    double[] shares = Arrays.stream(logits).map(logit -> Math.exp(logit - greatest)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }
}
