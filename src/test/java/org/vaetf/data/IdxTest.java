package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.RowShape;
import org.vaetf.testing.OneLine;

class IdxTest {
  @TempDir Path folder;

  /** Two rows of two values: 1, 2, 3, 4. */
  private static byte[] file(int type, int... sizes) {
    ByteBuffer buffer = ByteBuffer.allocate(100).put(new byte[] {0, 0, (byte) type});
    buffer.put((byte) sizes.length);
    Arrays.stream(sizes).forEach(buffer::putInt);
    for (int value = 1; value <= 4; value++) {
      switch (type) {
        case 0x08, 0x09 -> buffer.put((byte) value);
        case 0x0B -> buffer.putShort((short) value);
        case 0x0C -> buffer.putInt(value);
        case 0x0D -> buffer.putFloat(value);
        default -> buffer.putDouble(value);
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(path))
            : Files.newOutputStream(path)) {
      out.write(bytes);
    }
    return path;
  }

  @ParameterizedTest
  @CsvSource({"8, BYTES", "9, REALS", "11, REALS", "12, REALS", "13, REALS", "14, REALS"})
  void allTypesAreRead(int type, DataSet.Encoding encoding) throws IOException {
    for (String name : new String[] {"a.idx", "b.idx.gz", "c-idx2-ubyte", "d-idx2-ubyte.gz"}) {
      Path path = write(name, file(type, 2, 2));
      try (DataSet data = Formats.open(path, ReadOptions.defaults())) {
        assertEquals(encoding, data.encoding());
        assertEquals(RowShape.of(2), data.shape());
        assertArrayEquals(new float[] {3, 4}, data.slice(1, 2).values());
      }
      assertArrayEquals(new float[] {1, 2, 3, 4}, Golden.readAll(path).samples().values());
    }
  }

  @Test
  void ranksAreShapes() throws IOException {
    assertEquals(
        RowShape.image(1, 2, 1),
        Golden.readAll(write("a.idx", file(8, 2, 1, 2))).samples().shape());
    assertEquals(
        RowShape.image(1, 1, 2),
        Golden.readAll(write("b.idx", file(8, 2, 1, 1, 2))).samples().shape());
    OneLine.ofData(() -> Golden.readAll(write("c.idx", file(8, 4))), "files of labels");
    OneLine.ofData(() -> Golden.open(write("d.idx", file(8, 4))), "files of labels");
    OneLine.ofData(() -> Golden.open(write("e.idx", file(8, 1, 1, 1, 2, 2))), "(1, 1, 1, 2, 2)");
  }

  @Test
  void labelsAreFoundBeside() throws IOException {
    assertEquals(
        Path.of("x/train-labels-idx1-ubyte"),
        Idx.labelsBeside(Path.of("x/train-images-idx3-ubyte")));
    assertEquals(Path.of("a-labels.idx.gz"), Idx.labelsBeside(Path.of("a.idx.gz")));
    assertEquals(Path.of("a-labels-idx1-ubyte"), Idx.labelsBeside(Path.of("a-idx3-ubyte")));
    Path images = write("t-images-idx2-ubyte", file(8, 2, 2));
    write("t-labels-idx2-ubyte.gz", new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 7, 9});
    assertArrayEquals(new int[] {7, 9}, Golden.readAll(images).labels().orElseThrow());
    write("t-labels-idx2-ubyte.gz", new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
    OneLine.ofData(() -> Golden.readAll(images), "t-labels-idx2-ubyte.gz", "(1)", "(2)");
    OneLine.ofData(() -> Golden.open(images), "t-labels-idx2-ubyte.gz", "(1)", "(2)");
  }

  @Test
  void damageIsOneLine() throws IOException {
    byte[] whole = file(13, 2, 2);
    for (int length : new int[] {0, 3, 9, whole.length - 1, whole.length + 1}) {
      byte[] part = Arrays.copyOf(whole, length);
      for (String name : new String[] {"a.idx", "a.idx.gz"}) {
        Path path = write(name, part);
        OneLine.ofData(() -> Golden.open(path), path);
        OneLine.ofData(() -> Golden.readAll(path), path);
      }
    }
    OneLine.ofData(() -> Golden.open(write("m.idx", new byte[40])), "does not begin as an IDX");
    Path text = folder.resolve("text.idx.gz");
    Files.writeString(text, "this is no archive");
    OneLine.ofData(() -> Golden.open(text), text, "damaged");
  }

  @Test
  void aCutArchiveIsOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(write("a.idx.gz", file(14, 2, 2)));
    Path path = folder.resolve("b.idx.gz");
    for (int length : new int[] {5, 20, whole.length - 9, whole.length - 1}) {
      Files.write(path, Arrays.copyOf(whole, length));
      OneLine.ofData(() -> Golden.open(path), path);
    }
    whole[whole.length - 6] ^= 1;
    Files.write(path, whole);
    OneLine.ofData(() -> Golden.open(path), path, "damaged");
  }

  @Test
  void aHeaderCannotClaimMoreThanItsFile() throws IOException {
    byte[] claim = file(8, Integer.MAX_VALUE, 30000);
    OneLine.ofData(() -> Golden.open(write("a.idx", claim)), "cut short");
    OneLine.ofData(() -> Golden.open(write("a.idx.gz", claim)), "compressed bytes can hold");
  }

  @Test
  void bothFilesAreWritten() throws IOException {
    RowFormat format =
        RowFormat.of(RowShape.image(1, 2, 1), DataSet.Encoding.BYTES).withLabelled(true);
    Batch batch = Golden.readAll(write("source.idx", file(8, 2, 1, 2)));
    Batch labelled = new Batch(batch.samples(), java.util.Optional.of(new int[] {3, 255}));
    Golden.write(folder.resolve("out.idx"), format, labelled);
    assertArrayEquals(file(8, 2, 1, 2), Files.readAllBytes(folder.resolve("out.idx")));
    assertArrayEquals(
        new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 3, -1},
        Files.readAllBytes(folder.resolve("out-labels.idx")));
    OneLine.ofConfig(
        () ->
            Golden.write(
                folder.resolve("bad.idx"),
                format,
                new Batch(batch.samples(), java.util.Optional.of(new int[] {3, 256}))),
        "label is 256");
    OneLine.ofConfig(
        () -> Golden.write(folder.resolve("bad.idx"), format, batch), "labels", "missing");
    assertEquals(false, Files.exists(folder.resolve("bad.idx")));
    assertEquals(false, Files.exists(folder.resolve("bad-labels.idx")));
  }
}
