package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Seed;

/** Four gigabytes of rows go through half a gigabyte of heap. */
@Tag("slow")
class LargeFileTest {
  private static final int ROWS = 5_500_000;
  private static final RowShape SHAPE = RowShape.image(28, 28, 1);

  @Test
  void fourGigabytesAreReadInASmallHeap(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.npy");
    byte[] header = NpyHeader.write(ElementType.U8, ROWS, SHAPE);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(header);
      sparse.setLength(header.length + (long) ROWS * SHAPE.size());
      sparse.seek(sparse.length() - 1);
      sparse.write(255);
    }
    assertEquals(true, Files.size(file) > 4L << 30);
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeFileTest.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    assertEquals(0, java.waitFor());
  }

  /** Reads batches from all over the file, and then all rows in order; exits 0 if all is there. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    boolean found;
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      Batches.Epoch epoch =
          new Batches(data, 1000, Scaling.unit(), Binarization.STOCHASTIC, new Seed(1)).shuffled(0);
      float[] into = new float[1000 * SHAPE.size()];
      for (int batch = 0; batch < epoch.count(); batch += 100) {
        epoch.get(batch, into);
      }
      data.read(ROWS - 1, into, 0);
      found = into[SHAPE.size() - 1] == 255 && Fingerprint.of(data).length() == 64;
    }
    long rows = 0;
    try (RowReader reader = Formats.reader(file, ReadOptions.defaults())) {
      for (var next = reader.next(1000); next.isPresent(); next = reader.next(1000)) {
        rows += next.get().samples().rows();
      }
    }
    System.exit(found && rows == ROWS ? 0 : 1);
  }
}
