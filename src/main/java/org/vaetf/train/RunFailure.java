package org.vaetf.train;

import java.util.function.Supplier;
import org.vaetf.base.OutputException;
import org.vaetf.tf.MemoryException;

/** What is said of a run that failed for want of room: its batch, and where it can go on from. */
final class RunFailure {
  private RunFailure() {}

  /** Trains; a disk that is full or memory that has run out is told with what to do about it. */
  static TrainingResult explained(
      TrainingConfig training, RunFolder run, Supplier<TrainingResult> work) {
    try {
      return work.get();
    } catch (OutputException e) {
      throw new OutputException(e, goOn("then", run));
    } catch (MemoryException e) {
      throw new MemoryException(
          "training with batch "
              + training.batch()
              + ": "
              + e.getMessage()
              + goOn("with more memory", run),
          e);
    } catch (OutOfMemoryError e) {
      throw new MemoryException(
          "training with batch "
              + training.batch()
              + ": Java ran out of memory ("
              + e.getMessage()
              + "); lower the batch size, or "
              + MemoryException.remedy(e)
              + goOn("with more memory", run),
          e);
    }
  }

  private static String goOn(String when, RunFolder run) {
    return new Checkpoints(run.checkpoints(), 1)
        .newest()
        .map(newest -> "; " + when + " go on with --resume, from " + newest.getFileName())
        .orElse("");
  }
}
