package org.vaetf.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * What each partition has done. A task that Spark runs twice, after a failure or to be quicker,
 * counts once: the later figures of a partition take the place of the earlier.
 */
final class PartitionCounts
    extends AccumulatorV2<
        PartitionCounts.Counts, Map<PartitionCounts.Key, PartitionCounts.Counts>> {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // A HashMap.
  private final Map<Key, Counts> counts = new HashMap<>();

  /** A partition of a stage. */
  record Key(int stage, int partition) implements Serializable {}

  /** Figures of a partition, or of all. */
  record Counts(long rowsIn, long rowsOut, long batches, long nanoseconds) implements Serializable {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          rowsIn + other.rowsIn,
          rowsOut + other.rowsOut,
          batches + other.batches,
          nanoseconds + other.nanoseconds);
    }
  }

  @Override
  public boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public AccumulatorV2<Counts, Map<Key, Counts>> copy() {
    PartitionCounts copy = new PartitionCounts();
    synchronized (counts) {
      copy.counts.putAll(counts);
    }
    return copy;
  }

  @Override
  public void reset() {
    synchronized (counts) {
      counts.clear();
    }
  }

  /** Adds to those of the partition that the present task works on. */
  @Override
  public void add(Counts more) {
    TaskContext task = TaskContext.get();
    Key key = new Key(task.stageId(), task.partitionId());
    synchronized (counts) {
      counts.merge(key, more, Counts::plus);
    }
  }

  @Override
  public void merge(AccumulatorV2<Counts, Map<Key, Counts>> other) {
    synchronized (counts) {
      counts.putAll(other.value());
    }
  }

  @Override
  public Map<Key, Counts> value() {
    synchronized (counts) {
      return Map.copyOf(counts);
    }
  }

  Counts total() {
    return value().values().stream().reduce(Counts.NONE, Counts::plus);
  }
}
