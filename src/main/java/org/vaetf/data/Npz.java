package org.vaetf.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/**
 * NumPy's archive of arrays: the rows are the array {@code images}, or {@code x}, or the first
 * there is; the labels are {@code labels}, or {@code y}, where there are any.
 */
final class Npz {
  private static final List<String> ROWS = List.of("images.npy", "x.npy");
  private static final List<String> LABELS = List.of("labels.npy", "y.npy");

  private Npz() {}

  static RowReader reader(Path path) {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
    try {
      List<? extends ZipEntry> arrays =
          zip.stream().filter(entry -> entry.getName().endsWith(".npy")).toList();
      ZipEntry rows =
          named(arrays, ROWS)
              .or(() -> arrays.stream().filter(e -> !LABELS.contains(e.getName())).findFirst())
              .orElseThrow(
                  () ->
                      new DataException(
                          path,
                          "holds no array of rows; expected one named images or x; write it with"
                              + " numpy.savez(file, images=..., labels=...)"));
      ArrayStream values = stream(path, zip, rows);
      Optional<ArrayStream> labels =
          named(arrays, LABELS)
              .map(entry -> stream(path, zip, entry).requireLabels(values.layout().rows()));
      return new ArrayReader(values, labels, () -> close(zip));
    } catch (IllegalArgumentException e) {
      // A name that is not the UTF-8 it says it is: Java's own reader notices only when asked for
      // it.
      close(zip);
      throw new DataException(
          path, "is not a whole zip archive (" + e.getMessage() + "); write it again", e);
    } catch (RuntimeException e) {
      close(zip);
      throw e;
    }
  }

  private static Optional<ZipEntry> named(List<? extends ZipEntry> arrays, List<String> names) {
    return names.stream()
        .flatMap(name -> arrays.stream().filter(entry -> entry.getName().equals(name)))
        .findFirst()
        .map(entry -> entry);
  }

  /** The archive's own sizes are claims too: what is read is what the array's header announces. */
  private static ArrayStream stream(Path path, ZipFile zip, ZipEntry entry) {
    String source = path + "(" + entry.getName() + ")";
    try {
      return ArrayStreams.begin(
          source,
          new BufferedInputStream(zip.getInputStream(entry), 1 << 16),
          NpyHeader::read,
          layout -> {
            long packed = Math.min(entry.getCompressedSize(), path.toFile().length());
            layout.requireCompressedSize(source, packed);
          });
    } catch (IOException e) {
      throw DataException.unreadable(source, e);
    }
  }

  private static void close(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      // What was read was read.
    }
  }

  static RowWriter writer(Path path, RowFormat format) {
    return new Writer(path, format);
  }

  /**
   * Collects the arrays in files beside the target and packs them last: an archive has each array
   * in one piece, and its count in front.
   */
  private static final class Writer implements RowWriter {
    private final Path target;
    private final RowFormat format;
    private final AtomicOutput folder;
    private final Path rowsFile;
    private final Path labelsFile;
    private final ArrayOutput rows;
    private final ArrayOutput labels;

    Writer(Path target, RowFormat format) {
      this.target = target;
      this.format = format;
      this.folder = AtomicOutput.begin(target);
      try {
        Files.createDirectory(folder.temporary());
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(target, e);
      }
      this.rowsFile = folder.temporary().resolve("images.npy");
      this.labelsFile = folder.temporary().resolve("labels.npy");
      this.rows =
          new ArrayOutput(rowsFile, target, NpyHeader::write, format.type(), format.shape());
      this.labels =
          new ArrayOutput(labelsFile, target, NpyHeader::write, ElementType.I32, RowShape.of());
    }

    @Override
    public void write(Batch batch) {
      labels.write(format.labelsOf(batch));
      rows.write(batch.samples());
    }

    @Override
    public void commit() {
      rows.finish();
      labels.finish();
      AtomicOutput.write(
          target,
          place -> {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(place))) {
              pack(zip, rowsFile);
              if (format.labelled()) {
                pack(zip, labelsFile);
              }
            }
          });
    }

    private static void pack(ZipOutputStream zip, Path file) throws IOException {
      ZipEntry entry = new ZipEntry(file.getFileName().toString());
      // The time of writing would make every archive differ.
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      Files.copy(file, (OutputStream) zip);
      zip.closeEntry();
    }

    @Override
    public void close() {
      rows.close();
      labels.close();
      folder.close();
    }
  }
}
