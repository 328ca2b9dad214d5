package org.vaetf.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;

/** One array of NumPy in a file of its own. */
final class Npy {
  private Npy() {}

  /** Rows by number, straight from the file. */
  static DataSet open(Path path) {
    return new ArrayFile(path.toString(), path, layout(path), Optional.empty(), List.of(), false);
  }

  /** Rows by number from a file that goes, with its folder, when the rows are closed. */
  static DataSet openTemporary(
      String name, Path path, Optional<int[]> labels, List<String> classes) {
    return new ArrayFile(name, path, layout(path), labels, classes, true);
  }

  private static ArrayLayout layout(Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return NpyHeader.read(path, in);
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  static RowReader reader(Path path) {
    return new ArrayReader(ArrayStreams.file(path, NpyHeader::read), Optional.empty(), () -> {});
  }

  static RowWriter writer(Path path, RowFormat format) {
    if (format.labelled()) {
      throw new ConfigException(
          "output " + path, "an NPY file, which has no room for labels", "a file ending in .npz");
    }
    AtomicOutput output = AtomicOutput.begin(path);
    ArrayOutput array =
        new ArrayOutput(output.temporary(), path, NpyHeader::write, format.type(), format.shape());
    return new RowWriter() {
      @Override
      public void write(Batch batch) {
        array.write(batch.samples());
      }

      @Override
      public void commit() {
        array.finish();
        output.commit();
      }

      @Override
      public void close() {
        array.close();
        output.close();
      }
    };
  }
}
