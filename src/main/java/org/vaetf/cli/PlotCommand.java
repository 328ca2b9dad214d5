package org.vaetf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaetf.base.Named;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.DrawnPlot;
import org.vaetf.report.EpochFrames;
import org.vaetf.report.PlotKind;
import org.vaetf.report.PlotKind.Need;
import org.vaetf.report.PlottedRun;
import org.vaetf.report.Projection;
import org.vaetf.report.RunPlots;
import org.vaetf.train.RunFolder;

/** Draws plots of a run. */
final class PlotCommand implements Command {

  @Override
  public String name() {
    return "plot";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Draw plots of a run, into its plots folder or to --out, a folder or, for one picture, a"
        + " .png (epochs: a .gif): "
        + Arrays.stream(PlotKind.values())
            .map(kind -> kind.label() + " (" + kind.shows() + ")")
            .collect(Collectors.joining("; "))
        + ".";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar plot runs/first --kind latent --projection tsne"
        + " --out latent.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(List.of(CliOption.KIND, CliOption.PROJECTION));
    options.addAll(Input.OPTIONS);
    options.addAll(List.of(CliOption.SEED, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    List<PlotKind> kinds = kinds(arguments);
    Path model = TrainedModel.path(arguments);
    if (!Files.exists(model)) {
      throw new VaeException(
          model + ": does not exist; expected a run folder or a SavedModel; check the path");
    }
    Optional<Projection> projection = projection(arguments, kinds);
    Optional<RunFolder> run = TrainedModel.run(arguments);
    Place place = Place.of(arguments, run);
    place.requireEnding(kinds);
    PlottedRun plotted = PlottedRun.seeded(arguments.seed(0));
    if (projection.isPresent()) {
      plotted = plotted.withProjection(projection.get());
    }
    if (run.isPresent()) {
      plotted = plotted.withFrames(new EpochFrames(run.get().epochs()));
      if (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.need() == Need.METRICS)) {
        plotted = plotted.withMetrics(run.get());
      }
    }
    List<Path> written;
    if (kinds.isEmpty() || kinds.stream().anyMatch(PlotCommand::needsModel)) {
      try (SavedModelVae vae = TrainedModel.load(arguments, console);
          DataSet data = Input.dataSet(arguments, console, vae)) {
        written = place.write(kinds, plotted.withModel(vae, data));
      }
    } else {
      written = place.write(kinds, plotted);
    }
    written.forEach(file -> console.print(file.toString()));
  }

  /** Where pictures go. */
  private record Place(Path path, boolean file) {

    static Place of(Arguments arguments, Optional<RunFolder> run) {
      Path out =
          arguments
              .path(CliOption.OUT)
              .or(() -> run.map(RunFolder::plots))
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--out is missing: the model lies in no run folder, which would have a folder"
                              + " for plots; expected "
                              + CliOption.OUT.help()));
      return new Place(out, Output.isPicture(out) || Output.isAnimation(out));
    }

    /** Before anything is drawn. */
    void requireEnding(List<PlotKind> kinds) {
      if (file && kinds.size() == 1) {
        PlotKind kind = kinds.get(0);
        if (Output.isAnimation(path) != kind.ending().equals(".gif")) {
          throw UsageException.value(
              CliOption.OUT,
              path,
              "a folder, or a file that ends in "
                  + kind.ending()
                  + ", as the plot "
                  + kind.label()
                  + " does");
        }
      }
    }

    List<Path> write(List<PlotKind> kinds, PlottedRun run) {
      if (kinds.isEmpty() && !file) {
        return RunPlots.writeAll(run, path);
      }
      List<DrawnPlot> plots = new ArrayList<>();
      kinds.forEach(kind -> plots.addAll(kind.draw(run)));
      if (!file) {
        return RunPlots.write(plots, path);
      }
      if (plots.size() != 1) {
        throw UsageException.value(
            CliOption.OUT,
            path,
            "a folder, as there are several pictures; or one --kind for a .png");
      }
      plots.get(0).write(path);
      return List.of(path);
    }
  }

  private static boolean needsModel(PlotKind kind) {
    return kind.need() == Need.MODEL || kind.need() == Need.IMAGES;
  }

  private static List<PlotKind> kinds(Arguments arguments) {
    List<String> known = labels(PlotKind.values(), PlotKind::label);
    return arguments
        .text(CliOption.KIND)
        .map(
            names ->
                Arrays.stream(names.split(",", -1))
                    .map(name -> TypedText.word(CliOption.KIND.flag(), name, known))
                    .map(name -> Named.of(PlotKind.class, "kind", name))
                    .distinct()
                    .toList())
        .orElse(List.of());
  }

  private static Optional<Projection> projection(Arguments arguments, List<PlotKind> kinds) {
    if (arguments.has(CliOption.PROJECTION)
        && !kinds.isEmpty()
        && !kinds.contains(PlotKind.LATENT)) {
      throw UsageException.inapplicable(CliOption.PROJECTION, "the plot latent alone has one");
    }
    return arguments.choice(CliOption.PROJECTION, Projection.class);
  }

  private static <E> List<String> labels(E[] values, Function<E, String> label) {
    return Arrays.stream(values).map(label).toList();
  }
}
