package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** A ladder of two layers, z_1 of two dimensions and z_2 of one, computed number by number. */
class LadderDensityTest {
  private static final int ROWS = 4;
  private static final int HIDDEN = 3;
  private static final double TOLERANCE = 1e-5;
  private static final Array FEATURES = RandomWeights.random(1, 1, ROWS, 5);
  private static final Array NOISE = RandomWeights.random(2, 2, ROWS, 3);

  private final RandomWeights weights = new RandomWeights(3, 1.5);

  @Test
  void posteriorAndPriorOfItsDraws() {
    List<Array> found =
        Evaluate.all(
            tf -> {
              LayerScope scope = weights.scope(tf);
              Prior.Distribution prior =
                  new LadderPrior(2, HIDDEN).given(scope.child("prior"), 3, Optional.empty());
              LadderPosterior posterior = new LadderPosterior(2, HIDDEN);
              Operand<TFloat32> parameters =
                  posterior.parameters(scope.child("encoder"), Evaluate.constant(tf, FEATURES), 3);
              Operand<TFloat32> noise = Evaluate.constant(tf, NOISE);
              Posterior.Draw draw =
                  posterior.given(scope.child("posterior"), parameters, 3, prior).draw(noise);
              return List.of(
                  parameters,
                  draw.z(),
                  draw.logDensity(),
                  prior.logDensity(draw.z()),
                  prior.draw(noise));
            });
    assertArrayEquals(new long[] {ROWS, 6}, found.get(0).shape());
    for (int row = 0; row < ROWS; row++) {
      double[] given = parameters(row(FEATURES, row));
      assertNear(given, floats(found.get(0), row), TOLERANCE, "parameters");
      double[] noise = row(NOISE, row);

      double top = given[2] + Math.exp(given[5] / 2) * noise[2];
      double[] below = below(top);
      double logQ = normal(top, given[2], given[5]);
      double logP = normal(top, 0, 0);
      double[] z = {0, 0, top};
      for (int i = 0; i < 2; i++) {
        double ofData = Math.exp(-given[3 + i]);
        double ofPrior = Math.exp(-below[2 + i]);
        double variance = 1 / (ofData + ofPrior);
        double mean = variance * (given[i] * ofData + below[i] * ofPrior);
        z[i] = mean + Math.sqrt(variance) * noise[i];
        logQ += normal(z[i], mean, Math.log(variance));
        logP += normal(z[i], below[i], below[2 + i]);
      }
      assertNear(z, floats(found.get(1), row), TOLERANCE, "z");
      assertNear(logQ, found.get(2).values()[row], TOLERANCE, "log q(z|x)");
      assertNear(logP, found.get(3).values()[row], TOLERANCE, "log p(z)");

      double[] free = below(noise[2]);
      double[] drawn = {
        free[0] + Math.exp(free[2] / 2) * noise[0],
        free[1] + Math.exp(free[3] / 2) * noise[1],
        noise[2]
      };
      assertNear(drawn, floats(found.get(4), row), TOLERANCE, "a draw from the prior");
    }
  }

  /** Two means, then two log-variances, of z_1 given z_2. */
  private double[] below(double above) {
    return affine("prior.layer1.output", tanh(affine("prior.layer1.dense", above)));
  }

  /** Means of both layers, then their log-variances. */
  private double[] parameters(double[] features) {
    double[] first = affine("encoder.layer1.output", features);
    double[] second =
        affine("encoder.layer2.output", tanh(affine("encoder.layer2.dense", features)));
    return new double[] {first[0], first[1], second[0], first[2], first[3], second[1]};
  }

  private double[] affine(String name, double... x) {
    Map<String, Array> made = weights.made();
    float[] kernel = made.get(name + ".kernel").values();
    double[] y = Near.doubles(made.get(name + ".bias").values());
    for (int j = 0; j < y.length; j++) {
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * kernel[i * y.length + j];
      }
    }
    return y;
  }

  private static double[] tanh(double[] x) {
    return Arrays.stream(x).map(Math::tanh).toArray();
  }

  private static double normal(double x, double mean, double logVariance) {
    double square = (x - mean) * (x - mean) / Math.exp(logVariance);
    return -(Math.log(2 * Math.PI) + logVariance + square) / 2;
  }

  private static double[] row(Array table, int row) {
    return Near.doubles(floats(table, row));
  }

  private static float[] floats(Array table, int row) {
    return table.rows().row(row);
  }
}
