package org.vaetf.train;

import org.vaetf.base.Check;
import org.vaetf.model.Objective;
import org.vaetf.tf.Compute;

/**
 * How a model is fitted. Immutable; JSON by component name.
 *
 * @param epochs passes over the training part, at least 1
 * @param batch rows a step, at least 1; the last batch of an epoch may be shorter
 * @param towers parts that the rows of a step are cut into, computed side by side; 0 for a number
 *     that suits the batch, see {@link #resolvedTowers}
 * @param optimizer how gradients move weights
 * @param schedule how the learning rate goes
 * @param metric the term of the objective whose mean over the test part says which epoch is best
 * @param patience epochs without a new best after which the run stops; 0 for never
 * @param reportEvery steps from one whose objective is computed, reported and added to the epoch's
 *     means to the next, at least 1; the steps between only move weights
 * @param keepCheckpoints how many of the newest checkpoints stay beside the best, at least 1
 * @param seed of everything random in the run
 * @param compute device and threads
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
    int keepCheckpoints,
    long seed,
    Compute compute) {

  /**
   * Checks the settings.
   *
   * @param epochs passes over the training part, at least 1
   * @param batch rows a step, at least 1; the last batch of an epoch may be shorter
   * @param towers parts that the rows of a step are cut into, computed side by side; 0 for a number
   *     that suits the batch, see {@link #resolvedTowers}
   * @param optimizer how gradients move weights
   * @param schedule how the learning rate goes
   * @param metric the term of the objective whose mean over the test part says which epoch is best
   * @param patience epochs without a new best after which the run stops; 0 for never
   * @param reportEvery steps from one whose objective is computed, reported and added to the
   *     epoch's means to the next, at least 1; the steps between only move weights
   * @param keepCheckpoints how many of the newest checkpoints stay beside the best, at least 1
   * @param seed of everything random in the run
   * @param compute device and threads
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
    Check.atLeast("reportEvery", reportEvery, 1);
    Check.atLeast("keepCheckpoints", keepCheckpoints, 1);
    Check.present("compute", compute);
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
        2,
        0,
        Compute.defaults());
  }

  /**
   * The same with another value of {@code epochs}.
   *
   * @param value passes over the training part
   * @return a copy
   */
  public TrainingConfig withEpochs(int value) {
    return new TrainingConfig(
        value,
        batch,
        towers,
        optimizer,
        schedule,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code batch}.
   *
   * @param value rows a step
   * @return a copy
   */
  public TrainingConfig withBatch(int value) {
    return new TrainingConfig(
        epochs,
        value,
        towers,
        optimizer,
        schedule,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code towers}.
   *
   * @param value parts of a step's rows; 0 for a number that suits the batch
   * @return a copy
   */
  public TrainingConfig withTowers(int value) {
    return new TrainingConfig(
        epochs,
        batch,
        value,
        optimizer,
        schedule,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code optimizer}.
   *
   * @param value how gradients move weights
   * @return a copy
   */
  public TrainingConfig withOptimizer(OptimizerConfig value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        value,
        schedule,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code schedule}.
   *
   * @param value how the learning rate goes
   * @return a copy
   */
  public TrainingConfig withSchedule(Schedule value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        value,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code metric}.
   *
   * @param value the term that says which epoch is best
   * @return a copy
   */
  public TrainingConfig withMetric(String value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        schedule,
        value,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code patience}.
   *
   * @param value epochs without a new best; 0 for no early stopping
   * @return a copy
   */
  public TrainingConfig withPatience(int value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        schedule,
        metric,
        value,
        reportEvery,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code reportEvery}.
   *
   * @param value steps from one that is reported to the next
   * @return a copy
   */
  public TrainingConfig withReportEvery(int value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        schedule,
        metric,
        patience,
        value,
        keepCheckpoints,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code keepCheckpoints}.
   *
   * @param value how many of the newest stay
   * @return a copy
   */
  public TrainingConfig withKeepCheckpoints(int value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        schedule,
        metric,
        patience,
        reportEvery,
        value,
        seed,
        compute);
  }

  /**
   * The same with another value of {@code seed}.
   *
   * @param value of everything random
   * @return a copy
   */
  public TrainingConfig withSeed(long value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        schedule,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        value,
        compute);
  }

  /**
   * The same with another value of {@code compute}.
   *
   * @param value device and threads
   * @return a copy
   */
  public TrainingConfig withCompute(Compute value) {
    return new TrainingConfig(
        epochs,
        batch,
        towers,
        optimizer,
        schedule,
        metric,
        patience,
        reportEvery,
        keepCheckpoints,
        seed,
        value);
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
}
