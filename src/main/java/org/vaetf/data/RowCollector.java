package org.vaetf.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Makes rows that come in order accessible by number: in memory while they stay below a share of
 * the heap, otherwise in a temporary file that goes when the rows are closed.
 */
public final class RowCollector implements AutoCloseable {
  /** The heap has other things to hold: a quarter of it at most is for a data set. */
  private static final int HEAP_SHARE = 4;

  private static final int BATCH_VALUES = 1 << 18;

  /** A disk this full is as good as full. */
  private static final long LEAST_FREE_BYTES = 256L << 20;

  private final String name;
  private final RowReader reader;
  private final RowShape shape;
  private final ElementType type;
  private final boolean isBytes;
  private final long limitBytes;
  private final long limitValues;
  private byte[] bytes = new byte[0];
  private float[] reals = new float[0];
  private int[] labels = new int[0];
  private boolean labelled;
  private int rows;
  private Path folder;
  private ArrayOutput spool;

  private RowCollector(String name, RowReader reader, long limitBytes) {
    this.name = name;
    this.reader = reader;
    this.shape = reader.shape();
    this.isBytes = reader.encoding() == DataSet.Encoding.BYTES;
    this.type = isBytes ? ElementType.U8 : ElementType.F32;
    this.limitBytes = limitBytes;
    this.limitValues = Math.min(limitBytes / type.bytes(), Integer.MAX_VALUE - 8);
  }

  /**
   * Reads all rows.
   *
   * @param name of the data set
   * @param reader of them; left to its owner
   * @return the rows, to be closed by the caller
   * @throws DataException if one cannot be read, or neither memory nor disk has room for them
   */
  public static DataSet collect(String name, RowReader reader) {
    return collect(name, reader, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /** Reads all rows, at most so many bytes of them into memory. */
  static DataSet collect(String name, RowReader reader, long limitBytes) {
    try (RowCollector collector = new RowCollector(name, reader, limitBytes)) {
      return collector.run();
    }
  }

  private DataSet run() {
    int most = Math.max(1, BATCH_VALUES / shape.size());
    for (Optional<Batch> next = reader.next(most); next.isPresent(); next = reader.next(most)) {
      add(next.get());
    }
    Optional<int[]> all = labelled ? Optional.of(Arrays.copyOf(labels, rows)) : Optional.empty();
    if (spool == null) {
      InMemoryDataSet data = inMemory();
      return all.map(data::withLabels).orElse(data).withClasses(reader.classes());
    }
    spool.finish();
    DataSet data = Npy.openTemporary(name, folder.resolve("rows.npy"), all, reader.classes());
    folder = null;
    return data;
  }

  private void add(Batch batch) {
    batch.labels().ifPresent(this::addLabels);
    long total = (long) (rows + batch.samples().rows()) * shape.size();
    if (spool == null && total > limitValues) {
      startSpool();
    }
    if (spool != null) {
      requireDisk();
      spool.write(batch.samples());
    } else {
      addToMemory(batch.samples().values(), (int) total);
    }
    rows += batch.samples().rows();
  }

  private void addToMemory(float[] values, int total) {
    int at = total - values.length;
    if (!isBytes) {
      reals = reals.length < total ? Arrays.copyOf(reals, room(reals.length, total)) : reals;
      System.arraycopy(values, 0, reals, at, values.length);
      return;
    }
    bytes = bytes.length < total ? Arrays.copyOf(bytes, room(bytes.length, total)) : bytes;
    for (float value : values) {
      bytes[at++] = (byte) (int) value;
    }
  }

  private int room(int length, int total) {
    return (int) Math.max(total, Math.min(limitValues, 2L * length));
  }

  private void addLabels(int[] values) {
    labelled = true;
    if ((long) (rows + values.length) * Integer.BYTES > limitBytes) {
      throw new DataException(
          name,
          "has more than "
              + rows
              + " labels, all that memory holds; give Java more of it with -Xmx");
    }
    if (labels.length < rows + values.length) {
      labels = Arrays.copyOf(labels, Math.max(rows + values.length, 2 * labels.length));
    }
    System.arraycopy(values, 0, labels, rows, values.length);
  }

  private void startSpool() {
    try {
      // The name is reserved by a folder; the array goes into it as a new file.
      folder = Files.createTempDirectory(temporaryPrefix());
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
    Path file = folder.resolve("rows.npy");
    // For a run that is interrupted: closing deletes them earlier. The last named goes first.
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    spool = new ArrayOutput(file, file, NpyHeader::write, type, shape);
    try (DataSet collected = inMemory()) {
      int most = Math.max(1, BATCH_VALUES / shape.size());
      for (int row = 0; row < rows; row += most) {
        spool.write(collected.slice(row, Math.min(rows, row + most)));
      }
    }
    bytes = new byte[0];
    reals = new float[0];
  }

  static String temporaryPrefix() {
    return "vae-tf-" + ProcessHandle.current().pid() + "-";
  }

  private void requireDisk() {
    try {
      if (Files.getFileStore(folder).getUsableSpace() < LEAST_FREE_BYTES) {
        throw new DataException(
            name,
            "does not fit in memory, nor on the disk of "
                + folder.getParent()
                + "; give Java more memory with -Xmx, or another disk with -Djava.io.tmpdir");
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder, e);
    }
  }

  private InMemoryDataSet inMemory() {
    int size = rows * shape.size();
    return isBytes
        ? InMemoryDataSet.of(name, shape, Arrays.copyOf(bytes, size))
        : InMemoryDataSet.of(name, new Samples(shape, Arrays.copyOf(reals, size)));
  }

  /** Removes a temporary file that nobody has taken over. */
  @Override
  public void close() {
    if (spool != null) {
      spool.close();
    }
    if (folder != null) {
      AtomicOutput.deleteTree(folder);
    }
  }
}
