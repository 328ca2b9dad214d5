package org.vaetf.train;

import java.util.OptionalDouble;

/** Is told how a run goes, on the thread that trains. */
public interface TrainingListener {

  /**
   * A run begins or goes on.
   *
   * @param config as resolved
   * @param steps of an epoch
   * @param weights how many numbers are fitted
   * @param epoch epochs done already
   */
  default void onStart(RunConfig config, int steps, long weights, int epoch) {}

  /**
   * A step is done.
   *
   * @param epoch the present one, from 1
   * @param batch of the epoch, from 1
   * @param loss of the batch before the step, nats; empty in the steps between two reported ones
   */
  default void onBatch(int epoch, int batch, OptionalDouble loss) {}

  /**
   * An epoch is done, its checkpoint written.
   *
   * @param report what it gave
   */
  default void onEpoch(EpochReport report) {}
}
