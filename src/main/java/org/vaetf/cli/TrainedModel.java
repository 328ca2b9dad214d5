package org.vaetf.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.RowReader;
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

  /** Whether the posterior is one point, as an autoencoder's is: then its log-variance is −∞. */
  static boolean isDeterministic(SavedModelVae vae) {
    Samples row = new Samples(vae.shape(), new float[vae.shape().size()]);
    return vae.encode(row).logVariance().values()[0] == Float.NEGATIVE_INFINITY;
  }

  /** The first rows of an input, or all if there are fewer. */
  static Samples firstRows(RowReader in, int most) {
    List<Samples> parts = new ArrayList<>();
    int rows = 0;
    for (Optional<Batch> next = in.next(most); next.isPresent(); next = in.next(most - rows)) {
      parts.add(next.get().samples());
      rows += next.get().samples().rows();
      if (rows == most) {
        break;
      }
    }
    if (parts.isEmpty()) {
      throw new VaeException("the input holds no rows; expected at least one");
    }
    return Samples.concatenate(parts);
  }
}
