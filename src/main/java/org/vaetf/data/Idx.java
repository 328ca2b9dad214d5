package org.vaetf.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/**
 * IDX files, as they are or in gzip. Labels lie in a second file beside: {@code
 * train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, {@code digits.idx} and {@code
 * digits-labels.idx}.
 */
final class Idx {
  private Idx() {}

  static boolean isGzip(Path path) {
    return path.toString().endsWith(".gz");
  }

  /** The name of the labels' file for a file of rows. */
  static Path labelsBeside(Path path) {
    String name = path.getFileName().toString();
    if (name.contains("images")) {
      return path.resolveSibling(name.replace("images", "labels").replace("idx3", "idx1"));
    }
    return path.resolveSibling(
        name.replaceFirst("([.-]idx)\\d?", "-labels$1").replaceFirst("idx(-ubyte)", "idx1$1"));
  }

  /** A file by this name, or by the same name with or without {@code .gz}. */
  static Optional<Path> find(Path path) {
    String name = path.getFileName().toString();
    Path other =
        path.resolveSibling(
            isGzip(path) ? name.substring(0, name.length() - ".gz".length()) : name + ".gz");
    return Files.isRegularFile(path)
        ? Optional.of(path)
        : Optional.of(other).filter(Files::isRegularFile);
  }

  static RowReader reader(Path path) {
    ArrayStream values = stream(path);
    try {
      requireRows(path, values.layout());
      Optional<ArrayStream> labels =
          find(labelsBeside(path))
              .map(beside -> stream(beside).requireLabels(values.layout().rows()));
      return new ArrayReader(values, labels, () -> {});
    } catch (RuntimeException e) {
      values.close();
      throw e;
    }
  }

  /** Rows by number, straight from an uncompressed file. */
  static DataSet open(Path path) {
    ArrayLayout layout = layout(path);
    requireRows(path, layout);
    Optional<int[]> labels =
        find(labelsBeside(path)).map(beside -> readLabels(beside, layout.rows()));
    return new ArrayFile(path.toString(), path, layout, labels, List.of(), false);
  }

  private static int[] readLabels(Path path, long rows) {
    try (ArrayStream stream = stream(path).requireLabels(rows)) {
      return stream.nextLabels(Math.toIntExact(rows));
    }
  }

  private static ArrayLayout layout(Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return IdxHeader.read(path, in).requireFileSize(path, Files.size(path));
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  static ArrayStream stream(Path path) {
    return isGzip(path)
        ? ArrayStreams.gzip(path, IdxHeader::read)
        : ArrayStreams.file(path, IdxHeader::read);
  }

  private static void requireRows(Path path, ArrayLayout layout) {
    if (layout.dimensions().size() == 1) {
      throw new DataException(
          path, "holds one number a row, as files of labels do; give the file of images instead");
    }
  }

  static RowWriter writer(Path path, RowFormat format) {
    return new Writer(path, format);
  }

  /** The rows, and the labels beside them, which get their names one right after the other. */
  private static final class Writer implements RowWriter {
    private final RowFormat format;
    private final Part rows;
    private final Optional<Part> labels;

    Writer(Path path, RowFormat format) {
      this.format = format;
      RowShape shape =
          format.shape().rank() == 3 && format.shape().channels() == 1
              ? RowShape.of(format.shape().dimensions().get(0), format.shape().dimensions().get(1))
              : format.shape();
      this.rows = new Part(path, format.type(), shape);
      try {
        this.labels =
            format.labelled()
                ? Optional.of(new Part(labelsBeside(path), ElementType.U8, RowShape.of()))
                : Optional.empty();
      } catch (RuntimeException e) {
        rows.close();
        throw e;
      }
    }

    @Override
    public void write(Batch batch) {
      int[] batchLabels = format.labelsOf(batch);
      rows.array.write(
          batch.samples().requireShape("rows to write", format.shape()).reshape(rows.shape));
      labels.ifPresent(part -> part.array.write(batchLabels));
    }

    @Override
    public void commit() {
      // A disk that is full shows now, before either of the two has taken the place of an old one.
      labels.ifPresent(Part::finish);
      rows.finish();
      labels.ifPresent(Part::commit);
      rows.commit();
    }

    @Override
    public void close() {
      rows.close();
      labels.ifPresent(Part::close);
    }
  }

  /** One IDX file under way. Gzip comes last, because the count goes to the front. */
  private static final class Part implements AutoCloseable {
    private final Path path;
    private final RowShape shape;
    private final AtomicOutput raw;
    private final ArrayOutput array;
    private Optional<AtomicOutput> compressed = Optional.empty();

    Part(Path path, ElementType type, RowShape shape) {
      this.path = path;
      this.shape = shape;
      this.raw = AtomicOutput.begin(path);
      this.array = new ArrayOutput(raw.temporary(), path, IdxHeader::write, type, shape);
    }

    void finish() {
      array.finish();
      if (isGzip(path)) {
        AtomicOutput output = AtomicOutput.begin(path);
        compressed = Optional.of(output);
        try (OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(output.temporary()), 1 << 16)) {
          Files.copy(raw.temporary(), out);
        } catch (IOException e) {
          throw AtomicOutput.cannotWrite(path, e);
        }
      }
    }

    void commit() {
      compressed.orElse(raw).commit();
    }

    @Override
    public void close() {
      array.close();
      raw.close();
      compressed.ifPresent(AtomicOutput::close);
    }
  }
}
