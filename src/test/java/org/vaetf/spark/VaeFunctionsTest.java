package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Samples;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.TinyModel;

class VaeFunctionsTest {
  private final SparkSession spark = LocalSpark.session();
  private final Samples x = LocalSpark.tiny("vae").data(4, 4);

  private List<Row> query(String text) {
    return JobFailure.inOneLine(() -> spark.sql(text).collectAsList());
  }

  @Test
  void giveWhatTheLoaderGives() {
    VaeFunctions.register(spark, LocalSpark.model("vae"), 2, 9);
    LocalSpark.table(x, TinyModel.CLASSES).createOrReplaceTempView("rows");
    List<Row> rows =
        query(
            "select vae_encode(features) mean, vae_decode(vae_encode(features)) x,"
                + " vae_score(features).elbo elbo from rows order by id");
    try (SavedModelVae vae = SavedModelVae.load(LocalSpark.exported("vae"))) {
      for (int i = 0; i < x.rows(); i++) {
        Samples row = x.slice(i, i + 1);
        Samples mean = vae.encode(row).mean();
        assertArrayEquals(mean.values(), LocalSpark.floats(rows.get(i), "mean"));
        assertArrayEquals(vae.decode(mean).values(), LocalSpark.floats(rows.get(i), "x"));
        assertEquals(vae.score(row, 2, 9).elbo()[0], (Float) rows.get(i).getAs("elbo"));
      }
    }
    assertTrue(query("select vae_encode(cast(null as array<float>))").get(0).isNullAt(0));
    RuntimeException refused =
        assertThrows(
            RuntimeException.class, () -> query("select vae_encode(array(1.0, 2.0)) from rows"));
    assertTrue(
        refused.getMessage().contains("vae_encode: is given 2 numbers; expected 30"),
        refused.getMessage());
  }

  @Test
  void aConditionalModelsTakeALabel() {
    VaeFunctions.register(spark, LocalSpark.model("cvae"));
    LocalSpark.table(x, TinyModel.CLASSES).createOrReplaceTempView("labelled");
    List<Row> rows = query("select vae_encode(features, label) mean from labelled order by id");
    try (SavedModelVae vae = SavedModelVae.load(LocalSpark.exported("cvae"))) {
      assertArrayEquals(
          vae.encode(org.vaetf.data.Batch.of(x.slice(2, 3), 2)).mean().values(),
          LocalSpark.floats(rows.get(2), "mean"));
    }
  }
}
