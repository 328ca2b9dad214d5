package org.vaetf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.vaetf.base.ConfigException;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSet;
import org.vaetf.data.Formats;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.report.GridWriter;

/** Where resulting rows go: what {@code --out} names, or a table on standard output. */
final class Output {
  private Output() {}

  /**
   * Opens it.
   *
   * @param format of the rows; BYTES are rounded only where a format holds nothing else, and labels
   *     left out where it has no room for them
   * @param grid how images lie in one picture
   * @throws UsageException if such rows cannot be written so
   */
  static RowWriter open(Arguments arguments, Console console, RowFormat format, ImageGrid grid) {
    RowFormat reals =
        new RowFormat(format.shape(), DataSet.Encoding.REALS, format.labelled(), format.columns());
    Path path = arguments.path(CliOption.OUT).orElse(null);
    if (path == null) {
      return Formats.table(console.rows(), reals);
    }
    try {
      if (isPicture(path)) {
        return new GridWriter(path, format, grid);
      }
      if (name(path).endsWith(".npy")) {
        return new InterruptibleWriter(
            () -> new UnlabelledWriter(Formats.writer(path, reals.withLabelled(false))));
      }
      return new InterruptibleWriter(() -> Formats.writer(path, holdsReals(path) ? reals : format));
    } catch (ConfigException e) {
      throw new UsageException("--out " + path + ": " + e.getMessage());
    }
  }

  /** Whether {@code --out} is one picture of all rows. */
  static boolean isPicture(Arguments arguments) {
    return arguments.path(CliOption.OUT).map(Output::isPicture).orElse(false);
  }

  static boolean isPicture(Path path) {
    return name(path).endsWith(".png");
  }

  static boolean isAnimation(Path path) {
    return name(path).endsWith(".gif");
  }

  /** What lies there may be anything: it is not for a command to delete. */
  static void requireFree(Path out) {
    String[] entries = out.toFile().list();
    if (Files.exists(out) && (entries == null || entries.length > 0)) {
      throw new VaeException(
          out + ": exists already; expected a place for a new SavedModel; choose another --out");
    }
  }

  private static boolean holdsReals(Path path) {
    return name(path).endsWith(".npz") || name(path).endsWith(".csv");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }
}
