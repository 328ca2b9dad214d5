package org.vaetf.flow;

import static org.vaetf.testing.Near.assertNear;

import org.junit.jupiter.api.Test;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.PlainActivation;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** Where the planar and the radial flow take points, against their formulas. */
class PushAndPullTest {
  private static final int ROWS = 6;
  private static final int LATENT = 3;
  private static final Array POINTS = RandomWeights.random(1, 2, ROWS, LATENT);

  @Test
  void planar() {
    Array parameters = RandomWeights.random(2, 2, ROWS, 2L * LATENT + 1);
    double[] expected = new double[ROWS * LATENT];
    for (int row = 0; row < ROWS; row++) {
      double along = 0;
      double length = 0;
      double height = at(parameters, row, 2 * LATENT);
      for (int i = 0; i < LATENT; i++) {
        double w = at(parameters, row, i);
        along += w * at(parameters, row, LATENT + i);
        length += w * w;
        height += w * at(POINTS, row, i);
      }
      double allowed = PlainActivation.softplus(along) - 1 + 1e-3;
      for (int i = 0; i < LATENT; i++) {
        double push =
            at(parameters, row, LATENT + i)
                + (allowed - along) * at(parameters, row, i) / length;
        expected[row * LATENT + i] = at(POINTS, row, i) + push * Math.tanh(height);
      }
    }
    assertNear(expected, images(new PlanarFlow(1), parameters), 1e-5, "z");
  }

  @Test
  void radial() {
    Array parameters = RandomWeights.random(3, 2, ROWS, LATENT + 2L);
    double[] expected = new double[ROWS * LATENT];
    for (int row = 0; row < ROWS; row++) {
      double alpha = PlainActivation.softplus(at(parameters, row, LATENT));
      double beta = PlainActivation.softplus(at(parameters, row, LATENT + 1)) - alpha;
      double squares = 1e-6;
      for (int i = 0; i < LATENT; i++) {
        squares += Math.pow(at(POINTS, row, i) - at(parameters, row, i), 2);
      }
      for (int i = 0; i < LATENT; i++) {
        double away = at(POINTS, row, i) - at(parameters, row, i);
        expected[row * LATENT + i] =
            at(POINTS, row, i) + beta * away / (alpha + Math.sqrt(squares));
      }
    }
    assertNear(expected, images(new RadialFlow(1), parameters), 1e-5, "z");
  }

  private static double at(Array table, int row, int column) {
    return table.values()[(int) (row * table.shape()[1] + column)];
  }

  private static float[] images(Flow flow, Array parameters) {
    return Evaluate.one(
            tf ->
                flow.forward(
                        new LayerScope(
                            tf,
                            Weights.given(
                                name -> {
                                  throw new AssertionError("no weight of its own: " + name);
                                }),
                            ""),
                        Evaluate.constant(tf, POINTS),
                        Evaluate.constant(tf, parameters))
                    .z())
        .values();
  }
}
