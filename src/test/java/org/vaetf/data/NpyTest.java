package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.testing.OneLine;

class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"f4-little", "f4-big", "f8-little", "f8-big", "version2", "version3", "rank1"})
  void realNumbersOfNumPy(String name) {
    float[] expected = new float[20];
    for (int i = 0; i < 20; i++) {
      expected[i] = i / 4f - 2;
    }
    RowShape shape = RowShape.of(name.equals("rank1") ? 1 : 5);
    Path file = Golden.file(name + ".npy");
    assertEquals(new Samples(shape, expected), Golden.readAll(file).samples());
    assertEquals(new Samples(shape, expected), Golden.open(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i8-little", "i8-big", "i4", "i2", "i1"})
  void wholeNumbersOfNumPy(String name) {
    float[] expected = new float[20];
    for (int i = 0; i < 20; i++) {
      expected[i] = i - 5;
    }
    assertEquals(new Samples(RowShape.of(5), expected), Golden.open(Golden.file(name + ".npy")));
  }

  @ParameterizedTest
  @CsvSource({"u1, 1, 12", "u1-nhwc, 3, 36"})
  void greyLevelsAreImages(String name, int channels, int size) {
    try (DataSet data = Formats.open(Golden.file(name + ".npy"), ReadOptions.defaults())) {
      assertEquals(RowShape.image(3, 4, channels), data.shape());
      assertEquals(DataSet.Encoding.BYTES, data.encoding());
      float[] row = new float[size + 2];
      data.read(1, row, 1);
      assertEquals(0, row[0]);
      assertEquals(size, row[1]);
      assertEquals(2 * size - 1, row[size]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fortran | numpy.ascontiguousarray",
        "complex | type '<c8'; expected one of: f4, f8, i1",
        "structured | without a plain 'descr'",
        "scalar | shape (); expected (rows, features)"
      })
  void refusesWhatItDoesNotRead(String name, String part) {
    Path file = Golden.file(name + ".npy");
    OneLine.ofData(() -> Formats.open(file, ReadOptions.defaults()), file, part);
    OneLine.ofData(() -> Formats.reader(file, ReadOptions.defaults()), file, part);
  }

  @Test
  void notANumberNamesItsPlace() {
    Path file = Golden.file("nan.npy");
    OneLine.ofData(() -> Golden.readAll(file), file, "NaN in row 2, place 3");
    OneLine.ofData(() -> Golden.open(file), file, "NaN in row 2, place 3");
    Path large = Golden.file("too-large.npy");
    OneLine.ofData(() -> Golden.open(large), "Infinity in row 1, place 0");
  }

  @Test
  void refusesFilesOfAnotherLengthThanTheHeaderSays() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.file("f4-little.npy"));
    Path file = folder.resolve("a.npy");
    for (int length : new int[] {0, 5, 9, 60, whole.length - 1, whole.length + 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      OneLine.ofData(() -> Formats.open(file, ReadOptions.defaults()), file);
      OneLine.ofData(() -> Formats.reader(file, ReadOptions.defaults()), file);
    }
  }

  @Test
  void refusesHeadersThatClaimTooMuch() throws IOException {
    Path file = folder.resolve("a.npy");
    for (String shape :
        new String[] {
          "9223372036854775807, 2", "2, 4294967296", "99999999999999999999", "3, 0", "-1, 5"
        }) {
      String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
      byte[] text = header.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      byte[] bytes = new byte[10 + text.length];
      System.arraycopy(Files.readAllBytes(Golden.file("u1.npy")), 0, bytes, 0, 8);
      bytes[8] = (byte) text.length;
      System.arraycopy(text, 0, bytes, 10, text.length);
      Files.write(file, bytes);
      OneLine.ofData(() -> Formats.open(file, ReadOptions.defaults()), file);
    }
  }

  @Test
  void aFileThatShrinksInUseIsAnException() throws IOException {
    Path file = folder.resolve("a.npy");
    Files.copy(Golden.file("f4-little.npy"), file);
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.setLength(open.length() - 4);
      }
      float[] row = new float[5];
      data.read(2, row, 0);
      OneLine.ofData(() -> data.read(3, row, 0), file, "shorter since it was opened");
    }
  }

  @Test
  void rowsBeyondTwoGigabytesAreRead() throws IOException {
    Path file = folder.resolve("large.npy");
    int rows = 600_000;
    RowShape shape = RowShape.of(1000);
    byte[] header = NpyHeader.write(ElementType.F32, rows, shape);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(header);
      sparse.setLength(header.length + 4000L * rows);
      sparse.seek(header.length + 4000L * (rows - 1) + 4 * 999);
      // 1.5f, little-endian.
      sparse.write(new byte[] {0, 0, (byte) 0xC0, 0x3F});
    }
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      assertEquals(rows, data.rows());
      float[] row = new float[1000];
      data.read(rows - 1, row, 0);
      assertEquals(1.5f, row[999]);
      assertEquals(64, Fingerprint.of(data).length());
    }
  }

  @Test
  void rowsAreAppendedAndCountedAtTheEnd() throws IOException {
    Path file = folder.resolve("a.npy");
    Samples rows = new Samples(RowShape.image(2, 3, 1), new float[] {1, 2, 3, 4, 5, 1e-30f});
    try (RowWriter writer =
        Formats.writer(file, RowFormat.of(rows.shape(), DataSet.Encoding.REALS))) {
      for (int i = 0; i < 100_000; i++) {
        writer.write(new Batch(rows, Optional.empty()));
      }
      assertEquals(false, Files.exists(file));
      writer.commit();
    }
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      assertEquals(100_000, data.rows());
      assertEquals(rows, data.slice(99_999, 100_000));
    }
    assertEquals(0, Files.size(file) % 8);
  }

  @Test
  void readingOutsideTheRowsIsRefused() {
    try (DataSet data = Formats.open(Golden.file("u1.npy"), ReadOptions.defaults())) {
      org.junit.jupiter.api.Assertions.assertThrows(
          IndexOutOfBoundsException.class, () -> data.read(2, new float[12], 0));
      org.junit.jupiter.api.Assertions.assertThrows(
          IndexOutOfBoundsException.class, () -> data.read(0, new float[12], 1));
    }
  }

  @Test
  void labelsDoNotFit() {
    RowFormat format = RowFormat.of(RowShape.of(2), DataSet.Encoding.REALS).withLabelled(true);
    OneLine.ofConfig(() -> Formats.writer(folder.resolve("a.npy"), format), ".npz");
    assertArrayEquals(new String[0], folder.toFile().list());
  }
}
