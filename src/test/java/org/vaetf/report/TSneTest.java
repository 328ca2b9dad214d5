package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaetf.base.ConfigException;

class TSneTest {
  private static double[][] normal(int rows, int dimensions, double shift) {
    SplittableRandom random = new SplittableRandom(5);
    double[][] values = new double[rows][dimensions];
    for (double[] row : values) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    for (int row = 0; row < rows; row++) {
      values[row][0] += shift * (row % 3);
    }
    return values;
  }

  @Test
  void theEntropyOfNeighboursIsTheLogarithmOfThePerplexity() {
    SplittableRandom random = new SplittableRandom(1);
    double[] distances = random.doubles(50).map(x -> 1000 * x).toArray();
    for (double perplexity : new double[] {2, 7.5, 30}) {
      double[] p = TSne.conditional(distances, 3, perplexity);
      assertEquals(0, p[3]);
      assertNear(1, Arrays.stream(p).sum(), 1e-12, "sum");
      double entropy = Arrays.stream(p).filter(x -> x > 0).map(x -> -x * Math.log(x)).sum();
      assertNear(Math.log(perplexity), entropy, 1e-9, "entropy");
    }
  }

  @Test
  void theGradientIsThatOfTheDivergence() {
    double[][] p = TSne.neighbours(normal(12, 4, 1), 4);
    double total = Arrays.stream(p).flatMapToDouble(Arrays::stream).sum();
    assertNear(1, total, 1e-12, "sum of p");
    double[][] y = normal(12, 2, 0.5);
    double[][] gradient = TSne.gradient(p, y, 1);
    double step = 1e-5;
    for (int row = 0; row < y.length; row++) {
      for (int axis = 0; axis < 2; axis++) {
        double at = y[row][axis];
        y[row][axis] = at + step;
        double up = divergence(p, y);
        y[row][axis] = at - step;
        double down = divergence(p, y);
        y[row][axis] = at;
        assertNear((up - down) / (2 * step), gradient[row][axis], 1e-8, row + "," + axis);
      }
    }
  }

  /** KL(p ‖ q), straight from its definition. */
  private static double divergence(double[][] p, double[][] y) {
    int count = y.length;
    double[][] q = new double[count][count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        if (i != j) {
          q[i][j] = 1 / (1 + Math.pow(y[i][0] - y[j][0], 2) + Math.pow(y[i][1] - y[j][1], 2));
          sum += q[i][j];
        }
      }
    }
    double divergence = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        if (i != j && p[i][j] > 0) {
          divergence += p[i][j] * Math.log(p[i][j] / (q[i][j] / sum));
        }
      }
    }
    return divergence;
  }

  @Test
  void clustersStayClusters() {
    double[][] rows = normal(90, 5, 30);
    double[][] y = new TSne(10, 300, 0).points(rows);
    int own = 0;
    for (int i = 0; i < y.length; i++) {
      int nearest = i == 0 ? 1 : 0;
      for (int j = 0; j < y.length; j++) {
        if (j != i && distance(y[i], y[j]) < distance(y[i], y[nearest])) {
          nearest = j;
        }
      }
      own += nearest % 3 == i % 3 ? 1 : 0;
    }
    assertEquals(90, own, "rows whose nearest neighbour is of their own cluster");
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Test
  void theSeedDecidesAndEqualRowsAreParted() {
    double[][] rows = normal(20, 3, 0);
    rows[1] = rows[0].clone();
    double[][] first = new TSne(5, 60, 1).points(rows);
    assertTrue(Arrays.deepEquals(first, new TSne(5, 60, 1).points(rows)));
    assertTrue(!Arrays.deepEquals(first, new TSne(5, 60, 2).points(rows)));
    assertTrue(distance(first[0], first[1]) > 0);
    assertTrue(Arrays.stream(first).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite));
  }

  @Test
  void tooFewRowsAreRefused() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> TSne.seeded(0).points(new double[3][2]));
    assertEquals("rows is 3; expected a whole number, 4 or more", refused.getMessage());
    assertThrows(ConfigException.class, () -> new TSne(1, 10, 0));
  }
}
