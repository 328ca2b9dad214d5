package org.vaetf.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.spark_partition_id;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import scala.Tuple2;

/**
 * Which rows of a table each of its partitions holds.
 *
 * @param rows the number of each partition's first row, and at the end how many rows there are
 */
@SuppressWarnings("ArrayRecordComponent") // Read here alone.
record PartitionStarts(long[] rows) {
  /** Spark's numbers of rows hold that of the partition above these bits. */
  private static final long ROW_OF_PARTITION = (1L << 33) - 1;

  private static final String ROW = "vae_tf_row_number";

  /** Counts a table in a pass of its own. */
  static <T> PartitionStarts counted(Dataset<T> table) {
    List<Tuple2<Integer, Long>> counts =
        new ArrayList<>(
            table
                .mapPartitions(
                    (MapPartitionsFunction<T, Tuple2<Integer, Long>>)
                        part -> {
                          long count = 0;
                          for (; part.hasNext(); part.next()) {
                            count++;
                          }
                          return List.of(new Tuple2<>(TaskContext.getPartitionId(), count))
                              .iterator();
                        },
                    Encoders.tuple(Encoders.INT(), Encoders.LONG()))
                .collectAsList());
    counts.sort(Comparator.comparing(Tuple2::_1));
    long[] rows = new long[counts.size() + 1];
    for (int i = 0; i < counts.size(); i++) {
      rows[i + 1] = rows[i] + counts.get(i)._2();
    }
    return new PartitionStarts(rows);
  }

  /**
   * The same rows in a number of partitions, in whole batches if there are enough.
   *
   * @param partitions some of which may be empty
   * @param batchRows rows at a time
   */
  PartitionStarts evenly(int partitions, int batchRows) {
    long each = ceilDiv(total(), partitions);
    if (each > batchRows) {
      each = ceilDiv(each, batchRows) * batchRows;
    }
    long[] even = new long[partitions + 1];
    for (int i = 0; i <= partitions; i++) {
      even[i] = Math.min(i * each, total());
    }
    return new PartitionStarts(even);
  }

  private static long ceilDiv(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }

  private long total() {
    return rows[rows.length - 1];
  }

  /**
   * Cuts the table that was counted anew, and keeps its order, where Spark's own repartition deals
   * rows out in turns.
   *
   * @param even partitions of one size
   */
  <T> Dataset<T> cut(Dataset<T> table, PartitionStarts even) {
    Column[] firsts =
        Arrays.stream(rows).mapToObj(org.apache.spark.sql.functions::lit).toArray(Column[]::new);
    Column row =
        element_at(array(firsts), spark_partition_id().plus(1))
            .plus(monotonically_increasing_id().bitwiseAND(ROW_OF_PARTITION));
    Column partition = call_function("div", col(ROW), lit(Math.max(1, even.rows[1])));
    return table
        .withColumn(ROW, row)
        .repartitionById(even.rows.length - 1, partition.cast("int"))
        .sortWithinPartitions(ROW)
        .drop(ROW)
        .as(table.encoder());
  }

  /** The numbers of each partition's first row and first batch. */
  long[][] rowsAndBatches(int batchRows) {
    long[][] starts = new long[rows.length - 1][];
    long batch = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = new long[] {rows[i], batch};
      batch += ceilDiv(rows[i + 1] - rows[i], batchRows);
    }
    return starts;
  }
}
