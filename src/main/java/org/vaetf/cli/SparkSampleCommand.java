package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.vaetf.spark.DistributedModel;
import org.vaetf.spark.SampleJob;
import org.vaetf.spark.TableOutput;

/** New rows of a model, on Spark. */
final class SparkSampleCommand implements Command {
  private static final long COUNT = 64;

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String summary() {
    return "Draw new data: points of the prior, or of the sampler fitted in its place, decoded; of a"
        + " conditional model those of --label, or as many of each class. The same for a seed on"
        + " any number of machines.";
  }

  @Override
  public String example() {
    return SparkMain.LAUNCHER
        + " sample --model runs/first --count 1000000 --seed 1 --out samples.parquet";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(List.of(CliOption.COUNT));
    options.addAll(SparkJobs.OPTIONS);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    long count =
        arguments
            .text(CliOption.COUNT)
            .map(text -> TypedText.longWhole(CliOption.COUNT.flag(), text))
            .orElse(COUNT);
    if (count < 1) {
      throw UsageException.value(CliOption.COUNT, count, "a whole number, 1 or more");
    }
    long seed = arguments.seed(0);
    TableOutput out = SparkJobs.output(arguments);
    int partitions = SparkJobs.partitions(arguments);
    arguments.required(CliOption.MODEL);
    SparkJobs.run(
        name(),
        arguments,
        console,
        spark -> job(arguments, spark, count, seed).run(spark, out, partitions));
  }

  private static SampleJob job(Arguments arguments, SparkSession spark, long count, long seed) {
    DistributedModel model = SparkJobs.model(arguments, spark);
    if (arguments.has(CliOption.LABEL) && !model.isConditional()) {
      throw UsageException.inapplicable(CliOption.LABEL, "this model is not conditional");
    }
    int label =
        arguments
            .text(CliOption.LABEL)
            .map(text -> Arguments.about(CliOption.LABEL, () -> model.label(text)))
            .orElse(-1);
    return new SampleJob(model, count, seed, label);
  }
}
