package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegressionTreeTest {
  private static final int ROWS = 300;
  private static final double[][] INPUTS = new double[ROWS][3];
  private static final double[][] TARGETS = new double[ROWS][2];
  private static final int[] WEIGHTS = new int[ROWS];

  static {
    SplittableRandom random = new SplittableRandom(6);
    for (int row = 0; row < ROWS; row++) {
      Arrays.setAll(INPUTS[row], i -> random.nextInt(40));
      TARGETS[row][0] = Math.sin(INPUTS[row][0] / 8) + 0.1 * random.nextGaussian();
      TARGETS[row][1] = INPUTS[row][1] > 12 ? 1 : 0;
      WEIGHTS[row] = random.nextInt(3);
    }
  }

  private static RegressionTree grow(double[][] targets, int[] weights, int depth) {
    return RegressionTree.grow(new SortedColumns(INPUTS), targets, weights, depth);
  }

  /** What choosing a depth afterwards stands on. */
  @Test
  void cutOffAtADepthItIsTheTreeOfThatDepth() {
    RegressionTree deep = grow(TARGETS, WEIGHTS, 8);
    for (int depth = 0; depth <= 8; depth++) {
      RegressionTree tree = grow(TARGETS, WEIGHTS, depth);
      for (double[] row : INPUTS) {
        assertArrayEquals(tree.predict(row, 99), deep.predict(row, depth));
      }
      double[] gains = new double[3];
      double[] deepGains = new double[3];
      tree.addGains(99, gains);
      deep.addGains(depth, deepGains);
      assertArrayEquals(gains, deepGains);
    }
  }

  /** A weight is as many equal rows; gains add up to what the squared error loses. */
  @Test
  void gainsAreTheSquaredErrorsLoss() {
    RegressionTree tree = grow(TARGETS, WEIGHTS, 5);
    double[] gains = new double[3];
    tree.addGains(5, gains);
    double lost = squaredError(tree, 0) - squaredError(tree, 5);
    assertNear(1, Arrays.stream(gains).sum() / lost, 1e-9, "gains");
    assertEquals(true, gains[0] > 10 * gains[2] && gains[1] > 10 * gains[2]);
  }

  private static double squaredError(RegressionTree tree, int depth) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] predicted = tree.predict(INPUTS[row], depth);
      for (int o = 0; o < predicted.length; o++) {
        sum += WEIGHTS[row] * Math.pow(TARGETS[row][o] - predicted[o], 2);
      }
    }
    return sum;
  }

  @Test
  void aStepIsFoundWhereItIs() {
    double[][] step = Arrays.stream(TARGETS).map(t -> new double[] {t[1]}).toArray(double[][]::new);
    RegressionTree tree = grow(step, WEIGHTS, 8);
    for (int row = 0; row < ROWS; row++) {
      assertArrayEquals(step[row], tree.predict(INPUTS[row], 1), 1e-12);
    }
    double[] gains = new double[3];
    tree.addGains(8, gains);
    assertEquals(0, gains[0]);
    assertEquals(0, gains[2]);
  }

  @Test
  void whatDoesNotVaryIsNotCut() {
    double[][] constant = new double[ROWS][1];
    Arrays.setAll(constant, i -> new double[] {0.1});
    double[] gains = new double[3];
    for (int weight = 1; weight <= 3; weight++) {
      int[] weights = new int[ROWS];
      Arrays.fill(weights, weight);
      grow(constant, weights, 8).addGains(8, gains);
      assertArrayEquals(new double[3], gains);
    }
    int[] nine = new int[ROWS];
    Arrays.fill(nine, 0, 9, 1);
    grow(TARGETS, nine, 8).addGains(8, gains);
    assertArrayEquals(new double[3], gains, "nine rows are not two leaves");
  }
}
