package org.vaetf.spark;

import java.util.Map;
import org.vaetf.train.TrainingResult;

/**
 * What a run on a cluster did.
 *
 * @param stopped why it is over
 * @param epochs done in all
 * @param steps done in all
 * @param seconds from the start of the workers' training, or of their last one
 * @param bestEpoch from 1; 0 where none was judged
 * @param best the test part's means of the objective's terms at that epoch
 * @param place of the run folder
 */
public record TrainingOutcome(
    TrainingResult.Reason stopped,
    int epochs,
    long steps,
    double seconds,
    int bestEpoch,
    Map<String, Double> best,
    String place) {

  static TrainingOutcome of(TrainingResult result, String place) {
    return new TrainingOutcome(
        result.stopped(),
        result.epochs(),
        result.steps(),
        result.seconds(),
        result.bestEpoch(),
        result.best(),
        place);
  }
}
