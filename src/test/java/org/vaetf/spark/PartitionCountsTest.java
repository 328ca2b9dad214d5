package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.vaetf.base.VaeException;

class PartitionCountsTest {
  private final SparkSession spark = LocalSpark.session();

  @Test
  void aPartitionThatIsDoneTwiceCountsOnce() {
    PartitionCounts all = new PartitionCounts();
    PartitionCounts lost = done();
    PartitionCounts again = lost;
    all.merge(lost);
    all.merge(again);
    assertEquals(lost.total(), all.total());
    assertEquals(6, all.total().rowsIn());
    all.reset();
    assertTrue(all.isZero());
  }

  private PartitionCounts done() {
    PartitionCounts counts = new PartitionCounts();
    spark.sparkContext().register(counts, "test");
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(1L, 2L, 3L), 2)
        .foreach(rows -> counts.add(new PartitionCounts.Counts(rows, rows, 1, 10)));
    return counts;
  }

  @Test
  void lostRowsAreAFailure() {
    JobMetrics metrics = JobMetrics.begin(spark, "none");
    metrics.requireAllWritten(0, 0);
    VaeException lost = assertThrows(VaeException.class, () -> metrics.requireAllWritten(4, 5));
    assertEquals(
        "the job was to make 5 rows; it read 0, computed 0 and wrote 4; expected the same number of"
            + " each; nothing is kept of it: run it again",
        lost.getMessage());
  }
}
