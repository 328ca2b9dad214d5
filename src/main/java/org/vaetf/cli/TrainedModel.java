package org.vaetf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.RowReader;
import org.vaetf.data.RowWriter;
import org.vaetf.export.LoadOptions;
import org.vaetf.export.SavedModelVae;
import org.vaetf.tf.Compute;
import org.vaetf.train.RunFolder;
import org.vaetf.zoo.Zoo;

/** The model that a command works with. */
final class TrainedModel {
  static final List<CliOption> OPTIONS =
      List.of(CliOption.MODEL, CliOption.TRUST, CliOption.DEVICE, CliOption.THREADS);

  /** What may stand in the place of {@code --model RUN}, where a command is about that alone. */
  static final String OPERAND = "[RUN]";

  private TrainedModel() {}

  /** Loads what {@code --model} or the operand names. */
  static SavedModelVae load(Arguments arguments, Console console) {
    Path path = path(arguments);
    Compute compute = ComputeSettings.apply(Compute.defaults(), arguments);
    console.prepareTensorFlow();
    return SavedModelVae.load(path, new LoadOptions(compute, arguments.has(CliOption.TRUST)));
  }

  /** What {@code --model} or the operand names. */
  static Path path(Arguments arguments) {
    String named =
        arguments
            .model()
            .orElseThrow(
                () ->
                    new UsageException(
                        CliOption.MODEL.flag()
                            + " is missing; expected "
                            + CliOption.MODEL.help()));
    return isOfZoo(arguments)
        ? Zoo.folder(
            ZooCommand.named(
                    CliOption.MODEL.flag(), Zoo.PREFIX, named.substring(Zoo.PREFIX.length()))
                .name())
        : Arguments.toPath(CliOption.MODEL.flag(), named);
  }

  /** Whether it is a model that comes with the program, which stays as it is. */
  static boolean isOfZoo(Arguments arguments) {
    return arguments.model().filter(named -> named.startsWith(Zoo.PREFIX)).isPresent();
  }

  /** The run folder that is named, or that the SavedModel lies in that is named. */
  static Optional<RunFolder> run(Arguments arguments) {
    Path model = path(arguments).toAbsolutePath().normalize();
    List<Path> places = new ArrayList<>(List.of(model));
    if (model.getParent() != null && model.endsWith("saved_model")) {
      places.add(model.getParent());
    }
    return places.stream()
        .filter(place -> Files.isRegularFile(new RunFolder(place).config()))
        .map(RunFolder::existing)
        .findFirst();
  }

  /** How the model's data were stored. */
  static DataSet.Encoding encoding(SavedModelVae vae) {
    return GreyLevels.encoding(vae.manifest().data().scaling());
  }

  /** Decodes points to an output, a batch at a time; their labels go along. */
  static void decode(SavedModelVae vae, Batch points, RowWriter out, Meter meter) {
    int most = vae.scaled().batchRows();
    int rows = points.samples().rows();
    for (int from = 0; from < rows; from += most) {
      Batch some = points.slice(from, Math.min(rows, from + most));
      out.write(new Batch(vae.decode(some), some.labels()));
      meter.advance(some.samples().rows());
    }
  }

  /** The first rows of an input, or all if there are fewer. */
  static Batch firstRows(RowReader in, int most) {
    List<Batch> parts = new ArrayList<>();
    int rows = 0;
    for (Optional<Batch> next = in.next(most); next.isPresent(); next = in.next(most - rows)) {
      parts.add(next.get());
      rows += next.get().samples().rows();
      if (rows == most) {
        break;
      }
    }
    if (parts.isEmpty()) {
      throw new VaeException("the input holds no rows; expected at least one");
    }
    return Batch.concatenate(parts);
  }
}
