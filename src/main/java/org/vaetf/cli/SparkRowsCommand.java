package org.vaetf.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.vaetf.data.ReadOptions;
import org.vaetf.spark.DistributedModel;
import org.vaetf.spark.Operation;
import org.vaetf.spark.RowSettings;
import org.vaetf.spark.RowsJob;
import org.vaetf.spark.TableFormat;
import org.vaetf.spark.TableInput;
import org.vaetf.spark.TableOutput;

/**
 * The rows of a table through a model, on Spark.
 *
 * @param operation what is done with them
 */
record SparkRowsCommand(Operation operation) implements Command {

  @Override
  public String name() {
    return operation.label();
  }

  @Override
  public String summary() {
    return switch (operation) {
      case ENCODE -> "Encode rows: adds the lists mean and log_variance.";
      case DECODE -> "Decode latent points, of encoded rows the means: adds the list x.";
      case RECONSTRUCT -> "Reconstruct rows from their posterior means: adds a list.";
      case SCORE ->
          "Score rows, in nats: adds elbo, reconstruction, kl and log_likelihood,"
              + " importance-weighted with --samples draws (1).";
    };
  }

  @Override
  public String example() {
    return SparkMain.LAUNCHER
        + " "
        + name()
        + " --model runs/first --in rows.parquet --out result.parquet";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options =
        new ArrayList<>(
            List.of(
                CliOption.IN,
                CliOption.IN_FORMAT,
                CliOption.COLUMN,
                CliOption.KEEP,
                CliOption.LABEL_COLUMN,
                CliOption.HEADER));
    if (!takesPoints()) {
      options.addAll(SparkJobs.IMAGES);
    }
    options.add(CliOption.BATCH);
    if (operation == Operation.SCORE) {
      options.add(CliOption.SAMPLES);
    }
    options.addAll(SparkJobs.OPTIONS);
    if (operation != Operation.SCORE) {
      options.remove(CliOption.SEED);
    }
    return options;
  }

  private boolean takesPoints() {
    return operation == Operation.DECODE;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    TableInput in = input(arguments);
    TableOutput out = SparkJobs.output(arguments);
    RowSettings settings =
        RowSettings.of(operation)
            .withLabel(arguments.text(CliOption.LABEL).orElse(""))
            .withBatchRows(
                arguments.has(CliOption.BATCH) ? arguments.whole(CliOption.BATCH, 1, 1) : 0);
    if (operation == Operation.SCORE) {
      settings = settings.withDraws(arguments.whole(CliOption.SAMPLES, 1, 1), arguments.seed(0));
    }
    int partitions = SparkJobs.partitions(arguments);
    arguments.required(CliOption.MODEL);
    RowSettings all = settings;
    SparkJobs.run(
        name(),
        arguments,
        console,
        spark -> job(arguments, spark, all).run(spark, in, out, partitions));
  }

  private RowsJob job(Arguments arguments, SparkSession spark, RowSettings settings) {
    DistributedModel model = SparkJobs.model(arguments, spark);
    if (!settings.label().isEmpty()) {
      if (!model.isConditional()) {
        throw UsageException.inapplicable(CliOption.LABEL, "this model is not conditional");
      }
      Arguments.about(CliOption.LABEL, () -> model.label(settings.label()));
    }
    return new RowsJob(model, settings);
  }

  private TableInput input(Arguments arguments) {
    String place = arguments.required(CliOption.IN);
    List<String> formats =
        Arrays.stream(TableFormat.values())
            .filter(format -> format != TableFormat.IMAGES || !takesPoints())
            .map(TableFormat::label)
            .toList();
    TableFormat format = SparkJobs.format(arguments, CliOption.IN_FORMAT, formats, place);
    SparkJobs.requireFits(arguments, format);
    return new TableInput(
        place,
        format,
        arguments.text(CliOption.COLUMN).orElse(""),
        SparkJobs.names(arguments, CliOption.KEEP),
        DataSettings.apply(ReadOptions.defaults(), arguments));
  }
}
