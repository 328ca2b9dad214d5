package org.vaetf.eval;

import org.vaetf.base.Samples;

/**
 * Squared Euclidean distances to a block of points at a time, as sums of squared differences in
 * double precision: the same both ways, and 0 for equal points. For one thread.
 */
final class SquaredDistances {
  /** Points in a block: with some tens of features they stay in the processor's nearest cache. */
  static final int BLOCK = 64;

  private final Samples points;
  private final int size;

  /** {@code [features, BLOCK]}: the innermost loop below goes over points, several at a time. */
  private final double[] block;

  private final double[] squared = new double[BLOCK];

  SquaredDistances(Samples points) {
    this.points = points;
    this.size = points.shape().size();
    this.block = new double[Math.multiplyExact(size, BLOCK)];
  }

  /**
   * Takes up a block.
   *
   * @param first its first point
   * @return how many points it holds: as many as there are, at most {@link #BLOCK}
   */
  int load(int first) {
    int count = Math.min(BLOCK, points.rows() - first);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < size; j++) {
        block[j * BLOCK + i] = points.values()[(first + i) * size + j];
      }
    }
    return count;
  }

  /**
   * The distances of a point to those of the block.
   *
   * @param others as wide as the points
   * @param row which of them
   * @return as many as the block holds, then numbers without meaning; good until the next call
   */
  double[] from(Samples others, int row) {
    java.util.Arrays.fill(squared, 0);
    for (int j = 0; j < size; j++) {
      add(others.values()[row * size + j], j * BLOCK);
    }
    return squared;
  }

  private void add(double value, int at) {
    for (int i = 0; i < BLOCK; i++) {
      double difference = block[at + i] - value;
      squared[i] += difference * difference;
    }
  }
}
