package org.vaetf.train;

import java.util.Arrays;
import java.util.Map;
import org.vaetf.model.Objective;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainActivation;
import org.vaetf.tf.Array;

/** A discriminator of two layers in plain Java. */
record PlainDiscriminator(Map<String, Array> weights) {

  /** d(z). */
  double logOdds(double[] z) {
    return affine("output", leaky(affine("dense2", leaky(affine("dense1", z)))))[0];
  }

  /** What it is taught on as many points of each kind. */
  double loss(double[][] first, double[][] second) {
    double sum = 0;
    for (int row = 0; row < first.length; row++) {
      sum += PlainActivation.softplus(-logOdds(first[row]));
      sum += PlainActivation.softplus(logOdds(second[row]));
    }
    return sum / 2 / first.length;
  }

  private double[] affine(String layer, double[] x) {
    float[] kernel = weights.get("discriminator." + layer + ".kernel").values();
    double[] y = Near.doubles(weights.get("discriminator." + layer + ".bias").values());
    for (int j = 0; j < y.length; j++) {
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * kernel[i * y.length + j];
      }
    }
    return y;
  }

  private static double[] leaky(double[] x) {
    return Arrays.stream(x).map(value -> Math.max(value, 0.2 * value)).toArray();
  }

  /** The term that a weight of the model or of the discriminator follows. */
  static String termOf(String weight) {
    return weight.startsWith("discriminator.") ? "discriminator_loss" : Objective.LOSS;
  }
}
