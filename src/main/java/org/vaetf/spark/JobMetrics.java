package org.vaetf.spark;

import org.apache.spark.sql.SparkSession;
import org.vaetf.base.VaeException;

/**
 * What has been done so far, on all machines together: an accumulator of Spark, which its web page
 * shows too. Each action on a lazy table does the work again and counts again.
 */
public final class JobMetrics {
  private final PartitionCounts counts;

  private JobMetrics(PartitionCounts counts) {
    this.counts = counts;
  }

  /**
   * Figures that are all 0.
   *
   * @param spark the session that counts
   * @param name for Spark's web page
   * @return the figures
   */
  public static JobMetrics begin(SparkSession spark, String name) {
    PartitionCounts counts = new PartitionCounts();
    spark.sparkContext().register(counts, name);
    return new JobMetrics(counts);
  }

  PartitionCounts counts() {
    return counts;
  }

  /**
   * Rows that were read.
   *
   * @return 0 or more
   */
  public long rowsIn() {
    return counts.total().rowsIn();
  }

  /**
   * Rows that were handed on.
   *
   * @return 0 or more
   */
  public long rowsOut() {
    return counts.total().rowsOut();
  }

  /**
   * Calls of TensorFlow, each with a batch.
   *
   * @return 0 or more
   */
  public long batches() {
    return counts.total().batches();
  }

  /**
   * Time in these calls, the sum over all tasks.
   *
   * @return seconds
   */
  public double tensorFlowSeconds() {
    return counts.total().nanoseconds() / 1e9;
  }

  /** Sets all to 0. */
  public void reset() {
    counts.reset();
  }

  /**
   * Refuses work that has lost rows.
   *
   * @param written rows of the result as it lies there
   * @param expected how many were read or asked for
   * @throws VaeException if there is a difference
   */
  void requireAllWritten(long written, long expected) {
    PartitionCounts.Counts total = counts.total();
    if (total.rowsIn() != expected || total.rowsOut() != expected || written != expected) {
      throw new VaeException(
          "the job was to make "
              + expected
              + " rows; it read "
              + total.rowsIn()
              + ", computed "
              + total.rowsOut()
              + " and wrote "
              + written
              + "; expected the same number of each; nothing is kept of it: run it again");
    }
  }
}
