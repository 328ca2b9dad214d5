package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Seed;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSources;
import org.vaetf.data.DataSplit;
import org.vaetf.data.RowReader;
import org.vaetf.export.SavedModelVae;

/**
 * The rows that a command works on, with labels where the model is conditional: all that {@code
 * --in} names; else the test part of what {@code --data} names; else the test part of the data that
 * the model was fitted to.
 */
final class Input {
  static final List<CliOption> OPTIONS = options();

  private final Arguments arguments;
  private final SavedModelVae vae;
  private final DataSources sources;
  private final DataRequest request;

  private Input(Arguments arguments, Console console, SavedModelVae vae) {
    if (arguments.has(CliOption.IN)) {
      for (CliOption option : DataSettings.REQUEST) {
        if (arguments.has(option)) {
          throw UsageException.inapplicable(option, "--in names the rows already; expected one");
        }
      }
    }
    this.arguments = arguments;
    this.vae = vae;
    this.sources = Downloads.shownOn(console);
    this.request = DataSettings.apply(base(), arguments);
  }

  private static List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(List.of(CliOption.IN));
    options.addAll(DataSettings.REQUEST);
    options.addAll(DataSettings.READING);
    options.add(CliOption.LABEL);
    return List.copyOf(options);
  }

  /** Rows in order, of the model's shape; the caller closes them. */
  static RowReader reader(Arguments arguments, Console console, SavedModelVae vae) {
    Input input = new Input(arguments, console, vae);
    GivenLabels labels = GivenLabels.of(arguments, vae);
    RowReader reader =
        arguments
            .text(CliOption.IN)
            .map(source -> input.sources.reader(source, input.request.read()))
            .orElseGet(() -> input.sources.testReader(input.request, input.seed()));
    return labels.on(new ReshapedReader(reader, input.fitting(reader.shape())), input.source());
  }

  /** Rows by number, of the model's shape; the caller closes them. */
  static DataSet dataSet(Arguments arguments, Console console, SavedModelVae vae) {
    Input input = new Input(arguments, console, vae);
    Optional<String> in = arguments.text(CliOption.IN);
    if (in.isPresent()) {
      DataSet data = input.sources.open(in.get(), input.request.read());
      return input.fitted(data, data::close);
    }
    DataSplit split = input.sources.split(input.request, input.seed());
    return input.fitted(split.test(), split::close);
  }

  private DataSet fitted(DataSet data, Runnable closing) {
    GivenLabels labels = GivenLabels.of(arguments, vae);
    return new ReshapedDataSet(
        data, fitting(data.shape()), labels.of(data), labels.names(data), closing);
  }

  private String source() {
    return arguments.text(CliOption.IN).orElse(request.data());
  }

  /** Rows to learn from and rows to judge by, of the model's shape; the caller closes them. */
  static DataSplit split(Arguments arguments, Console console, SavedModelVae vae) {
    Input input = new Input(arguments, console, vae);
    DataSplit split = input.sources.split(input.request, input.seed());
    try {
      return new DataSplit(
          input.fitted(split.train(), split.train()::close),
          input.fitted(split.test(), split.test()::close));
    } catch (RuntimeException e) {
      split.close();
      throw e;
    }
  }

  /** The model's own data, as the run beside it reads them; else by the name in the manifest. */
  private DataRequest base() {
    String own = vae.manifest().data().name();
    DataRequest base =
        TrainedModel.run(arguments)
            .map(run -> run.readConfig().data().rows())
            .orElseGet(() -> DataRequest.of(own.isEmpty() ? "-" : own));
    Optional<String> other = arguments.text(CliOption.DATA).filter(d -> !d.equals(base.data()));
    return other.isPresent() ? DataRequest.of(other.get()).withRead(base.read()) : base;
  }

  private Seed seed() {
    return new Seed(vae.manifest().seed());
  }

  /** A table's flat rows of the right length are taken for images. */
  private RowShape fitting(RowShape found) {
    RowShape expected = vae.shape();
    if (!found.equals(expected) && !(found.rank() == 1 && found.size() == expected.size())) {
      throw new DataException(
          source(),
          "holds rows of shape "
              + found
              + "; expected "
              + expected
              + ", as the model was fitted to; check --label-column, --resize and --channels");
    }
    return expected;
  }
}
