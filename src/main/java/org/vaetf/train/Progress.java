package org.vaetf.train;

import java.util.List;
import org.vaetf.base.Check;

/**
 * Where a run stands: with the weights and the optimizer's slots, all that a run needs to go on.
 * Data order and noise follow from seed, epoch and step.
 *
 * @param format of the checkpoint: {@link #FORMAT} where this version wrote it
 * @param data fingerprint of the training rows
 * @param step steps done
 * @param epoch whole epochs done
 * @param batch batches of the present epoch done
 * @param sums of the objective's terms over the rows of the present epoch
 * @param rows of the present epoch done
 * @param best the least value so far of the watched metric; infinite before the first
 * @param bestEpoch the epoch that gave it, from 1; 0 before the first
 * @param reductions how often the plateau schedule has lowered the rate
 * @param epochsOnPlateau epochs since a new best or the last reduction
 * @param cuts how often the rate was halved because the run diverged
 */
record Progress(
    int format,
    String data,
    long step,
    int epoch,
    int batch,
    List<Double> sums,
    long rows,
    double best,
    int bestEpoch,
    int reductions,
    int epochsOnPlateau,
    int cuts) {
  /** Another number where a version of this library cannot go on from another's checkpoints. */
  static final int FORMAT = 2;

  Progress {
    Check.present("data", data);
    sums = List.copyOf(Check.present("sums", sums));
  }

  static Progress start(String data) {
    return new Progress(FORMAT, data, 0, 0, 0, List.of(), 0, Double.POSITIVE_INFINITY, 0, 0, 0, 0);
  }

  /** In the middle of an epoch. */
  Progress within(long newStep, int newBatch, Terms terms) {
    return new Progress(
        format,
        data,
        newStep,
        epoch,
        newBatch,
        terms.sums(),
        terms.rows(),
        best,
        bestEpoch,
        reductions,
        epochsOnPlateau,
        cuts);
  }

  /** After an epoch whose watched metric has a value. */
  Progress afterEpoch(long newStep, double value, Schedule.Plateau plateau) {
    int done = epoch + 1;
    if (value < best) {
      return new Progress(
          format, data, newStep, done, 0, List.of(), 0, value, done, reductions, 0, cuts);
    }
    int waited = epochsOnPlateau + 1;
    boolean reduce = plateau != null && waited >= plateau.patience();
    return new Progress(
        format,
        data,
        newStep,
        done,
        0,
        List.of(),
        0,
        best,
        bestEpoch,
        reductions + (reduce ? 1 : 0),
        reduce ? 0 : waited,
        cuts);
  }

  /** The same place, to go on from at a rate that was halved so often. */
  Progress withCuts(int value) {
    return new Progress(
        format,
        data,
        step,
        epoch,
        batch,
        sums,
        rows,
        best,
        bestEpoch,
        reductions,
        epochsOnPlateau,
        value);
  }
}
