package org.vaetf.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import scala.Tuple3;
import scala.Tuple4;

/**
 * What a task does with its partition.
 *
 * @param model to be loaded where the task runs
 * @param settings what is done with rows
 * @param source of the rows, for messages
 * @param imageSettings where rows are image files; else null
 * @param counts what has been done
 * @param starts of each partition the number of its first row and its first batch; empty where
 *     nobody counted, and each partition has batch numbers of its own
 */
@SuppressWarnings("ArrayRecordComponent") // Travels once.
record PartitionWork(
    DistributedModel model,
    RowSettings settings,
    String source,
    ImageSettings imageSettings,
    PartitionCounts counts,
    long[][] starts)
    implements MapPartitionsFunction<
            Tuple4<Row, float[], String, String>, Tuple3<Row, float[], float[]>>,
        Serializable {
  /** So many batches a partition has numbers for, where nobody counted. */
  private static final int BATCH_BITS = 32;

  @Override
  public Iterator<Tuple3<Row, float[], float[]>> call(
      Iterator<Tuple4<Row, float[], String, String>> rows) {
    return new BatchedRows(this, TaskContext.getPartitionId(), rows);
  }

  PartitionWork withStarts(long[][] starts) {
    return new PartitionWork(model, settings, source, imageSettings, counts, starts);
  }

  Optional<ImageSettings> images() {
    return Optional.ofNullable(imageSettings);
  }

  long firstRow(int partition) {
    return starts.length == 0 ? 0 : starts[partition][0];
  }

  long firstBatch(int partition) {
    return starts.length == 0 ? (long) partition << BATCH_BITS : starts[partition][1];
  }
}
