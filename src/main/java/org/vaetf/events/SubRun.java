package org.vaetf.events;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.Summary;

/**
 * One of the runs that TensorBoard draws in a chart side by side. What a tag is for is told with
 * its first value in a file. Owns the file: close it.
 */
final class SubRun implements AutoCloseable {
  private final EventFile file;
  private final Set<String> described = new HashSet<>();

  /**
   * Begins a file of the run.
   *
   * @param folder of the run; its name is the run's
   * @param step the first that the file will tell of
   */
  SubRun(Path folder, long step) {
    file = EventFile.begin(folder, step, Clock.systemUTC());
  }

  /** Adds values of a step. */
  void add(long step, List<Summary.Value> values) {
    Summary.Builder summary = Summary.newBuilder();
    for (Summary.Value value : values) {
      boolean first = described.add(value.getTag());
      summary.addValue(first ? value : value.toBuilder().clearMetadata().build());
    }
    file.add(step, summary.build());
  }

  /** Voids a step and those after it: the run does them again. */
  void restart(long step) {
    file.start(step);
  }

  void flush() {
    file.flush();
  }

  @Override
  public void close() {
    file.close();
  }
}
