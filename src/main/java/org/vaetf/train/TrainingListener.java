package org.vaetf.train;

import java.nio.file.Path;
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
   * The model that a run begins with, or goes on with from the end of an epoch; after {@link
   * #onStart}. Not told where a run goes on from within an epoch. A listener that looks at the
   * model after each epoch can thus catch up on a look that a process owes which died when it had
   * written the checkpoint.
   *
   * @param epoch epochs done already, 0 for a model that has learned nothing yet
   * @param model as it is now; not to be kept
   */
  default void onModel(int epoch, ModelView model) {}

  /**
   * A step is done.
   *
   * @param epoch the present one, from 1
   * @param batch of the epoch, from 1
   * @param loss of the batch before the step, nats; empty in the steps between two reported ones
   */
  default void onBatch(int epoch, int batch, OptionalDouble loss) {}

  /**
   * The loss of a step is known, as it is of every reported one.
   *
   * @param step steps done in all, this one among them
   * @param loss of its batch before it, nats
   * @param learningRate of the step
   */
  default void onLoss(long step, double loss, double learningRate) {}

  /**
   * An epoch is done, and its checkpoint written where one is due.
   *
   * @param report what it gave
   */
  default void onEpoch(EpochReport report) {}

  /**
   * An epoch is done, for a listener that looks at the model too. A listener that fails here ends
   * the run, which can be resumed from its newest checkpoint.
   *
   * @param report what the epoch gave
   * @param model as it is now; not to be kept
   */
  default void onEpoch(EpochReport report, ModelView model) {
    onEpoch(report);
  }

  /**
   * A checkpoint was written, and the run folder is as one that may be gone on with.
   *
   * @param run the folder
   */
  default void onCheckpoint(RunFolder run) {}

  /**
   * A checkpoint is not as it was written and is passed over; the run goes on from the one before.
   *
   * @param checkpoint its folder, which is then renamed to {@code *.damaged}
   * @param fault what is wrong with it, one line
   */
  default void onDamagedCheckpoint(Path checkpoint, String fault) {}

  /**
   * A reported step moved no weight, as {@link NanPolicy#SKIP} has it.
   *
   * @param step from 0
   * @param term the first of the objective's terms that was not finite
   */
  default void onSkipped(long step, String term) {}

  /**
   * The run goes back to its best epoch and on at half the rate, as {@link NanPolicy#REDUCE_LR} has
   * it.
   *
   * @param cause how it diverged
   * @param step the one it goes on with
   */
  default void onRateHalved(DivergenceException cause, long step) {}

  /**
   * The run is over: it came to its end, ran out of patience or was asked to stop. All of it is
   * saved, and the best epoch exported. Not told of a run that fails.
   *
   * @param result what the trainer is about to return
   */
  default void onEnd(TrainingResult result) {}
}
