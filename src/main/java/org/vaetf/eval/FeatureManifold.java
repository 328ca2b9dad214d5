package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.tf.Workers;

/**
 * Where features lie, as balls around the points of a sample, each of which reaches to the k-th
 * nearest other point: Kynkäänniemi et al., "Improved precision and recall metric for assessing
 * generative models", arXiv 1904.06991, equation 1. All distances of two samples are computed, none
 * kept.
 */
final class FeatureManifold {
  /** Rows whose distances one thread computes at a time. */
  private static final int PIECE = 64;

  private final Samples points;
  private final double[] squaredRadii;

  private FeatureManifold(Samples points, double[] squaredRadii) {
    this.points = points;
    this.squaredRadii = squaredRadii;
  }

  /**
   * The manifold of a sample.
   *
   * @param points {@code [n, features]}, n above k
   * @param neighbours k
   * @param workers share the points out
   */
  static FeatureManifold of(Samples points, int neighbours, Workers workers) {
    double[] radii = new double[points.rows()];
    inPieces(points.rows(), workers, (from, to) -> radii(points, neighbours, radii, from, to));
    return new FeatureManifold(points, radii);
  }

  private static int radii(Samples points, int neighbours, double[] radii, int from, int to) {
    double[][] nearest = new double[to - from][neighbours];
    for (double[] one : nearest) {
      Arrays.fill(one, Double.POSITIVE_INFINITY);
    }
    SquaredDistances distances = new SquaredDistances(points);
    for (int first = 0; first < points.rows(); first += SquaredDistances.BLOCK) {
      int count = distances.load(first);
      for (int row = from; row < to; row++) {
        double[] squared = distances.from(points, row);
        for (int i = 0; i < count; i++) {
          if (first + i != row) {
            insert(nearest[row - from], squared[i]);
          }
        }
      }
    }
    for (int row = from; row < to; row++) {
      radii[row] = nearest[row - from][neighbours - 1];
    }
    return to - from;
  }

  /** Puts a value in its place among the smallest so far, the greatest of which falls out. */
  private static void insert(double[] smallest, double value) {
    int place = smallest.length - 1;
    if (value >= smallest[place]) {
      return;
    }
    for (; place > 0 && smallest[place - 1] > value; place--) {
      smallest[place] = smallest[place - 1];
    }
    smallest[place] = value;
  }

  /**
   * How many points of another sample lie inside: equation 2 of the paper, summed.
   *
   * @param others {@code [m, features]}
   * @param workers share them out
   * @return at most m; a point on a ball's surface is inside
   */
  int inside(Samples others, Workers workers) {
    return inPieces(others.rows(), workers, (from, to) -> inside(others, from, to)).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private int inside(Samples others, int from, int to) {
    boolean[] found = new boolean[to - from];
    SquaredDistances distances = new SquaredDistances(points);
    for (int first = 0; first < points.rows(); first += SquaredDistances.BLOCK) {
      int count = distances.load(first);
      for (int row = from; row < to; row++) {
        if (!found[row - from]) {
          double[] squared = distances.from(others, row);
          for (int i = 0; i < count; i++) {
            found[row - from] |= squared[i] <= squaredRadii[first + i];
          }
        }
      }
    }
    int sum = 0;
    for (boolean one : found) {
      sum += one ? 1 : 0;
    }
    return sum;
  }

  private static List<Integer> inPieces(int rows, Workers workers, Piece work) {
    return workers.map(
        (rows + PIECE - 1) / PIECE,
        piece -> work.run(piece * PIECE, Math.min(rows, (piece + 1) * PIECE)));
  }

  /** Some of the rows; gives how many it found. */
  @FunctionalInterface
  private interface Piece {
    int run(int from, int to);
  }
}
