package example;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vaetf.spark.VaeTransformer;

/** Groups the rows of a table by where a model puts them in its latent space. */
public class LatentClusters {
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("latent clusters").getOrCreate();
    Dataset<Row> table = spark.read().parquet(arguments[1]);

    VaeTransformer encode =
        new VaeTransformer().setModel(arguments[0]).setInputCol("x").setOutputCol("z");
    KMeans clusters =
        new KMeans().setFeaturesCol("z").setPredictionCol("cluster").setK(5).setSeed(1);
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {encode, clusters}).fit(table);

    Dataset<Row> sizes = fitted.transform(table).groupBy("cluster").count().orderBy("cluster");
    for (Row size : sizes.collectAsList()) {
      System.out.printf("cluster %d: %d rows%n", size.getInt(0), size.getLong(1));
    }
    spark.stop();
  }
}
