package org.vaetf.train;

import java.util.function.Consumer;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.model.Objective;
import org.vaetf.nn.FirstKernels;
import org.vaetf.nn.Precision;
import org.vaetf.tf.Compute;

/**
 * How a model is fitted. Immutable; JSON by component name.
 *
 * @param epochs passes over the training part, at least 1
 * @param batch rows a step, of all processes together, at least 1; the last batch of an epoch may
 *     be shorter
 * @param towers parts that the rows of a step are cut into, computed side by side; 0 for a number
 *     that suits the batch, see {@link #resolvedTowers}
 * @param optimizer how gradients move weights
 * @param schedule how the learning rate goes
 * @param metric the term of the objective whose mean over the test part says which epoch is best,
 *     or {@link #LAST}
 * @param patience epochs without a new best after which the run stops; 0 for never
 * @param reportEvery steps from one whose objective is computed, reported and added to the epoch's
 *     means to the next, at least 1; the steps between only move weights
 * @param nanPolicy what is done where a term of the objective is no longer finite
 * @param checkpointEvery how far a checkpoint is from the next; a new best epoch and the end of the
 *     run have one in any case
 * @param keepCheckpoints how many of the newest checkpoints stay beside the best, at least 1
 * @param seed of everything random in the run
 * @param firstKernels what kernels are before training
 * @param precision of layers' products while training; what is exported computes in float32
 * @param compute device and threads
 * @param parallel the processes that train together
 */
