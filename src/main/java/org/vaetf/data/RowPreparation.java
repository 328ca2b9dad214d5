package org.vaetf.data;

import org.vaetf.base.Seed;

/**
 * From stored values to those that a model learns from and is judged by: scaled, then binarized.
 *
 * @param scaling applied first
 * @param binarization applied second
 * @param seed of the run, from which the draws of the binarization get theirs
 */
public record RowPreparation(Scaling scaling, Binarization binarization, Seed seed) {
  /** No training epoch has this number: evaluation's draws are its own, and always the same. */
  static final int EVALUATION = -1;

  /**
   * Takes the seed of the draws from that of the run.
   *
   * @param scaling applied first
   * @param binarization applied second
   * @param seed of the run
   */
  public RowPreparation {
    seed = seed.named("binarization");
  }

  /**
   * Prepares rows to judge a model by.
   *
   * @param values whole rows as stored, changed in place
   * @param size values a row
   * @param firstRow the number of the first of them in its data set
   * @throws org.vaetf.base.ConfigException if a value is outside {@code [0, 1]} and is to be
   *     binarized
   */
  public void applyForEvaluation(float[] values, int size, long firstRow) {
    for (int at = 0; at < values.length; at += size) {
      apply(values, at, at + size, EVALUATION, firstRow + at / size);
    }
  }

  /** Prepares one row; its draws are the same whatever batch it comes in. */
  void apply(float[] values, int from, int to, int epoch, long row) {
    scaling.apply(values, from, to);
    if (binarization != Binarization.NONE) {
      binarization.apply(values, from, to, seed.random(((long) epoch << 32) | row));
    }
  }
}
