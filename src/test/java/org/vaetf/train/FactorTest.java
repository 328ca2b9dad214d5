package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;
import org.vaetf.model.Adam;
import org.vaetf.model.Elbo;
import org.vaetf.model.Factor;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainDraws;
import org.vaetf.tf.Array;

/** The discriminator: what it says, what it is taught on, and that neither side moves the other. */
class FactorTest {
  private static final int ROWS = 6;
  private static final int LATENT = 3;
  private static final double GAMMA = 7;
  private static final Adam ADAM = new Adam(1e-4, 0.5, 0.9);
  private static final ObjectiveTrial TRIAL =
      ObjectiveTrial.of(new Factor(GAMMA, List.of(5, 4), ADAM), ROWS);

  @Test
  void terms() {
    PlainDraws plain = TRIAL.plain(1);
    PlainDiscriminator discriminator = new PlainDiscriminator(TRIAL.weights());
    double[][] z = ObjectiveTrial.points(plain);
    double correlation =
        Arrays.stream(z).mapToDouble(discriminator::logOdds).average().orElseThrow();
    double kl = Arrays.stream(plain.divergences()).sum();
    Map<String, Double> expected =
        ObjectiveTrial.terms(plain.error() + kl + GAMMA * correlation, plain);
    expected.put("total_correlation", correlation);
    expected.put("discriminator_loss", discriminator.loss(z, shuffled(z)));
    ObjectiveTrial.assertTerms(expected, TRIAL.terms(1));
  }

  /** Each column in the order of random numbers of its own, the greatest first. */
  private static double[][] shuffled(double[][] z) {
    float[] random =
        Evaluate.one(
                tf ->
                    tf.random.statelessRandomUniform(
                        tf.constant(new int[] {LATENT, ROWS}),
                        tf.constant(
                            new long[] {
                              ObjectiveTrial.SEED[0] + 0x9e3779b97f4a7c15L, ObjectiveTrial.SEED[1]
                            }),
                        TFloat32.class))
            .values();
    double[][] shuffled = new double[ROWS][LATENT];
    boolean same = true;
    for (int column = 0; column < LATENT; column++) {
      int first = column * ROWS;
      List<Integer> order =
          IntStream.range(0, ROWS)
              .boxed()
              .sorted(Comparator.comparing(row -> -random[first + row]))
              .toList();
      for (int row = 0; row < ROWS; row++) {
        shuffled[row][column] = z[order.get(row)][column];
        same &= order.get(row) == row;
      }
    }
    assertTrue(!same, "the columns are in another order");
    return shuffled;
  }

  /** Each side follows the term of its own, and of the other's nothing. */
  @Test
  void neitherSideMovesTheOther() {
    Map<String, Array> weights =
        FiniteDifferences.awayFromKinks(TRIAL.weights(), "discriminator.dense");
    try (LossGraph graph = new LossGraph(TRIAL.model())) {
      new FiniteDifferences(graph, weights, TRIAL.x(), ObjectiveTrial.SEED)
          .assertGradients(PlainDiscriminator::termOf);
    }
  }

  /** Without a weight on what it says the model is a plain VAE, and it is taught the same. */
  @Test
  void theDiscriminatorsLossIsItsOwn() {
    Map<String, Array> found = TRIAL.gradients(1);
    Map<String, Array> unweighted =
        ObjectiveTrial.of(new Factor(0, List.of(5, 4), ADAM), ROWS).gradients(1);
    ObjectiveTrial.of(new Elbo(1, 0, 0, 1), ROWS)
        .gradients(1)
        .forEach((name, gradient) -> assertSame(gradient, unweighted.get(name), name));
    found.forEach(
        (name, gradient) -> {
          if (name.startsWith("discriminator.")) {
            assertSame(gradient, unweighted.get(name), name);
          }
        });
  }

  private static void assertSame(Array expected, Array found, String name) {
    assertNear(Near.doubles(expected.values()), found.values(), 1e-5, name);
  }

  /** A batch of one has one order alone. */
  @Test
  void ofOneRowWhatIsTakenAndWhatIsMadeAreTheSame() {
    ObjectiveTrial one = new ObjectiveTrial(TRIAL.model(), TRIAL.weights(), TRIAL.x().slice(0, 1));
    double[][] z = ObjectiveTrial.points(one.plain(1));
    double expected = new PlainDiscriminator(TRIAL.weights()).loss(z, z);
    assertNear(expected, one.terms(1).get("discriminator_loss"), 1e-5, "discriminator's loss");
  }
}
