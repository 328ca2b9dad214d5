package org.vaetf.spark;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.VaeException;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunConfig;
import scala.Function1;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Fits a model to a table on a cluster. As many tasks as the configuration's {@code
 * training.parallel} names work at the same time (Spark's barrier mode), each on its part of the
 * rows, and average as it says. The run folder lies on a file system that Hadoop knows, and is
 * brought up to date with each checkpoint. Where an executor is lost, Spark begins the tasks again,
 * and they go on from there; where the driver is lost, a run that {@link RunPlace.Start#RESUME}
 * begins does.
 *
 * <p>With one task a run is that of {@link org.vaetf.train.Trainer} on the same rows, to the bit.
 */
public final class TrainingJob {
  private final RunConfig config;
  private final Consumer<EpochReport> listener;

  private TrainingJob(RunConfig config, Consumer<EpochReport> listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * A job.
   *
   * @param config everything that says what the run does, but for its rows
   * @return a job that has not begun
   */
  public static TrainingJob of(RunConfig config) {
    return new TrainingJob(config, report -> {});
  }

  /**
   * The job, with someone who is told of each epoch, some seconds after its end, on a thread of its
   * own. Where the tasks begin again, an epoch that they do again is not told again.
   *
   * @param newListener is told
   * @return a job that has not begun
   */
  public TrainingJob listen(Consumer<EpochReport> newListener) {
    return new TrainingJob(config, newListener);
  }

  /**
   * The configuration of a run that has begun.
   *
   * @param spark the session
   * @param place of the run, any path that Hadoop knows
   * @return what it began with
   * @throws VaeException if there is no run, or it cannot be read
   */
  public static RunConfig begun(SparkSession spark, String place) {
    RunMirror mirror = RunMirror.at(place, configuration(spark));
    return RunConfig.read(java.nio.file.Path.of("config.json"), mirror.config());
  }

  /**
   * Fits the model to tables that lie somewhere.
   *
   * @param spark the session
   * @param train rows to learn from, Parquet or CSV
   * @param test rows to test on; empty to set rows aside, as the configuration's {@code
   *     data.rows.testFraction} says
   * @param shape of a row; empty for flat rows
   * @param run where the run folder is to lie, and how it begins
   * @return what the run did
   * @throws VaeException if the place is taken, the rows cannot be read or do not fit, or the run
   *     fails
   */
  public TrainingOutcome run(
      SparkSession spark,
      TableInput train,
      Optional<TableInput> test,
      Optional<RowShape> shape,
      RunPlace run) {
    return JobFailure.inOneLine(
        () -> run(spark, TrainingTables.open(spark, train, test, shape), run));
  }

  /**
   * Fits the model to the rows of a column.
   *
   * @param train rows to learn from, and to set test rows aside of
   * @param column of numbers, a vector or a list
   * @param label column of labels; empty for none
   * @param shape of a row; empty for flat rows
   * @param run where the run folder is to lie, and how it begins
   * @return what the run did
   * @throws VaeException if the place is taken, the rows do not fit, or the run fails
   */
  public TrainingOutcome run(
      Dataset<Row> train,
      String column,
      Optional<String> label,
      Optional<RowShape> shape,
      RunPlace run) {
    return JobFailure.inOneLine(
        () -> run(train.sparkSession(), TrainingTables.of(train, column, label, shape), run));
  }

  private TrainingOutcome run(SparkSession spark, TrainingTables tables, RunPlace run) {
    RunMirror mirror = RunMirror.at(run.place(), configuration(spark));
    String text = Json.write(config);
    if (run.resumes()) {
      mirror.config();
    } else {
      mirror.requireFree(run.overwrite());
      mirror.begin(text);
    }
    int workers = config.training().parallel().processes();
    JavaPairRDD<Long, ShardRow> shards = Shards.of(tables.train(), tables.test(), workers);
    TrainingTask task =
        new TrainingTask(
            text,
            run.place(),
            tables.train().source(),
            tables.shape().dimensions(),
            tables.labelled(),
            tables.classes(),
            tables.images().orElse(null),
            tables.test().isPresent(),
            secret());
    EpochWatch watch = new EpochWatch(mirror, config.training(), listener);
    Agreement.Part done;
    try {
      done = Agreement.Part.ofJson(inBarrierMode(shards, task).get(0));
    } finally {
      watch.close();
    }
    if (!done.refusal().isEmpty()) {
      throw new VaeException(done.refusal());
    }
    return Json.read("the outcome", done.result(), TrainingOutcome.class);
  }

  /**
   * All tasks run at the same time, or none. Spark begins such tasks again only where their results
   * go on to another stage.
   */
  private static List<String> inBarrierMode(JavaPairRDD<Long, ShardRow> shards, TrainingTask task) {
    ClassTag<String> text = ClassTag$.MODULE$.apply(String.class);
    Function1<Iterator<Tuple2<Long, ShardRow>>, Iterator<String>> work =
        (Function1<Iterator<Tuple2<Long, ShardRow>>, Iterator<String>> & Serializable)
            rows -> Iterator.single(task.run(rows).toJson());
    return shards
        .rdd()
        .barrier()
        .mapPartitions(work, false, text)
        .toJavaRDD()
        .repartition(1)
        .collect();
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Configuration configuration(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}
