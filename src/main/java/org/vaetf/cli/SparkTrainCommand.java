package org.vaetf.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.data.DataRequest;
import org.vaetf.spark.RunPlace;
import org.vaetf.spark.TableFormat;
import org.vaetf.spark.TableInput;
import org.vaetf.spark.TrainingJob;
import org.vaetf.spark.TrainingOutcome;
import org.vaetf.train.Parallel;
import org.vaetf.train.RunConfig;

/** Fits a model to a table, on Spark. */
final class SparkTrainCommand implements Command {
  private static final List<String> FORMATS =
      List.of(TableFormat.PARQUET.label(), TableFormat.CSV.label());

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "Train a model on rows that several machines hold, and leave a run folder: checkpoints,"
        + " metrics, a SavedModel. Each process is a task with rows of its own; all run at once.";
  }

  @Override
  public String example() {
    return SparkMain.LAUNCHER
        + " train --data rows.parquet --preset vae --latent 8 --processes 4 --out runs/large";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options =
        new ArrayList<>(
            List.of(
                CliOption.PRESET,
                CliOption.CONFIG,
                CliOption.DATA,
                CliOption.TEST,
                CliOption.TEST_FRACTION,
                CliOption.IN_FORMAT,
                CliOption.COLUMN,
                CliOption.LABEL_COLUMN,
                CliOption.HEADER,
                CliOption.SHAPE,
                CliOption.SCALING,
                CliOption.BINARIZE));
    options.addAll(ModelSettings.OPTIONS);
    options.addAll(FitSettings.OPTIONS);
    options.addAll(
        List.of(
            CliOption.PROCESSES,
            CliOption.AVERAGE_EVERY,
            CliOption.OUT,
            CliOption.OVERWRITE,
            CliOption.RESUME,
            CliOption.SEED,
            CliOption.DEVICE,
            CliOption.JSON));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    if (arguments.has(CliOption.RESUME) && arguments.has(CliOption.OVERWRITE)) {
      throw new UsageException(
          "--resume and --overwrite exclude each other; expected one: go on, or begin anew");
    }
    String place =
        arguments
            .text(CliOption.RESUME)
            .filter(text -> !text.isEmpty())
            .orElseGet(() -> arguments.required(CliOption.OUT));
    if (!arguments.has(CliOption.RESUME) && !arguments.has(CliOption.CONFIG)) {
      arguments.required(CliOption.DATA);
    }
    arguments.word(CliOption.IN_FORMAT, FORMATS);
    Optional<RowShape> shape = shape(arguments);
    Optional<Integer> processes = atLeastOne(arguments, CliOption.PROCESSES);
    Optional<Integer> averageEvery = atLeastOne(arguments, CliOption.AVERAGE_EVERY);
    SparkJobs.inSession(
        name(),
        arguments,
        console,
        spark -> {
          RunConfig named = config(arguments, spark, place);
          Parallel begun = named.training().parallel();
          Parallel parallel =
              new Parallel(
                  processes.orElse(begun.processes()), averageEvery.orElse(begun.averageEvery()));
          RunConfig config = named.withTraining(named.training().withParallel(parallel));
          TrainingOutcome outcome =
              TrainingJob.of(config)
                  .run(
                      spark,
                      table(config.data().rows().data(), config, arguments),
                      Optional.of(config.data().rows().test())
                          .filter(test -> !test.isEmpty())
                          .map(test -> table(test, config, arguments)),
                      shape,
                      new RunPlace(place, start(arguments)));
          console.print(arguments.has(CliOption.JSON) ? json(outcome) : text(outcome));
        });
  }

  private static RunPlace.Start start(Arguments arguments) {
    if (arguments.has(CliOption.RESUME)) {
      return RunPlace.Start.RESUME;
    }
    return arguments.has(CliOption.OVERWRITE) ? RunPlace.Start.OVERWRITE : RunPlace.Start.NEW;
  }

  private static RunConfig config(Arguments arguments, SparkSession spark, String place) {
    boolean resumes = arguments.has(CliOption.RESUME);
    RunConfig named =
        TrainCommand.named(
            arguments,
            () -> resumes ? TrainingJob.begun(spark, place) : RunConfig.defaults(),
            resumes);
    return new RunConfig(
        named.preset(),
        ModelSettings.apply(named.model(), arguments),
        DataSettings.apply(named.data(), arguments),
        FitSettings.apply(named.training(), arguments));
  }

  private static Optional<Integer> atLeastOne(Arguments arguments, CliOption option) {
    return arguments.has(option) ? Optional.of(arguments.whole(option, 1, 1)) : Optional.empty();
  }

  private static TableInput table(String place, RunConfig config, Arguments arguments) {
    DataRequest rows = config.data().rows();
    TableFormat format =
        arguments
            .word(CliOption.IN_FORMAT, FORMATS)
            .map(SparkJobs::format)
            .orElseGet(() -> TableFormat.of(place));
    return new TableInput(
        place,
        format,
        arguments.text(CliOption.COLUMN).orElse(""),
        Optional.of(List.of()),
        rows.read());
  }

  private static Optional<RowShape> shape(Arguments arguments) {
    return arguments
        .text(CliOption.SHAPE)
        .map(text -> Arguments.about(CliOption.SHAPE, () -> RowShape.parse(text)));
  }

  private static String text(TrainingOutcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s after %d epochs (%d steps, %.1f s); best epoch %d on the test rows: %s nats\nrun       %s",
        outcome.stopped().label().replace('-', ' '),
        outcome.epochs(),
        outcome.steps(),
        outcome.seconds(),
        outcome.bestEpoch(),
        outcome.best().entrySet().stream()
            .map(
                term ->
                    String.format(
                        Locale.ROOT, "%s %.2f", term.getKey().replace('_', ' '), term.getValue()))
            .collect(Collectors.joining(", ")),
        outcome.place());
  }

  private static String json(TrainingOutcome outcome) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("stopped", outcome.stopped());
    values.put("epochs", outcome.epochs());
    values.put("steps", outcome.steps());
    values.put("seconds", outcome.seconds());
    values.put("best_epoch", outcome.bestEpoch());
    values.put("best_test_nats", outcome.best());
    values.put("run", outcome.place());
    return Json.write(values);
  }
}
