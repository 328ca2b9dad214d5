package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Initializer;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.OneLine;

/** A mean of losses goes down to where it is least. */
class MinimizerTest {
  private static final Samples ROWS =
      new Samples(RowShape.of(2), new float[] {1, 10, 2, 20, 6, 30});

  /** Σ (x − w)² of a row: least at the mean of the rows, where it is their variance. */
  private static void squares(Consumer<Minimizer> work) {
    try (Minimizer minimizer =
        new Minimizer(
            ROWS.shape(),
            (scope, rows) ->
                Columns.sum(
                    scope.tf(),
                    scope
                        .tf()
                        .math
                        .squaredDifference(
                            rows,
                            scope.child("part").weight("w", Shape.of(2), Initializer.normal(1)))),
            UpdateRule.SGD,
            new Seed(3),
            Evaluate.ONE_THREAD)) {
      work.accept(minimizer);
    }
  }

  private static float[] weight(Minimizer minimizer) {
    return minimizer.weights().get("part.w").values();
  }

  @Test
  void oneStepGoesAlongTheGradient() {
    squares(
        minimizer -> {
          float[] first = weight(minimizer);
          minimizer.step(ROWS, 0.125);
          // The gradient is 2 (w − mean), at batches of any size.
          assertNear(
              new double[] {first[0] - 0.25 * (first[0] - 3), first[1] - 0.25 * (first[1] - 20)},
              weight(minimizer),
              1e-6,
              "after a step");
          minimizer.step(ROWS.slice(0, 1), 0.5);
          assertNear(new double[] {1, 10}, weight(minimizer), 1e-6, "on one row");
        });
  }

  @Test
  void theLeastIsFound() {
    squares(
        minimizer -> {
          for (int i = 0; i < 60; i++) {
            minimizer.step(ROWS, 0.2);
          }
          assertNear(new double[] {3, 20}, weight(minimizer), 1e-5, "mean");
          assertNear(14.0 / 3 + 200.0 / 3, minimizer.mean(ROWS), 1e-6, "variance");
          assertNear(100 + 4, minimizer.mean(ROWS.slice(0, 1)), 1e-5, "of one row");
        });
  }

  @Test
  void aSeedDecidesTheFirstValues() {
    squares(one -> squares(other -> assertArrayEquals(weight(one), weight(other))));
  }

  @Test
  void aLossThatAWeightDoesNotMoveIsRefused() {
    OneLine.of(
        () ->
            new Minimizer(
                    ROWS.shape(),
                    (scope, rows) -> {
                      scope.weight("idle", Shape.of(1), Initializer.zeros());
                      return Columns.sum(scope.tf(), rows);
                    },
                    UpdateRule.ADAM,
                    new Seed(0),
                    Evaluate.ONE_THREAD)
                .close(),
        "weight idle has no gradient");
  }
}
