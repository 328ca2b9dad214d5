package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.flow.RealNvp;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** Moments from draws against closed forms. */
class EstimatedMomentsTest {
  private static final int ROWS = 5;
  private static final int LATENT = 20;
  private static final Array PARAMETERS = RandomWeights.random(1, 2, ROWS, 2 * LATENT);

  private interface Draw {
    Operand<TFloat32> of(
        Ops tf, Operand<TFloat32> mean, Operand<TFloat32> deviation, Operand<TFloat32> noise);
  }

  private static List<Array> moments(Draw draw) {
    return Evaluate.all(
        tf -> {
          EstimatedMoments moments =
              EstimatedMoments.of(
                  tf,
                  Evaluate.constant(tf, PARAMETERS),
                  LATENT,
                  (rows, noise) -> {
                    List<Operand<TFloat32>> halves = Columns.parts(tf, rows, 2);
                    return draw.of(
                        tf,
                        halves.get(0),
                        tf.math.exp(tf.math.mul(tf.constant(0.5f), halves.get(1))),
                        noise);
                  });
          return List.of(moments.mean(), moments.logVariance());
        });
  }

  @Test
  void ofAMultipleOfTheNoiseAreExact() {
    List<Array> found =
        moments((tf, mean, deviation, noise) -> tf.math.add(mean, tf.math.mul(deviation, noise)));
    assertArrayEquals(new long[] {ROWS, LATENT}, found.get(0).shape());
    assertNear(expected(0), found.get(0).values(), 1e-5, "mean");
    assertNear(expected(1), found.get(1).values(), 1e-5, "log-variance");
  }

  /**
   * exp(0.5 ε) has the mean exp(1/8) and the variance exp(1/2) − exp(1/4): the draws miss it by
   * less than three standard errors of 64.
   */
  @Test
  void ofACurvedMapAreWithinTheirStandardErrors() {
    List<Array> found =
        moments(
            (tf, mean, deviation, noise) ->
                tf.math.add(
                    mean,
                    tf.math.mul(deviation, tf.math.exp(tf.math.mul(tf.constant(0.5f), noise)))));
    double variance = Math.exp(0.5) - Math.exp(0.25);
    double[] means = expected(0);
    double[] logVariances = expected(1);
    for (int i = 0; i < means.length; i++) {
      double deviation = Math.exp(logVariances[i] / 2);
      double away =
          (found.get(0).values()[i] - means[i] - deviation * Math.exp(0.125))
              / (deviation * Math.sqrt(variance / 64));
      assertNear(0, away, 3, "mean in standard errors");
      assertNear(
          logVariances[i] + Math.log(variance),
          found.get(1).values()[i],
          1.5 / Math.max(1, Math.abs(logVariances[i] + Math.log(variance))),
          "log-variance");
    }
  }

  /** At its first weights a flow is near the identity, and the posterior near its normal. */
  @Test
  void ofAFlowNearTheIdentityAreThoseOfTheNormal() {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Weights first =
                  Weights.from(
                      (ops, name, shape, initializer) ->
                          initializer.value(
                              ops, shape, ops.constant(new long[] {name.hashCode(), 1})));
              Posterior.Conditional posterior =
                  new FlowPosterior(new RealNvp(2, List.of(8)))
                      .given(
                          new LayerScope(tf, first, ""),
                          Evaluate.constant(tf, PARAMETERS),
                          LATENT,
                          new StandardNormal()
                              .given(new LayerScope(tf, first, ""), LATENT, Optional.empty()));
              return List.of(posterior.mean(), posterior.logVariance());
            });
    double farthest = 0;
    for (int kind = 0; kind < 2; kind++) {
      double[] expected = reversed(expected(kind));
      for (int i = 0; i < expected.length; i++) {
        farthest = Math.max(farthest, Math.abs(found.get(kind).values()[i] - expected[i]));
      }
    }
    assertTrue(farthest > 1e-4 && farthest < 0.1, "farthest from the normal's by " + farthest);
  }

  /** Two maps turn the dimensions about once. */
  private static double[] reversed(double[] table) {
    double[] reversed = new double[table.length];
    for (int i = 0; i < table.length; i++) {
      reversed[i] = table[i / LATENT * LATENT + LATENT - 1 - i % LATENT];
    }
    return reversed;
  }

  private static double[] expected(int half) {
    double[] table = new double[ROWS * LATENT];
    for (int i = 0; i < table.length; i++) {
      table[i] = PARAMETERS.values()[i / LATENT * 2 * LATENT + half * LATENT + i % LATENT];
    }
    return table;
  }
}
