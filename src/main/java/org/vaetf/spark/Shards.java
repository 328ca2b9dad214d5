package org.vaetf.spark;

import java.util.Optional;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * The rows of a training and a test table, shared among workers: row i goes to worker i modulo
 * their number, and each has its rows in the order of the tables. So the same tables are always
 * shared alike, however Spark has cut them, and one worker has them as they lie.
 */
final class Shards {
  /** Test rows have the negative numbers, from the least on. */
  private static final long FIRST_TEST_ROW = Long.MIN_VALUE;

  private Shards() {}

  /** A partition for each worker. */
  static JavaPairRDD<Long, ShardRow> of(InputTable train, Optional<InputTable> test, int workers) {
    JavaPairRDD<Long, ShardRow> rows = numbered(train, 0);
    if (test.isPresent()) {
      rows = rows.union(numbered(test.get(), FIRST_TEST_ROW));
    }
    return rows.repartitionAndSortWithinPartitions(new ByRow(workers));
  }

  static boolean isTestRow(long number) {
    return number < 0;
  }

  private static JavaPairRDD<Long, ShardRow> numbered(InputTable table, long first) {
    return table
        .rows()
        .javaRDD()
        .map(row -> new ShardRow(row._2(), row._3(), row._4()))
        .zipWithIndex()
        .mapToPair(row -> new Tuple2<>(first + row._2(), row._1()));
  }

  /** Which worker has a row. */
  private static final class ByRow extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int workers;

    ByRow(int workers) {
      this.workers = workers;
    }

    @Override
    public int numPartitions() {
      return workers;
    }

    @Override
    public int getPartition(Object number) {
      long row = (Long) number;
      return (int) ((isTestRow(row) ? row - FIRST_TEST_ROW : row) % workers);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByRow same && workers == same.workers;
    }

    @Override
    public int hashCode() {
      return workers;
    }
  }
}
