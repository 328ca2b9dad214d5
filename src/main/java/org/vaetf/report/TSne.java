package org.vaetf.report;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Seed;
import org.vaetf.eval.PrincipalComponents;

/**
 * t-SNE, exactly: points of the plane whose neighbourhoods are those of the rows. With
 *
 * <pre>
 * p(j|i) ∝ exp(−‖x_i − x_j‖² / 2σ_i²),   p_ij = (p(j|i) + p(i|j)) / 2n
 * q_ij   ∝ 1 / (1 + ‖y_i − y_j‖²)
 * </pre>
 *
 * it lowers KL(p ‖ q) by gradient descent with momentum; σ_i is such that the entropy of p(·|i) is
 * the logarithm of the perplexity. Van der Maaten and Hinton, JMLR 9 (2008), equations 1 to 5. It
 * begins at the principal components, so that the whole is laid out alike from run to run: Kobak
 * and Berens, Nature Communications 10 (2019); p is 12 times as large at first. Time grows with
 * rows²: some seconds for a thousand.
 *
 * @param perplexity about how many neighbours count, above 1; less where there are few rows
 * @param iterations of the descent, at least 1
 * @param seed of the small noise that parts equal rows
 */
public record TSne(double perplexity, int iterations, long seed) {
  private static final double PERPLEXITY = 30;
  private static final int ITERATIONS = 750;
  private static final int EXAGGERATED = 250;
  private static final double EXAGGERATION = 12;
  private static final double START = 1e-4;
  private static final double NOISE = 1e-6;
  private static final double LEAST_RATE = 50;
  private static final double LEAST_GAIN = 0.01;
  private static final int BISECTIONS = 60;
  private static final int LEAST_ROWS = 4;

  /**
   * Checks the numbers.
   *
   * @param perplexity about how many neighbours count, above 1
   * @param iterations of the descent, at least 1
   * @param seed of the small noise that parts equal rows
   * @throws ConfigException if one is out of range
   */
  public TSne {
    if (!(perplexity > 1)) {
      throw new ConfigException("perplexity", perplexity, "a number above 1");
    }
    Check.atLeast("iterations", iterations, 1);
  }

  /**
   * What is usual.
   *
   * @param seed of the noise
   * @return perplexity 30, 750 iterations
   */
  public static TSne seeded(long seed) {
    return new TSne(PERPLEXITY, ITERATIONS, seed);
  }

