package org.vaetf.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.RunReport;
import org.vaetf.train.RunFolder;

/** Writes the report of a run anew. */
final class ReportCommand implements Command {

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Write one page of HTML about a run, with its figures, pictures, curves and configuration,"
        + " into the run folder or to --out. 'train' does so by itself; 'plot' draws the pictures.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar report runs/first --out first.html";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.add(CliOption.OUT);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    RunFolder run = RunFolder.existing(TrainedModel.path(arguments));
    Path file = arguments.path(CliOption.OUT).orElseGet(run::report);
    try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
      RunReport.of(run, vae.manifest()).write(file);
    }
    console.print(file.toString());
  }
}
