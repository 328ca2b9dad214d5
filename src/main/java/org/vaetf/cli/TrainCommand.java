package org.vaetf.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.events.Projector;
import org.vaetf.events.TensorBoardEvents;
import org.vaetf.export.LoadOptions;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Presets;
import org.vaetf.report.EpochAnimation;
import org.vaetf.report.PlotKind;
import org.vaetf.report.PlottedRun;
import org.vaetf.report.RunPlots;
import org.vaetf.report.RunReport;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingConfig;
import org.vaetf.train.TrainingResult;

/** Fits a model and leaves a run folder. */
final class TrainCommand implements Command {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "Train a model and leave a run folder: checkpoints, metrics, pictures, a SavedModel.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar train --preset vae --data mnist-10k --latent 2 --epochs 20";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(List.of(CliOption.PRESET, CliOption.CONFIG));
    options.addAll(DataSettings.REQUEST);
    options.addAll(DataSettings.READING);
    options.addAll(List.of(CliOption.SCALING, CliOption.BINARIZE));
    options.addAll(ModelSettings.OPTIONS);
    options.addAll(FitSettings.OPTIONS);
    options.addAll(List.of(CliOption.OUT, CliOption.OVERWRITE, CliOption.RESUME, CliOption.SEED));
    options.add(CliOption.NO_EVENTS);
    options.addAll(ComputeSettings.OPTIONS);
    options.add(CliOption.JSON);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    Optional<Path> resumed = resumed(arguments, arguments::path);
    RunConfig config =
        config(
            arguments,
            () ->
                resumed
                    .map(run -> RunFolder.existing(run).readConfig())
                    .orElseGet(RunConfig::defaults),
            resumed.isPresent());
    console.prepareTensorFlow();
    long seed = config.training().seed();
    try (DataSplit data = Downloads.shownOn(console).split(config.data().rows(), new Seed(seed))) {
      Optional<Path> named = resumed.or(() -> arguments.path(CliOption.OUT));
      Path folder = named.orElseGet(() -> newFolder(config));
      RunConfig fitting =
          arguments.has(CliOption.BATCH) || arguments.has(CliOption.CONFIG) || resumed.isPresent()
              ? config
              : config.withTraining(withBatchWithin(data.train(), config.training()));
      TrainingResult result;
      try {
        result = train(Trainer.of(fitting), data, folder, resumed.isPresent(), arguments, console);
      } catch (RuntimeException e) {
        if (named.isEmpty()) {
          removeEmpty(folder);
        }
        throw e;
      }
      // Who stops a run wants it to end; the virtual machine is about to, and draws no more.
      List<Path> pictures =
          result.stopped() == TrainingResult.Reason.STOPPED
              ? List.of()
              : shown(result, data, arguments);
      TrainingSummary summary = new TrainingSummary(result, pictures);
      console.print(arguments.has(CliOption.JSON) ? summary.json() : summary.text());
    }
  }

  /** Of few rows all are a batch, where nobody has said how many one is. */
  private static TrainingConfig withBatchWithin(DataSet rows, TrainingConfig training) {
    return training.withBatch(Math.min(training.batch(), Math.max(1, rows.rows())));
  }

  /** Draws the plots and writes the report and the projector; gives the plots. */
  private static List<Path> shown(TrainingResult result, DataSplit data, Arguments arguments) {
    RunFolder folder = result.folder();
    TrainingConfig training = folder.readConfig().training();
    try (SavedModelVae vae =
        SavedModelVae.load(folder.savedModel(), new LoadOptions(training.compute(), true))) {
      PlottedRun run =
          PlottedRun.seeded(training.seed()).withMetrics(folder).withModel(vae, data.test());
      List<Path> pictures = new ArrayList<>(RunPlots.writeAll(run, folder.plots()));
      // Made by its listener when the run was over.
      Path animation = folder.plots().resolve(PlotKind.EPOCHS.label() + PlotKind.EPOCHS.ending());
      if (Files.exists(animation)) {
        pictures.add(animation);
      }
      RunReport.of(folder, vae.manifest()).write(folder.report());
      if (!arguments.has(CliOption.NO_EVENTS)) {
        Projector.write(vae, data.test(), folder.events().resolve("test"));
      }
      return pictures;
    }
  }

  private static TrainingResult train(
      Trainer trainer,
      DataSplit data,
      Path folder,
      boolean resume,
      Arguments arguments,
      Console console) {
    Runnable farewell =
        () ->
            console.warn(
                "interrupted; all is saved; go on with: "
                    + Shell.command("train --resume", folder));
    try (TrainingDisplay display = new TrainingDisplay(console, data);
        TensorBoardEvents events =
            new TensorBoardEvents(new RunFolder(folder).events(), data.test());
        Interruption interruption = Interruption.watch(trainer::stop, farewell)) {
      trainer.listen(display).listen(new EpochAnimation(folder));
      if (!arguments.has(CliOption.NO_EVENTS)) {
        trainer.listen(events);
      }
      TrainingResult result =
          resume
              ? trainer.resume(folder, data)
              : trainer.run(folder, arguments.has(CliOption.OVERWRITE), data);
      interruption.saved();
      return result;
    }
  }

  /**
   * The run to go on with, if one is asked for.
   *
   * @param place reads an option that names a run
   */
  static <T> Optional<T> resumed(Arguments arguments, Function<CliOption, Optional<T>> place) {
    if (!arguments.has(CliOption.RESUME)) {
      return Optional.empty();
    }
    if (arguments.has(CliOption.OVERWRITE)) {
      throw new UsageException(
          "--resume and --overwrite exclude each other; expected one: go on, or begin anew");
    }
    Optional<T> run = place.apply(CliOption.RESUME);
    Optional<T> out = place.apply(CliOption.OUT);
    if (run.isPresent() && out.isPresent() && !run.equals(out)) {
      throw UsageException.inapplicable(
          CliOption.OUT, "--resume " + run.get() + " goes on in that folder");
    }
    return Optional.of(
        run.or(() -> out)
            .orElseThrow(() -> new UsageException("--resume names no run; expected --resume RUN")));
  }

  /**
   * A configuration with the options' values in place of its own.
   *
   * @param otherwise the configuration, where --config names none
   * @param resumes whether it is that of a run that has begun
   */
  static RunConfig config(Arguments arguments, Supplier<RunConfig> otherwise, boolean resumes) {
    RunConfig base = arguments.path(CliOption.CONFIG).map(RunConfig::read).orElseGet(otherwise);
    RunConfig named =
        arguments
            .text(CliOption.PRESET)
            .filter(preset -> !resumes || !preset.equals(base.preset()))
            .map(
                preset ->
                    new RunConfig(preset, Presets.of(preset).model(), base.data(), base.training()))
            .orElse(base);
    return new RunConfig(
        named.preset(),
        ModelSettings.apply(named.model(), arguments),
        DataSettings.apply(named.data(), arguments),
        FitSettings.apply(named.training(), arguments));
  }

  private static Path newFolder(RunConfig config) {
    String time = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    return newFolder(
        Path.of("runs"),
        config.preset() + "-" + dataName(config.data().rows().data()) + "-" + time);
  }

  /**
   * Makes an empty folder that no other process has: two may begin in one second, and the hour
   * before winter time comes twice.
   */
  static Path newFolder(Path parent, String name) {
    Path folder = parent.resolve(name);
    try {
      Files.createDirectories(parent);
      for (int number = 2; true; number++) {
        try {
          return Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
          folder = parent.resolve(name + "-" + number);
        }
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder, e);
    }
  }

  /** What {@link #newFolder} made, if the run did not come to use it. */
  private static void removeEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // The run lies in it, or it may stay: the failure that brought us here is the one to report.
    }
  }

  /** A data set's name without its settings, a file's without folder and ending. */
  private static String dataName(String data) {
    String name = data.replaceFirst("^shapes:.*", "shapes");
    try {
      Path last = Path.of(name).toAbsolutePath().normalize().getFileName();
      name = last == null ? "data" : last.toString();
    } catch (InvalidPathException e) {
      // Said when the data are opened.
    }
    return name.replaceFirst("(?<=.)\\..*", "").replaceAll("[^A-Za-z0-9_-]+", "-");
  }
}
