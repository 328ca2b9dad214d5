package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Samples;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** A mixture of the encoder's posteriors, against plain Java on the same weights. */
class VampPriorTest {
  private static final int ROWS = 6;
  private static final String PSEUDO_INPUTS = "prior." + VampPrior.PSEUDO_INPUTS;
  private static final TinyModel MODEL = TinyModel.preset("vamp");
  private static final Map<String, Array> WEIGHTS = MODEL.weights(4);

  private static VaeGraph graph(TinyModel model, Ops tf, Weights weights) {
    return new VaeGraph(model.config(), model.shape(), new LayerScope(tf, weights, ""));
  }

  private static Weights constants() {
    return Weights.from((tf, name, shape, first) -> Evaluate.constant(tf, WEIGHTS.get(name)));
  }

  @Test
  void logDensityIsThatOfTheMixture() {
    Samples points = MODEL.points(ROWS, 5);
    float[] found =
        Evaluate.one(
                tf ->
                    graph(MODEL, tf, constants())
                        .prior()
                        .logDensity(
                            Evaluate.constant(
                                tf, new Array(new long[] {ROWS, 3}, points.values()))))
            .values();
    PlainModel plain = MODEL.plain(WEIGHTS);
    Samples pseudo = new Samples(MODEL.shape(), WEIGHTS.get(PSEUDO_INPUTS).values());
    assertEquals(4, pseudo.rows());
    for (int row = 0; row < ROWS; row++) {
      double density = 0;
      for (int k = 0; k < pseudo.rows(); k++) {
        density +=
            Math.exp(
                    plain.posteriorLogDensity(
                        Near.doubles(pseudo.row(k)), Near.doubles(points.row(row))))
                / pseudo.rows();
      }
      assertNear(Math.log(density), found[row], 1e-5, "log p(z)");
    }
  }

  /** In the order of the noise: the first quarter of it is of the first pseudo-input. */
  @Test
  void drawsAreOfThePseudoInputsPosteriors() {
    float[] noise = {0.5f, -1, 0.25f, -2, 1, 0, -1, -0.2f, 0, 0, 0, 0.3f, 1, 1, 1, 2};
    Array z =
        Evaluate.one(
            tf ->
                graph(MODEL, tf, constants())
                    .prior()
                    .draw(Evaluate.constant(tf, new Array(new long[] {4, 4}, noise))));
    PlainModel plain = MODEL.plain(WEIGHTS);
    Samples pseudo = new Samples(MODEL.shape(), WEIGHTS.get(PSEUDO_INPUTS).values());
    for (int k = 0; k < 4; k++) {
      double[] expected =
          plain.draw(
              Near.doubles(pseudo.row(k)),
              Near.doubles(Arrays.copyOfRange(noise, 4 * k, 4 * k + 3)));
      assertNear(expected, z.rows().row(k), 1e-5, "draw of pseudo-input " + k);
    }
  }

  @ParameterizedTest
  @EnumSource(VampPrior.Source.class)
  void pseudoInputsAreLearnedOrStay(VampPrior.Source source) {
    TinyModel model = MODEL.with(MODEL.config().withPrior(new VampPrior(4, source)));
    Weights weights = constants();
    List<Array> shape =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> statistics =
                  graph(model, tf, weights).priorStatistics().orElseThrow();
              return List.of(statistics);
            });
    assertArrayEquals(new long[] {4, 6}, shape.get(0).shape());
    assertTrue(weights.all().containsKey(PSEUDO_INPUTS));
    assertEquals(source == VampPrior.Source.LEARNED, weights.learned().containsKey(PSEUDO_INPUTS));
    assertEquals(4, model.config().prior().rowsOfData());
  }
}
