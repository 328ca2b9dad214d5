package org.vaetf.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.spark.DistributedModel;
import org.vaetf.spark.JobFailure;
import org.vaetf.spark.JobMetrics;
import org.vaetf.spark.TableFormat;
import org.vaetf.spark.TableOutput;
import org.vaetf.tf.Device;

/** What the jobs on Spark have in common: the session, the model, the result, and what is said. */
final class SparkJobs {
  static final List<CliOption> OPTIONS =
      List.of(
          CliOption.MODEL,
          CliOption.TRUST,
          CliOption.DEVICE,
          CliOption.LABEL,
          CliOption.SEED,
          CliOption.OUT,
          CliOption.FORMAT,
          CliOption.OVERWRITE,
          CliOption.PARTITIONS,
          CliOption.JSON);

  /** What only a folder of images is read with. */
  static final List<CliOption> IMAGES = List.of(CliOption.RESIZE, CliOption.CHANNELS);

  private static final List<String> OUTPUT_FORMATS =
      List.of(TableFormat.PARQUET.label(), TableFormat.CSV.label());

  /** Says each failed task with its stack trace; what counts of it comes in our one line. */
  private static final List<String> NOISY =
      List.of(
          "org.apache.spark.executor.Executor",
          "org.apache.spark.scheduler.TaskSetManager",
          "org.apache.spark.sql.execution.datasources.FileFormatWriter",
          "org.apache.spark.util.Utils");

  /** Says that a cluster has no room, which must be seen. */
  private static final String WAITING = "org.apache.spark.scheduler.TaskSchedulerImpl";

  private SparkJobs() {}

  /** Runs a batch job in a session, and says what it did. */
  static void run(
      String name, Arguments arguments, Console console, Function<SparkSession, JobMetrics> job) {
    long begin = System.nanoTime();
    inSession(
        name,
        arguments,
        console,
        spark ->
            say(name, job.apply(spark), (System.nanoTime() - begin) / 1e9, arguments, console));
  }

  /** Does something in a session that ends with it, unless it was there before. */
  static void inSession(
      String name, Arguments arguments, Console console, Consumer<SparkSession> work) {
    if (!arguments.has(CliOption.DEBUG)) {
      quieten();
    }
    console.prepareTensorFlow();
    boolean ours = SparkSession.getActiveSession().isEmpty();
    SparkSession spark = JobFailure.inOneLine(() -> session(name));
    try {
      work.accept(spark);
    } finally {
      if (ours) {
        spark.stop();
      }
    }
  }

  private static SparkSession session(String name) {
    boolean placed =
        new SparkConf().contains("spark.master") || SparkSession.getActiveSession().isDefined();
    if (!placed) {
      throw new VaeException(
          "no Spark master is named; run this by spark-submit, with --master if need be");
    }
    return SparkSession.builder().appName("vae-tf " + name).getOrCreate();
  }

  /** Spark begins with thirty lines; whoever has settings for its log gets what they say. */
  private static void quieten() {
    if (System.getProperty("log4j2.configurationFile") == null
        && System.getProperty("log4j.configurationFile") == null) {
      // Spark reads its own settings when it first logs, in place of whatever was set before.
      new SparkConf().initializeLogIfNecessary(false, true);
      Configurator.setRootLevel(Level.ERROR);
      Configurator.setLevel(WAITING, Level.WARN);
      NOISY.forEach(logger -> Configurator.setLevel(logger, Level.OFF));
    }
  }

  private static void say(
      String name, JobMetrics metrics, double seconds, Arguments arguments, Console console) {
    console.say(
        "%s: %d rows in, %d rows out, %d batches, %.1f s in TensorFlow of %.1f s",
        name,
        metrics.rowsIn(),
        metrics.rowsOut(),
        metrics.batches(),
        metrics.tensorFlowSeconds(),
        seconds);
    if (arguments.has(CliOption.JSON)) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("rowsIn", metrics.rowsIn());
      values.put("rowsOut", metrics.rowsOut());
      values.put("batches", metrics.batches());
      values.put("tensorFlowSeconds", metrics.tensorFlowSeconds());
      values.put("seconds", seconds);
      console.print(Json.write(values));
    }
  }

  /** A path of this machine or of the cluster's file system, or a model of the zoo. */
  static DistributedModel model(Arguments arguments, SparkSession spark) {
    return DistributedModel.of(
        spark,
        TrainedModel.isOfZoo(arguments)
            ? TrainedModel.path(arguments).toString()
            : arguments.required(CliOption.MODEL),
        arguments.text(CliOption.DEVICE).map(Device::of).orElse(Device.CPU),
        arguments.has(CliOption.TRUST));
  }

  static TableOutput output(Arguments arguments) {
    String place = arguments.required(CliOption.OUT);
    TableFormat format = format(arguments, CliOption.FORMAT, OUTPUT_FORMATS, place);
    return new TableOutput(
        place, format, arguments.has(CliOption.OVERWRITE), arguments.has(CliOption.KEEP));
  }

  /** How rows lie in a place: as an option says, else as its ending does. */
  static TableFormat format(
      Arguments arguments, CliOption option, List<String> formats, String place) {
    return arguments
        .word(option, formats)
        .map(label -> TableFormat.valueOf(label.toUpperCase(Locale.ROOT)))
        .orElseGet(() -> TableFormat.of(place));
  }

  /** Refuses options that say nothing of an input of a format. */
  static void requireFits(Arguments arguments, TableFormat format) {
    boolean images = format == TableFormat.IMAGES;
    for (CliOption option : IMAGES) {
      if (arguments.has(option) && !images) {
        throw UsageException.inapplicable(option, "the input is no folder of images");
      }
    }
    if (images && arguments.has(CliOption.COLUMN)) {
      throw UsageException.inapplicable(CliOption.COLUMN, "the input is a folder of images");
    }
    if (format != TableFormat.CSV && arguments.has(CliOption.HEADER)) {
      throw UsageException.inapplicable(CliOption.HEADER, "the input is no CSV file");
    }
  }

  static int partitions(Arguments arguments) {
    return arguments.has(CliOption.PARTITIONS) ? arguments.whole(CliOption.PARTITIONS, 1, 1) : 0;
  }

  /** Names with commas between them. */
  static Optional<List<String>> names(Arguments arguments, CliOption option) {
    return arguments
        .text(option)
        .map(
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList());
  }
}