  /**
   * Lays rows out on a plane.
   *
   * @param rows {@code [rows][dimensions]}, at least four rows and two dimensions
   * @return {@code [rows][2]}
   * @throws ConfigException if there are fewer than four rows
   */
  public double[][] points(double[][] rows) {
    int count = Check.atLeast("rows", rows.length, LEAST_ROWS);
    double[][] p = neighbours(rows, Math.min(perplexity, (count - 1) / 3.0 + 1e-9));
    double[][] y = start(rows);
    double[][] velocity = new double[count][2];
    double[][] gains = new double[count][2];
    Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, 1));
    double rate = Math.max(LEAST_RATE, count / EXAGGERATION);
    for (int i = 0; i < iterations; i++) {
      boolean early = i < Math.min(EXAGGERATED, iterations / 3);
      double[][] gradient = gradient(p, y, early ? EXAGGERATION : 1);
      step(y, gradient, velocity, gains, rate, early ? 0.5 : 0.8);
    }
    return y;
  }

  private double[][] start(double[][] rows) {
    double[][] y = PrincipalComponents.of(rows).plane(rows);
    double deviation =
        Math.sqrt(Arrays.stream(y).mapToDouble(point -> point[0] * point[0]).sum() / y.length);
    SplittableRandom random = new Seed(seed).named("t-sne").random(0);
    for (double[] point : y) {
      for (int axis = 0; axis < 2; axis++) {
        double scaled = deviation > 0 ? point[axis] / deviation * START : 0;
        point[axis] = scaled + NOISE * random.nextGaussian();
      }
    }
    return y;
  }

  private static void step(
      double[][] y,
      double[][] gradient,
      double[][] velocity,
      double[][] gains,
      double rate,
      double momentum) {
    double[] mean = new double[2];
    for (int i = 0; i < y.length; i++) {
      for (int axis = 0; axis < 2; axis++) {
        boolean same = Math.signum(gradient[i][axis]) == Math.signum(velocity[i][axis]);
        gains[i][axis] = Math.max(LEAST_GAIN, same ? gains[i][axis] * 0.8 : gains[i][axis] + 0.2);
        velocity[i][axis] =
            momentum * velocity[i][axis] - rate * gains[i][axis] * gradient[i][axis];
        y[i][axis] += velocity[i][axis];
        mean[axis] += y[i][axis] / y.length;
      }
    }
    for (double[] point : y) {
      point[0] -= mean[0];
      point[1] -= mean[1];
    }
  }

  /** {@code ∂KL(c p ‖ q)/∂y_i = 4 Σ_j (c p_ij − q_ij) (y_i − y_j) / (1 + ‖y_i − y_j‖²)}. */
  static double[][] gradient(double[][] p, double[][] y, double exaggeration) {
    int count = y.length;
    double[][] closeness = new double[count][count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double dx = y[i][0] - y[j][0];
        double dy = y[i][1] - y[j][1];
        closeness[i][j] = 1 / (1 + dx * dx + dy * dy);
        sum += 2 * closeness[i][j];
      }
    }
    double[][] gradient = new double[count][2];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double near = closeness[i][j];
        double force = 4 * (exaggeration * p[i][j] - near / sum) * near;
        double dx = force * (y[i][0] - y[j][0]);
        double dy = force * (y[i][1] - y[j][1]);
        gradient[i][0] += dx;
        gradient[i][1] += dy;
        gradient[j][0] -= dx;
        gradient[j][1] -= dy;
      }
    }
    return gradient;
  }

  /** p of the rows, symmetric; all entries together are 1. */
  static double[][] neighbours(double[][] rows, double perplexity) {
    int count = rows.length;
    double[][] p = new double[count][];
    for (int i = 0; i < count; i++) {
      p[i] = conditional(squaredDistances(rows, i), i, perplexity);
    }
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        p[i][j] = (p[i][j] + p[j][i]) / (2.0 * count);
        p[j][i] = p[i][j];
      }
    }
    return p;
  }

  private static double[] squaredDistances(double[][] rows, int from) {
    return Arrays.stream(rows)
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int k = 0; k < row.length; k++) {
                sum += (row[k] - rows[from][k]) * (row[k] - rows[from][k]);
              }
              return sum;
            })
        .toArray();
  }

  /** p(·|i) with the width that gives it the perplexity, found by bisection of its logarithm. */
  static double[] conditional(double[] squaredDistances, int i, double perplexity) {
    double nearest = Double.POSITIVE_INFINITY;
    double farthest = 0;
    for (int j = 0; j < squaredDistances.length; j++) {
      if (j != i) {
        nearest = Math.min(nearest, squaredDistances[j]);
        farthest = Math.max(farthest, squaredDistances[j]);
      }
    }
    double scale = farthest > nearest ? farthest - nearest : 1;
    double low = Math.log(1e-6 / scale);
    double high = Math.log(1e12 / scale);
    double[] p = new double[squaredDistances.length];
    for (int turn = 0; turn < BISECTIONS; turn++) {
      double middle = (low + high) / 2;
      double precision = Math.exp(middle);
      double sum = 0;
      double moment = 0;
      for (int j = 0; j < p.length; j++) {
        double distance = squaredDistances[j] - nearest;
        p[j] = j == i ? 0 : Math.exp(-precision * distance);
        sum += p[j];
        moment += j == i ? 0 : p[j] * distance;
      }
      for (int j = 0; j < p.length; j++) {
        p[j] /= sum;
      }
      double entropy = Math.log(sum) + precision * moment / sum;
      if (entropy > Math.log(perplexity)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return p;
  }
}
