package org.vaetf.train;

import java.util.Map;
import org.vaetf.base.Named;

/**
 * What a run did and why it stopped.
 *
 * @param stopped why
 * @param epochs whole epochs done
 * @param steps done
 * @param seconds of this call
 * @param bestEpoch the exported epoch, from 1; 0 where none was finished
 * @param best the test part's means of the objective's terms at that epoch
 * @param folder where everything lies
 */
public record TrainingResult(
    Reason stopped,
    int epochs,
    long steps,
    double seconds,
    int bestEpoch,
    Map<String, Double> best,
    RunFolder folder) {

  /** Why a run stops. */
  public enum Reason implements Named {
    /** All epochs are done. */
    FINISHED,
    /** The watched metric had no new best for as long as patience lasts. */
    NO_IMPROVEMENT,
    /** Somebody called {@link Trainer#stop}. */
    STOPPED
  }
}
