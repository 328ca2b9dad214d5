package org.vaetf.train;

import org.vaetf.base.Check;

/**
 * How many processes train together, and when they come to an agreement. Each takes its part of
 * every batch from rows of its own.
 *
 * @param processes that there are, 1 for a process alone
 * @param averageEvery n: with 1, the processes average their gradients, so that they make the step
 *     that one process would make on the whole batch; with more, each goes n steps of its own, with
 *     what it has of the batch, and then weights and the optimizer's slots are averaged (local SGD;
 *     McMahan et al., arXiv 1602.05629, algorithm 1, of all clients)
 */
public record Parallel(int processes, int averageEvery) {

  /**
   * Checks the numbers.
   *
   * @param processes that there are
   * @param averageEvery n
   * @throws org.vaetf.base.ConfigException if one is below 1
   */
  public Parallel {
    Check.atLeast("processes", processes, 1);
    Check.atLeast("averageEvery", averageEvery, 1);
  }

  /**
   * What it is that the processes average.
   *
   * @return whether gradients, at every step; else weights and slots
   */
  public boolean averagesGradients() {
    return averageEvery == 1;
  }

  /**
   * A process without others.
   *
   * @return the defaults
   */
  public static Parallel defaults() {
    return new Parallel(1, 1);
  }
}
