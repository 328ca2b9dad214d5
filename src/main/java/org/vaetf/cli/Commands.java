package org.vaetf.cli;

import java.util.List;

/** Every command there is. */
final class Commands {
  static final List<Command> ALL =
      List.of(
          new TrainCommand(),
          new SampleCommand(),
          new EncodeCommand(),
          new DecodeCommand(),
          new ReconstructCommand(),
          new ScoreCommand(),
          new EvaluateCommand(),
          new FitSamplerCommand(),
          new ManifoldCommand(),
          new InterpolateCommand(),
          new PlotCommand(),
          new CompareCommand(),
          new ReportCommand(),
          new ExploreCommand(),
          new ServeCommand(),
          new InfoCommand(),
          new ModelsCommand(),
          new ZooCommand());

  private Commands() {}

  /**
   * The command of a name.
   *
   * @throws UsageException if there is none; names a close one and all of them
   */
  static Command of(String name) {
    return of(ALL, name);
  }

  /**
   * The command of a name.
   *
   * @throws UsageException if there is none among these; names a close one and all of them
   */
  static Command of(List<Command> all, String name) {
    List<String> names = all.stream().map(Command::name).toList();
    return all.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "unknown command '"
                        + name
                        + "'; "
                        + Suggestion.closest(name, names)
                            .map(close -> "did you mean " + close + "? ")
                            .orElse("")
                        + "expected one of: "
                        + String.join(", ", names)));
  }
}
