package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TestData;

class NpzTest {
  @TempDir Path folder;

  @Test
  void storedArchiveOfNumPy() {
    Batch batch = Golden.readAll(Golden.file("stored.npz"));
    assertEquals(RowShape.image(2, 2, 1), batch.samples().shape());
    assertArrayEquals(new float[] {20, 21, 22, 23}, batch.samples().row(5));
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, batch.labels().orElseThrow());
  }

  @Test
  void deflatedArchiveOfNumPy() {
    try (DataSet data = Formats.open(Golden.file("deflated.npz"), ReadOptions.defaults())) {
      assertEquals(RowShape.of(4), data.shape());
      assertEquals(-2, data.slice(0, 1).values()[0]);
      assertEquals(3.75f, data.slice(5, 6).values()[3]);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, data.labels().orElseThrow());
    }
  }

  @Test
  void theOnlyArrayIsTheRows() {
    Batch batch = Golden.readAll(Golden.file("single.npz"));
    assertEquals(RowShape.of(5), batch.samples().shape());
    assertTrue(batch.labels().isEmpty());
  }

  @Test
  void labelsMustBeOneForEachRow() {
    Path file = Golden.file("labels-missing.npz");
    OneLine.ofData(() -> Golden.readAll(file), "labels.npy", "(5)", "(6)");
    Path alone = Golden.file("labels-alone.npz");
    OneLine.ofData(() -> Golden.readAll(alone), "no array of rows", "images or x");
  }

  @Test
  void damageIsOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.file("deflated.npz"));
    Path file = folder.resolve("a.npz");
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      OneLine.ofData(() -> Golden.readAll(file), file);
    }
    byte[] flipped = whole.clone();
    for (int i = 60; i < 90; i++) {
      flipped[i] ^= 0x55;
    }
    Files.write(file, flipped);
    OneLine.ofData(() -> Golden.readAll(file), file);
  }

  @Test
  void anArchiveThatClaimsMoreThanItHoldsIsRefusedAtOnce() throws IOException {
    Path file = folder.resolve("bomb.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(NpyHeader.write(ElementType.F32, 1L << 40, RowShape.of(1 << 18)));
      zip.write(new byte[1 << 16]);
    }
    OneLine.ofData(
        () -> Formats.reader(file, ReadOptions.defaults()), file, "compressed bytes can hold");
  }

  @Test
  void anArchiveCutShortInsideIsNamed() throws IOException {
    Path file = folder.resolve("short.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(NpyHeader.write(ElementType.F32, 100, RowShape.of(3)));
      zip.write(new byte[99 * 12]);
    }
    OneLine.ofData(() -> Golden.readAll(file), file, "x.npy", "announces 100 rows");
  }

  @Test
  void photographsAreReadByRowAndInOrder() {
    Path file = TestData.folder("cifar10").resolve("cifar10-test-1000.npz");
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      assertEquals(RowShape.image(32, 32, 3), data.shape());
      assertEquals(1000, data.rows());
      assertEquals(DataSet.Encoding.BYTES, data.encoding());
      assertEquals(data.slice(0, 1000), Golden.readAll(file).samples());
    }
  }
}