public record TrainingConfig(
    int epochs,
    int batch,
    int towers,
    OptimizerConfig optimizer,
    Schedule schedule,
    String metric,
    int patience,
    int reportEvery,
    NanPolicy nanPolicy,
    CheckpointInterval checkpointEvery,
    int keepCheckpoints,
    long seed,
    FirstKernels firstKernels,
    Precision precision,
    Compute compute,
    Parallel parallel) {
  /** A metric by which the last epoch is the best, so that the test part chooses nothing. */
  public static final String LAST = "last";

  /**
   * Checks the settings.
   *
   * @param epochs passes over the training part, at least 1
   * @param batch rows a step, at least 1; the last batch of an epoch may be shorter
   * @param towers parts that the rows of a step are cut into, computed side by side; 0 for a number
   *     that suits the batch, see {@link #resolvedTowers}
   * @param optimizer how gradients move weights
   * @param schedule how the learning rate goes
   * @param metric the term of the objective whose mean over the test part says which epoch is best,
   *     or {@link #LAST}
   * @param patience epochs without a new best after which the run stops; 0 for never
   * @param reportEvery steps from one whose objective is computed, reported and added to the
   *     epoch's means to the next, at least 1; the steps between only move weights
   * @param nanPolicy what is done where a term of the objective is no longer finite
   * @param checkpointEvery how far a checkpoint is from the next
   * @param keepCheckpoints how many of the newest checkpoints stay beside the best, at least 1
   * @param seed of everything random in the run
   * @param firstKernels what kernels are before training; by fan-in where there is none
   * @param precision of layers' products while training; float32 where there is none
   * @param compute device and threads
   * @param parallel the processes that train together; one where there is none
   * @throws org.vaetf.base.ConfigException if one is missing or out of range
   */
  public TrainingConfig {
    Check.atLeast("epochs", epochs, 1);
    Check.atLeast("batch", batch, 1);
    Check.atLeast("towers", towers, 0);
    Check.present("optimizer", optimizer);
    Check.present("schedule", schedule);
    Check.present("metric", metric);
    Check.atLeast("patience", patience, 0);
    if (metric.equals(LAST) && (patience > 0 || schedule.plateau() != null)) {
      throw new ConfigException(
          "metric",
          LAST,
          "a term of the objective: patience and the schedule plateau wait for it to improve");
    }
    Check.atLeast("reportEvery", reportEvery, 1);
    Check.present("nanPolicy", nanPolicy);
    Check.present("checkpointEvery", checkpointEvery);
    Check.atLeast("keepCheckpoints", keepCheckpoints, 1);
    // Runs that began before there was a choice have none.
    firstKernels = firstKernels == null ? FirstKernels.FAN_IN : firstKernels;
    precision = precision == null ? Precision.FLOAT32 : precision;
    Check.present("compute", compute);
    parallel = parallel == null ? Parallel.defaults() : parallel;
    Check.atLeast("batch", batch, parallel.processes());
  }

  /**
   * 80 epochs of Adam in batches of 128, on the CPU, seed 0.
   *
   * @return the defaults
   */
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        80,
        128,
        0,
        OptimizerConfig.defaults(),
        new Schedule.Constant(),
        Objective.LOSS,
        0,
        10,
        NanPolicy.STOP,
        CheckpointInterval.EVERY_EPOCH,
        2,
        0,
        FirstKernels.FAN_IN,
        Precision.FLOAT32,
        Compute.defaults(),
        Parallel.defaults());
  }

  /**
   * The same with another value of {@code epochs}.
   *
   * @param value passes over the training part
   * @return a copy
   */
  public TrainingConfig withEpochs(int value) {
    return with(draft -> draft.epochs = value);
  }

  /**
   * The same with another value of {@code batch}.
   *
   * @param value rows a step
   * @return a copy
   */
  public TrainingConfig withBatch(int value) {
    return with(draft -> draft.batch = value);
  }

  /**
   * The same with another value of {@code towers}.
   *
   * @param value parts of a step's rows; 0 for a number that suits the batch
   * @return a copy
   */
  public TrainingConfig withTowers(int value) {
    return with(draft -> draft.towers = value);
  }

  /**
   * The same with another value of {@code optimizer}.
   *
   * @param value how gradients move weights
   * @return a copy
   */
  public TrainingConfig withOptimizer(OptimizerConfig value) {
    return with(draft -> draft.optimizer = value);
  }

  /**
   * The same with another value of {@code schedule}.
   *
   * @param value how the learning rate goes
   * @return a copy
   */
  public TrainingConfig withSchedule(Schedule value) {
    return with(draft -> draft.schedule = value);
  }

  /**
   * The same with another value of {@code metric}.
   *
   * @param value the term that says which epoch is best
   * @return a copy
   */
  public TrainingConfig withMetric(String value) {
    return with(draft -> draft.metric = value);
  }

  /**
   * The same with another value of {@code patience}.
   *
   * @param value epochs without a new best; 0 for no early stopping
   * @return a copy
   */
  public TrainingConfig withPatience(int value) {
    return with(draft -> draft.patience = value);
  }

  /**
   * The same with another value of {@code reportEvery}.
   *
   * @param value steps from one that is reported to the next
   * @return a copy
   */
  public TrainingConfig withReportEvery(int value) {
    return with(draft -> draft.reportEvery = value);
  }

  /**
   * The same with another value of {@code nanPolicy}.
   *
   * @param value what is done where a term is no longer finite
   * @return a copy
   */
  public TrainingConfig withNanPolicy(NanPolicy value) {
    return with(draft -> draft.nanPolicy = value);
  }

  /**
   * The same with another value of {@code checkpointEvery}.
   *
   * @param value how far a checkpoint is from the next
   * @return a copy
   */
  public TrainingConfig withCheckpointEvery(CheckpointInterval value) {
    return with(draft -> draft.checkpointEvery = value);
  }

  /**
   * The same with another value of {@code keepCheckpoints}.
   *
   * @param value how many of the newest stay
   * @return a copy
   */
  public TrainingConfig withKeepCheckpoints(int value) {
    return with(draft -> draft.keepCheckpoints = value);
  }

  /**
   * The same with another value of {@code seed}.
   *
   * @param value of everything random
   * @return a copy
   */
  public TrainingConfig withSeed(long value) {
    return with(draft -> draft.seed = value);
  }

  /**
   * The same with another value of {@code firstKernels}.
   *
   * @param value what kernels are before training
   * @return a copy
   */
  public TrainingConfig withFirstKernels(FirstKernels value) {
    return with(draft -> draft.firstKernels = value);
  }

  /**
   * The same with another value of {@code precision}.
   *
   * @param value of layers' products while training
   * @return a copy
   */
  public TrainingConfig withPrecision(Precision value) {
    return with(draft -> draft.precision = value);
  }

  /**
   * The same with another value of {@code compute}.
   *
   * @param value device and threads
   * @return a copy
   */
  public TrainingConfig withCompute(Compute value) {
    return with(draft -> draft.compute = value);
  }

  /**
   * The same with another value of {@code parallel}.
   *
   * @param value the processes that train together
   * @return a copy
   */
  public TrainingConfig withParallel(Parallel value) {
    return with(draft -> draft.parallel = value);
  }

  /**
   * The number of towers that a run computes with. Two share a small batch; there is one for every
   * 256 rows of a large one, a power of two and at most 8. A GPU takes a batch whole. Results
   * depend on this number, and on no number of threads.
   *
   * @return {@link #towers}, or the number that stands for 0
   */
  public int resolvedTowers() {
    if (towers > 0) {
      return towers;
    }
    if (!compute.sharesRows()) {
      return 1;
    }
    return Math.max(2, Math.min(8, Integer.highestOneBit(batch / 256)));
  }

  private TrainingConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /** The components one may set before they are checked together. */
  private static final class Draft {
    private int epochs;
    private int batch;
    private int towers;
    private OptimizerConfig optimizer;
    private Schedule schedule;
    private String metric;
    private int patience;
    private int reportEvery;
    private NanPolicy nanPolicy;
    private CheckpointInterval checkpointEvery;
    private int keepCheckpoints;
    private long seed;
    private FirstKernels firstKernels;
    private Precision precision;
    private Compute compute;
    private Parallel parallel;

    Draft(TrainingConfig from) {
      epochs = from.epochs;
      batch = from.batch;
      towers = from.towers;
      optimizer = from.optimizer;
      schedule = from.schedule;
      metric = from.metric;
      patience = from.patience;
      reportEvery = from.reportEvery;
      nanPolicy = from.nanPolicy;
      checkpointEvery = from.checkpointEvery;
      keepCheckpoints = from.keepCheckpoints;
      seed = from.seed;
      firstKernels = from.firstKernels;
      precision = from.precision;
      compute = from.compute;
      parallel = from.parallel;
    }

    TrainingConfig build() {
      return new TrainingConfig(
          epochs,
          batch,
          towers,
          optimizer,
          schedule,
          metric,
          patience,
          reportEvery,
          nanPolicy,
          checkpointEvery,
          keepCheckpoints,
          seed,
          firstKernels,
          precision,
          compute,
          parallel);
    }
  }
}
