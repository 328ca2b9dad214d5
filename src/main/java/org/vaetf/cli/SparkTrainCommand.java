package org.vaetf.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
      Arrays.stream(TableFormat.values()).map(TableFormat::label).toList();

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
                CliOption.COLUMN));
    options.addAll(DataSettings.READING);
    options.addAll(List.of(CliOption.SHAPE, CliOption.SCALING, CliOption.BINARIZE));
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
    Optional<String> resumed =
        TrainCommand.resumed(
            arguments, option -> arguments.text(option).filter(text -> !text.isEmpty()));
    boolean begun = resumed.isPresent();
    String place = resumed.orElseGet(() -> arguments.required(CliOption.OUT));
    if (!begun && !arguments.has(CliOption.CONFIG)) {
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
          RunConfig named =
              TrainCommand.config(
                  arguments,
                  () -> begun ? TrainingJob.begun(spark, place) : RunConfig.defaults(),
                  begun);
          Parallel before = named.training().parallel();
          Parallel parallel =
              new Parallel(
                  processes.orElse(before.processes()), averageEvery.orElse(before.averageEvery()));
          RunConfig config = named.withTraining(named.training().withParallel(parallel));
          RunPlace run = new RunPlace(place, start(arguments, begun));
          TrainingOutcome outcome = fit(spark, config, shape, run, arguments, console);
          console.print(arguments.has(CliOption.JSON) ? json(outcome) : text(outcome));
        });
  }

  /** Fits, and says a line an epoch. */
  private static TrainingOutcome fit(
      SparkSession spark,
      RunConfig config,
      Optional<RowShape> shape,
      RunPlace run,
      Arguments arguments,
      Console console) {
    TableInput train = table(config.data().rows().data(), config, arguments);
    Optional<TableInput> test =
        Optional.of(config.data().rows().test())
            .filter(rows -> !rows.isEmpty())
            .map(rows -> table(rows, config, arguments));
    EpochLines lines = new EpochLines(config.training(), OptionalLong.empty());
    try (Meter meter = console.meter("train", "rows", -1)) {
      return TrainingJob.of(config)
          .listen(report -> meter.line(lines.next(report)))
          .run(spark, train, test, shape, run);
    }
  }

  private static RunPlace.Start start(Arguments arguments, boolean begun) {
    if (begun) {
      return RunPlace.Start.RESUME;
    }
    return arguments.has(CliOption.OVERWRITE) ? RunPlace.Start.OVERWRITE : RunPlace.Start.NEW;
  }

  private static Optional<Integer> atLeastOne(Arguments arguments, CliOption option) {
    return arguments.has(option) ? Optional.of(arguments.whole(option, 1, 1)) : Optional.empty();
  }

  private static TableInput table(String place, RunConfig config, Arguments arguments) {
    DataRequest rows = config.data().rows();
    TableFormat format = SparkJobs.format(arguments, CliOption.IN_FORMAT, FORMATS, place);
    SparkJobs.requireFits(arguments, format);
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
    return TrainingFigures.of(outcome).text() + "run       " + outcome.place();
  }

  private static String json(TrainingOutcome outcome) {
    Map<String, Object> values = TrainingFigures.of(outcome).values();
    values.put("run", outcome.place());
    return Json.write(values);
  }
}
