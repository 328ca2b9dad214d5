package org.vaetf.flow;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainActivation;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** Where the planar and the radial flow take points, and their determinants, against formulas. */
class PushAndPullTest {
  private static final int ROWS = 6;
  private static final int LATENT = 3;
  private static final Weights NO_WEIGHTS =
      Weights.given(
          name -> {
            throw new AssertionError("no weight of its own: " + name);
          });
  private static final Array POINTS = RandomWeights.random(1, 2, ROWS, LATENT);

  /** Times how much the parameters are larger than an encoder's first ones. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 30, 1000, 1e4})
  void planar(double size) {
    double shift = Math.log(Math.expm1(0.999));
    Array parameters = RandomWeights.random(2, 2 * size, ROWS, 2L * LATENT + 1);
    double[] images = new double[ROWS * LATENT];
    double[] determinants = new double[ROWS];
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
      double allowed = PlainActivation.softplus(along + shift) - 0.999;
      for (int i = 0; i < LATENT; i++) {
        double push =
            at(parameters, row, LATENT + i) + (allowed - along) * at(parameters, row, i) / length;
        images[row * LATENT + i] = at(POINTS, row, i) + push * Math.tanh(height);
      }
      determinants[row] = Math.log1p((1 - Math.pow(Math.tanh(height), 2)) * allowed);
    }
    assertImages(new PlanarFlow(1), parameters, images, determinants);
  }

  /** However small the parameters are: the images then lie where the points do. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 0})
  void theyBeginNearTheIdentity(double size) {
    for (Flow flow : List.of(new PlanarFlow(1), new RadialFlow(1))) {
      int width = flow.parameters(LATENT);
      Array parameters = RandomWeights.random(2, size, ROWS, width);
      float[] images = image(flow, parameters).get(0).values();
      assertNear(Near.doubles(POINTS.values()), images, 2 * size + 1e-4, flow + " of size " + size);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 30, 1000, 1e4})
  void radial(double size) {
    Array parameters = RandomWeights.random(3, 2, ROWS, LATENT + 2L);
    double[] images = new double[ROWS * LATENT];
    double[] determinants = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      parameters.values()[row * (LATENT + 2) + LATENT] *= (float) size;
      parameters.values()[row * (LATENT + 2) + LATENT + 1] *= (float) size;
      double alpha = PlainActivation.softplus(at(parameters, row, LATENT));
      double beta = PlainActivation.softplus(at(parameters, row, LATENT + 1)) - alpha;
      double squares = 0;
      for (int i = 0; i < LATENT; i++) {
        squares += Math.pow(at(POINTS, row, i) - at(parameters, row, i), 2);
      }
      double radius = Math.sqrt(squares + 1e-6);
      double h = 1 / (alpha + radius);
      for (int i = 0; i < LATENT; i++) {
        double away = at(POINTS, row, i) - at(parameters, row, i);
        images[row * LATENT + i] = at(POINTS, row, i) + beta * h * away;
      }
      determinants[row] =
          (LATENT - 1) * Math.log(1 + beta * h)
              + Math.log(1 + beta * h - beta * h * h * squares / radius);
    }
    assertImages(new RadialFlow(1), parameters, images, determinants);
  }

  private static double at(Array table, int row, int column) {
    return table.values()[(int) (row * table.shape()[1] + column)];
  }

  private static List<Array> image(Flow flow, Array parameters) {
    return Evaluate.all(
        tf -> {
          Flow.Image image =
              flow.forward(
                  new LayerScope(tf, NO_WEIGHTS, ""),
                  Evaluate.constant(tf, POINTS),
                  Evaluate.constant(tf, parameters));
          return List.of(image.z(), image.logDeterminant());
        });
  }

  private static void assertImages(
      Flow flow, Array parameters, double[] images, double[] determinants) {
    List<Array> found = image(flow, parameters);
    assertNear(images, found.get(0).values(), 1e-5, "z");
    assertNear(determinants, found.get(1).values(), 1e-5, "log |det|");
  }
}
