package org.vaetf.cli;

import java.nio.file.Path;
import java.util.List;
import org.vaetf.data.DataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.GreyLevels;
import org.vaetf.tf.Compute;

/** The model that a command works with. */
final class TrainedModel {
  static final List<CliOption> OPTIONS =
      List.of(CliOption.MODEL, CliOption.DEVICE, CliOption.THREADS);

  /** Numbers a batch: a few megabytes, enough to keep all cores busy. */
  private static final int BATCH_VALUES = 1 << 20;

  private static final int MOST_ROWS = 1000;

  private TrainedModel() {}

  /** Loads what {@code --model} names. */
  static SavedModelVae load(Arguments arguments, Console console) {
    Path path = path(arguments);
    Compute compute = ComputeSettings.apply(Compute.defaults(), arguments);
    console.prepareTensorFlow();
    return SavedModelVae.load(path, compute);
  }

  /** What {@code --model} names. */
  static Path path(Arguments arguments) {
    arguments.required(CliOption.MODEL);
    return arguments.path(CliOption.MODEL).orElseThrow();
  }

  /** Rows of a model to work on at a time: a function of their shape alone. */
  static int batchRows(SavedModelVae vae) {
    return Math.max(1, Math.min(MOST_ROWS, BATCH_VALUES / vae.shape().size()));
  }

  /** How the model's data were stored. */
  static DataSet.Encoding encoding(SavedModelVae vae) {
    return GreyLevels.encoding(vae.manifest().data().scaling());
  }
}
