package org.vaetf.events;

/**
 * How often a run tells what takes room, so that its files stay small however long it is: pictures
 * and histograms after the first epoch, the last, and every k-th, k the least that makes at most 25
 * of these; of the losses of steps every k-th, k the least that makes at most 10,000.
 *
 * @param epochs of the run
 * @param epochsALook from one look at the model to the next
 * @param lossesAPoint losses of which one is told
 */
record Pace(int epochs, int epochsALook, long lossesAPoint) {
  private static final int MOST_LOOKS = 25;
  private static final int MOST_POINTS = 10_000;

  /**
   * The pace of a run.
   *
   * @param epochs of the run
   * @param steps of an epoch
   * @param reportEvery steps from one whose loss is known to the next
   */
  static Pace of(int epochs, int steps, int reportEvery) {
    long losses = epochs * (((long) steps + reportEvery - 1) / reportEvery);
    return new Pace(
        epochs,
        Math.max(1, (epochs + MOST_LOOKS - 1) / MOST_LOOKS),
        Math.max(1, (losses + MOST_POINTS - 1) / MOST_POINTS));
  }

  /** Whether the model is looked at after an epoch, from 1. */
  boolean looksAfter(int epoch) {
    return epoch == 1 || epoch == epochs || epoch % epochsALook == 0;
  }

  /** Whether a loss is told, by how many were known before. */
  boolean tells(long known) {
    return known % lossesAPoint == 0;
  }
}
