package org.vaetf.cli;

import java.util.List;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataRequest;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.Scaling;
import org.vaetf.train.DataConfig;

/** The options that say which data, and how they are read. */
final class DataSettings {
  /** What a file does not say of itself. */
  static final List<CliOption> READING =
      List.of(CliOption.LABEL_COLUMN, CliOption.HEADER, CliOption.RESIZE, CliOption.CHANNELS);

  /** Which data. */
  static final List<CliOption> REQUEST =
      List.of(CliOption.DATA, CliOption.TEST, CliOption.TEST_FRACTION);

  private DataSettings() {}

  static DataConfig apply(DataConfig base, Arguments arguments) {
    return new DataConfig(
        apply(base.rows(), arguments),
        arguments.choice(CliOption.SCALING, Scaling.Kind.class).orElse(base.scaling()),
        arguments.choice(CliOption.BINARIZE, Binarization.class).orElse(base.binarization()));
  }

  static DataRequest apply(DataRequest base, Arguments arguments) {
    return new DataRequest(
        arguments.text(CliOption.DATA).orElse(base.data()),
        arguments.text(CliOption.TEST).orElse(base.test()),
        arguments.number(CliOption.TEST_FRACTION).orElse(base.testFraction()),
        apply(base.read(), arguments));
  }

  static ReadOptions apply(ReadOptions base, Arguments arguments) {
    ReadOptions read =
        base.withLabelColumn(arguments.text(CliOption.LABEL_COLUMN).orElse(base.labelColumn()))
            .withHeader(
                arguments.choice(CliOption.HEADER, ReadOptions.Header.class).orElse(base.header()))
            .withChannels(arguments.whole(CliOption.CHANNELS).orElse(base.channels()));
    return arguments.text(CliOption.RESIZE).map(read::withResize).orElse(read);
  }
}
