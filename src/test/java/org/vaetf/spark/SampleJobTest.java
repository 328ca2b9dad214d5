package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.export.SavedModelVae;

@Tag("slow")
class SampleJobTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir Path folder;

  private List<Row> rows(SampleJob job, int partitions) {
    String out = folder.resolve("out" + partitions).toString();
    JobMetrics metrics = job.run(spark, TableOutput.of(out), partitions);
    assertEquals(job.count(), metrics.rowsOut());
    return LocalSpark.inOrder(out);
  }

  /** More than a block of points, whose last batch is short. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rowsAreThoseOfOneMachine(int partitions) {
    int count = SavedModelVae.POINTS_A_PART + 1500;
    String out = folder.resolve("out").toString();
    new SampleJob(LocalSpark.model("vae"), count, 5, -1)
        .run(spark, TableOutput.of(out), partitions);
    assertEquals(count, spark.read().parquet(out).count());
    try (SavedModelVae vae = SavedModelVae.load(LocalSpark.exported("vae"))) {
      int batch = vae.scaled().batchRows();
      Samples first = vae.decode(vae.points(SavedModelVae.POINTS_A_PART, 5, 0).slice(0, batch));
      Samples last = vae.decode(vae.points(1500, 5, 1).slice(batch, 1500));
      spark.read().parquet(out).createOrReplaceTempView("drawn");
      assertEquals(1, matching(first.row(7)));
      assertEquals(1, matching(last.row(499)));
    }
  }

  private long matching(float[] row) {
    StringBuilder all = new StringBuilder("true");
    for (int i = 0; i < row.length; i++) {
      all.append(" and x[").append(i).append("] = float('").append(row[i]).append("')");
    }
    return spark.sql("select * from drawn where " + all).count();
  }

  @Test
  void aSeedGivesTheSameRowsInAnyNumberOfPartitions() {
    SampleJob job = new SampleJob(LocalSpark.model("cvae"), 3001, 2, -1);
    List<Row> one = rows(job, 1);
    List<Row> four = rows(job, 4);
    assertEquals(one.size(), four.size());
    for (int i = 0; i < one.size(); i++) {
      assertArrayEquals(
          LocalSpark.floats(one.get(i), "x"), LocalSpark.floats(four.get(i), "x"), "row " + i);
      assertEquals((Integer) one.get(i).getAs("label"), (Integer) four.get(i).getAs("label"));
    }
  }

  @Test
  void oneClassWhereOneIsAsked() {
    SampleJob job = new SampleJob(LocalSpark.model("cvae"), 5, 2, 1);
    rows(job, 2).forEach(row -> assertEquals(1, (Integer) row.getAs("label")));
  }

  @Test
  void aCountBelowOneIsRefused() {
    DistributedModel model = LocalSpark.model("vae");
    assertThrows(ConfigException.class, () -> new SampleJob(model, 0, 0, -1));
  }
}
