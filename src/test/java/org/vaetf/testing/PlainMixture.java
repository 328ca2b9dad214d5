package org.vaetf.testing;

import java.util.Arrays;

/**
 * Discretized logistic distributions mixed pixel by pixel; a pixel's parameters are K logits, then
 * K locations for each channel, K log-scales for each channel, and 3 K slopes of three channels.
 */
record PlainMixture(int components, int channels) implements PlainLikelihood {

  @Override
  public double logDensity(double[] x, double[] parameters) {
    double sum = 0;
    for (int pixel = 0; pixel < x.length / channels; pixel++) {
      double[] values = Arrays.copyOfRange(x, pixel * channels, (pixel + 1) * channels);
      double[] weights = weights(parameters, pixel);
      double likelihood = 0;
      for (int k = 0; k < components; k++) {
        double log = 0;
        for (int c = 0; c < channels; c++) {
          log +=
              PlainFamily.DISCRETIZED_LOGISTIC.log(
                  values[c],
                  location(parameters, pixel, c, k, values),
                  logScale(parameters, pixel, c, k));
        }
        likelihood += weights[k] * Math.exp(log);
      }
      sum += Math.log(likelihood);
    }
    return sum;
  }

  @Override
  public double[] mean(double[] parameters) {
    int pixels = parameters.length / (perComponent() * components);
    double[] mean = new double[pixels * channels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double[] weights = weights(parameters, pixel);
      for (int k = 0; k < components; k++) {
        double[] means = new double[channels];
        for (int c = 0; c < channels; c++) {
          means[c] =
              PlainFamily.DISCRETIZED_LOGISTIC.mean(
                  location(parameters, pixel, c, k, means), logScale(parameters, pixel, c, k));
          mean[pixel * channels + c] += weights[k] * means[c];
        }
      }
    }
    return mean;
  }

  private int perComponent() {
    return 1 + 2 * channels + (channels == 3 ? 3 : 0);
  }

  private double at(double[] parameters, int pixel, int which, int k) {
    return parameters[(pixel * perComponent() + which) * components + k];
  }

  private double[] weights(double[] parameters, int pixel) {
    int from = pixel * perComponent() * components;
    return PlainCategorical.softmax(Arrays.copyOfRange(parameters, from, from + components));
  }

  private double logScale(double[] parameters, int pixel, int channel, int k) {
    return PlainSpread.bounded(at(parameters, pixel, 1 + channels + channel, k), -8, 2);
  }

  /** Moved by what the channels before it are. */
  private double location(double[] parameters, int pixel, int channel, int k, double[] before) {
    double location = at(parameters, pixel, 1 + channel, k);
    if (channels != 3 || channel == 0) {
      return location;
    }
    int slopes = 1 + 2 * channels;
    if (channel == 1) {
      return location + Math.tanh(at(parameters, pixel, slopes, k)) * before[0];
    }
    return location
        + Math.tanh(at(parameters, pixel, slopes + 1, k)) * before[0]
        + Math.tanh(at(parameters, pixel, slopes + 2, k)) * before[1];
  }
}
