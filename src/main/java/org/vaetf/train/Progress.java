package org.vaetf.train;

import java.util.List;
import org.vaetf.base.Check;

/**
 * Where a run stands: with the weights and the optimizer's slots, all that a run needs to go on.
 * Data order and noise follow from seed, epoch and step.
 *
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
 */
record Progress(
    String data,
    long step,
    int epoch,
    int batch,
    List<Double> sums,
    long rows,
    double best,
    int bestEpoch,
    int reductions,
    int epochsOnPlateau) {

  Progress {
    Check.present("data", data);
    sums = List.copyOf(Check.present("sums", sums));
  }

  static Progress start(String data) {
    return new Progress(data, 0, 0, 0, List.of(), 0, Double.POSITIVE_INFINITY, 0, 0, 0);
  }

  /** In the middle of an epoch. */
  Progress within(long newStep, int newBatch, Terms terms) {
    return new Progress(
        data,
        newStep,
        epoch,
        newBatch,
        terms.sums(),
        terms.rows(),
        best,
        bestEpoch,
        reductions,
        epochsOnPlateau);
  }

  /** After an epoch whose watched metric has a value. */
  Progress afterEpoch(long newStep, double value, Schedule.Plateau plateau) {
    int done = epoch + 1;
    if (value < best) {
      return new Progress(data, newStep, done, 0, List.of(), 0, value, done, reductions, 0);
    }
    int waited = epochsOnPlateau + 1;
    boolean reduce = plateau != null && waited >= plateau.patience();
    return new Progress(
        data,
        newStep,
        done,
        0,
        List.of(),
        0,
        best,
        bestEpoch,
        reductions + (reduce ? 1 : 0),
        reduce ? 0 : waited);
  }
}
