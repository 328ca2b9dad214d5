package org.vaetf.data;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Samples;

/** Files that tools/golden/make-arrays.py had NumPy write, and reading through to the end. */
final class Golden {
  private Golden() {}

  static Path file(String name) {
    try {
      return Path.of(Golden.class.getResource("golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Every row, in batches of a size that fits no file evenly. */
  static Batch readAll(RowReader reader) {
    List<Samples> samples = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (Optional<Batch> next = reader.next(3); next.isPresent(); next = reader.next(3)) {
      samples.add(next.get().samples());
      next.get().labels().ifPresent(labels::add);
    }
    int[] all = labels.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    return new Batch(
        Samples.concatenate(samples), labels.isEmpty() ? Optional.empty() : Optional.of(all));
  }

  static Batch readAll(Path path) {
    return readAll(path, ReadOptions.defaults());
  }

  static Batch readAll(Path path, ReadOptions options) {
    try (RowReader reader = Formats.reader(path, options)) {
      return readAll(reader);
    }
  }

  static Samples open(Path path) {
    try (DataSet data = Formats.open(path, ReadOptions.defaults())) {
      return data.slice(0, data.rows());
    }
  }

  static void write(Path path, RowFormat format, Batch... batches) {
    try (RowWriter writer = Formats.writer(path, format)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.commit();
    }
  }
}
