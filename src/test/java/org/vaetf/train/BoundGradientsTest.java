package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.model.GradientEstimator;
import org.vaetf.model.ImportanceWeighted;
import org.vaetf.model.Objective;
import org.vaetf.model.PartiallyImportanceWeighted;
import org.vaetf.testing.Near;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/**
 * Gradients that are not those of the loss that is reported: which bound moves which weights, and
 * where two estimators are one.
 */
class BoundGradientsTest {
  private static final int ROWS = 4;
  private static final Predicate<String> ENCODER = name -> name.startsWith("encoder.");

  @ParameterizedTest
  @CsvSource({"3, 4, 1", "4, 1, 1", "1, 3, 1", "2, 3, 0.4"})
  void partiallyTheDecoderFollowsOneBoundAndTheEncoderTheOther(
      int draws, int groups, double warmUp) {
    Map<String, Array> found = gradients(new PartiallyImportanceWeighted(draws, groups, 0), warmUp);
    ImportanceWeighted some = ImportanceWeighted.defaults().withDraws(draws).withGroups(groups);
    ImportanceWeighted all = ImportanceWeighted.defaults().withDraws(draws * groups);
    assertSame(gradients(all, warmUp), found, ENCODER.negate());
    assertSame(gradients(some, warmUp), found, ENCODER);
  }

  /** The same with weights of the prior's own, and a prior that the encoder's weights are in. */
  @Test
  void aLearnedPriorFollowsTheDecodersBound() {
    for (String preset : new String[] {"mixture-prior-vae", "flow-prior-vae"}) {
      TinyModel model = TinyModel.preset(preset);
      Map<String, Array> found = gradients(model, new PartiallyImportanceWeighted(2, 3, 0));
      ImportanceWeighted all = ImportanceWeighted.defaults().withDraws(6);
      assertSame(gradients(model, all), found, ENCODER.negate());
      assertSame(gradients(model, all.withDraws(2).withGroups(3)), found, ENCODER);
      Map<String, Array> doubly =
          gradients(model, all.withEstimator(GradientEstimator.DOUBLY_REPARAMETERIZED));
      assertSame(gradients(model, all), doubly, ENCODER.negate());
    }
  }

  /**
   * Of one draw the normalised weight is 1, and the path is all that is left. A VampPrior holds the
   * encoder's weights too, and they are moved through it as well.
   */
  @ParameterizedTest
  @CsvSource({"vae, 1, 1", "vae, 4, 1", "vae, 1, 0.3", "vamp, 1, 1", "vamp, 3, 1"})
  void ofOneDrawBothPathEstimatorsAreTheSame(String preset, int groups, double warmUp) {
    TinyModel model = TinyModel.preset(preset);
    ImportanceWeighted one =
        ImportanceWeighted.defaults().withDraws(1).withGroups(groups).withElboWeight(0.5);
    ObjectiveTrial sticking =
        trial(model, one.withEstimator(GradientEstimator.STICKING_THE_LANDING));
    ObjectiveTrial doubly =
        trial(model, one.withEstimator(GradientEstimator.DOUBLY_REPARAMETERIZED));
    assertSame(sticking.gradients(warmUp), doubly.gradients(warmUp), name -> true);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.3, 1", "0.3, 0.4"})
  void theEstimatorsDifferForTheEncoderAlone(double elboWeight, double warmUp) {
    ImportanceWeighted bound =
        ImportanceWeighted.defaults().withDraws(3).withElboWeight(elboWeight);
    Map<String, Array> standard = gradients(bound, warmUp);
    for (GradientEstimator estimator : GradientEstimator.values()) {
      Map<String, Array> found = gradients(bound.withEstimator(estimator), warmUp);
      assertSame(standard, found, ENCODER.negate());
      double farthest = 0;
      for (String name : found.keySet()) {
        for (int i = 0; i < found.get(name).values().length; i++) {
          double away = found.get(name).values()[i] - standard.get(name).values()[i];
          farthest = Math.max(farthest, Math.abs(away));
        }
      }
      assertTrue(
          estimator == GradientEstimator.STANDARD || farthest > 1e-3,
          estimator + " is another by " + farthest);
    }
  }

  private static Map<String, Array> gradients(Objective objective, double warmUp) {
    return ObjectiveTrial.of(objective, ROWS).gradients(warmUp);
  }

  private static Map<String, Array> gradients(TinyModel model, Objective objective) {
    return trial(model, objective).gradients(1);
  }

  private static ObjectiveTrial trial(TinyModel preset, Objective objective) {
    TinyModel model = preset.with(preset.config().withObjective(objective));
    return new ObjectiveTrial(model, model.weights(9), model.data(ROWS, 10));
  }

  private static void assertSame(
      Map<String, Array> expected, Map<String, Array> found, Predicate<String> which) {
    assertTrue(expected.keySet().stream().anyMatch(which), "some weights");
    expected.forEach(
        (name, gradient) -> {
          if (which.test(name)) {
            assertNear(Near.doubles(gradient.values()), found.get(name).values(), 2e-5, name);
          }
        });
  }
}
