package org.vaetf.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Json;
import org.vaetf.testing.OneLine;

/**
 * Small files that would be large, and files without an end: each is refused or read, soon, within
 * memory that its size allows.
 */
@Tag("slow")
class BombsTest {
  private static final long MEGABYTE = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path file;

  /** Whatever became of it, nothing was written. */
  @AfterEach
  void nothingElseIsThere() throws IOException {
    try (Stream<Path> tree = Files.walk(folder.getParent(), 3)) {
      assertFalse(tree.anyMatch(path -> path.endsWith("evil.npy")));
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertEquals(List.of(file), left.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void aFewRowsThatGoOnForAGigabyte() throws IOException {
    gzip(out -> out.write(new byte[(int) MEGABYTE]));
    byte[] zeros = Files.readAllBytes(file);
    gzip(out -> out.write(idx(5, 3, 4)));
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      for (int i = 0; i < 1024; i++) {
        out.write(zeros);
      }
    }
    refused(4 * MEGABYTE, "is too long", "5 rows");
  }

  @Test
  void moreRowsThanTheFileCanHold() throws IOException {
    gzip(out -> out.write(idx(Integer.MAX_VALUE, 28, 28)));
    refused(4 * MEGABYTE, "(2147483647, 28, 28)", "compressed bytes");
    write("rows.idx", idx(Integer.MAX_VALUE, 28, 28));
    refused(MEGABYTE, "is cut short", "(2147483647, 28, 28)");
    write("rows.npy", npy("(1099511627776, 784)"));
    refused(MEGABYTE, "1099511627776");
  }

  /** Gzip files may be joined: a decompressor that calls itself for each would overflow. */
  @Test
  void aHundredThousandEmptyGzips() throws IOException {
    gzip(out -> {});
    byte[] empty = Files.readAllBytes(file);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 100_000; i++) {
        out.write(empty);
      }
    }
    refused(MEGABYTE, "empty gzip members");
  }

  @Test
  void anArchiveOfTenThousandArrays() throws IOException {
    npz(
        zip -> {
          for (int i = 0; i < 10_000; i++) {
            add(zip, "array" + i + ".npy", npy("(1, 1)"));
          }
        });
    read(64 * MEGABYTE, 1);
  }

  @Test
  void anArchiveThatWouldWriteElsewhere() throws IOException {
    npz(
        zip -> {
          add(zip, "../../evil.npy", npy("(1, 1)"));
          add(zip, "/tmp/../evil.npy", npy("(1, 1)"));
        });
    read(MEGABYTE, 1);
  }

  /** What the archive says of its entries' sizes is believed by nobody. */
  @Test
  void anArchiveThatLiesAboutSizes() throws IOException {
    npz(zip -> add(zip, "x.npy", npy("(1099511627776, 784)")));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer directory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 28 < bytes.length; i++) {
      if (directory.getInt(i) == 0x02014b50) {
        directory.putInt(i + 20, 0xfffffff0).putInt(i + 24, 0xfffffff0);
      }
    }
    Files.write(file, bytes);
    refused(MEGABYTE, "rows.npz");
  }

  @Test
  void anArrayThatGoesOn() throws IOException {
    npz(
        zip -> {
          zip.putNextEntry(new ZipEntry("x.npy"));
          zip.write(npy("(5, 12)"));
          zip.write(new byte[(int) (64 * MEGABYTE)]);
          zip.closeEntry();
        });
    refused(4 * MEGABYTE, "is too long", "5 rows");
  }

  @Test
  void aPictureOfOneColour() throws IOException {
    write("a.png", png(60_000, 60_000));
    refused(16 * MEGABYTE, "claims 60000x60000 pixels");
  }

  @Test
  void aPictureThatClaimsToBeLarge() throws IOException {
    byte[] jpeg = Pictures.of("jpg", 16, 16, BufferedImage.TYPE_BYTE_GRAY);
    int frame = indexOf(jpeg, 0xc0);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xf0);
    write("a.jpg", jpeg);
    refused(4 * MEGABYTE, "claims 61680x61680 pixels");
  }

  /** Each pass over a picture of a few megapixels costs the file a dozen bytes. */
  @Test
  void aPictureOfTenThousandPasses() throws IOException {
    byte[] jpeg = Pictures.progressive(2048, 2048, BufferedImage.TYPE_BYTE_GRAY);
    int end = jpeg.length - 2;
    int last = lastScan(jpeg);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, end);
    for (int i = 0; i < 10_000; i++) {
      bytes.write(jpeg, last, end - last);
    }
    bytes.write(jpeg, end, 2);
    write("a.jpg", bytes.toByteArray());
    refused(256 * MEGABYTE, "scans", "at most 100");
  }

  @Test
  void otherFormatsUnderTheNameOfOne() throws IOException {
    for (String format : List.of("bmp", "gif", "tiff", "wbmp")) {
      int type =
          format.equals("wbmp") ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_INT_RGB;
      write("a.png", Pictures.of(format, 4, 4, type));
      refused(4 * MEGABYTE, "is not an image; expected PNG or JPEG");
    }
  }

  @Test
  void aTableOfOneLine() throws IOException {
    write("rows.csv", "1".repeat(4 << 20).getBytes(UTF_8));
    refused(256 * MEGABYTE, "finite");
  }

  @Test
  void aQuoteWithoutAnEnd() throws IOException {
    write("rows.csv", ("\"" + "1,\n".repeat(4 << 20)).getBytes(UTF_8));
    refused(512 * MEGABYTE, "quote that is not closed");
  }

  @Test
  void aMillionColumns() throws IOException {
    write("rows.csv", ("1,".repeat(999_999) + "1\n").getBytes(UTF_8));
    read(1024 * MEGABYTE, 1);
  }

  @Test
  void aHundredThousandLists() throws IOException {
    write("deep.json", ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8));
    within(16 * MEGABYTE, () -> OneLine.ofData(() -> Json.read(file, Map.class), "nesting depth"));
    write("deep.json", "{\"a\":".repeat(100_000).getBytes(UTF_8));
    within(16 * MEGABYTE, () -> OneLine.ofData(() -> Json.read(file, Map.class), "nesting depth"));
  }

  private void refused(long mostBytes, Object... parts) {
    within(
        mostBytes,
        () -> {
          OneLine.ofData(this::stream, parts);
          OneLine.ofData(() -> Formats.open(file, ReadOptions.defaults()).slice(0, 1), parts);
        });
  }

  private void read(long mostBytes, int rows) {
    within(mostBytes, () -> assertEquals(rows, stream()));
  }

  private int stream() {
    int rows = 0;
    try (RowReader reader = Formats.reader(file, ReadOptions.defaults())) {
      for (var next = reader.next(100); next.isPresent(); next = reader.next(100)) {
        rows += next.get().samples().rows();
      }
    }
    return rows;
  }

  private static void within(long mostBytes, Executable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertTimeout(SOON, work);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < mostBytes, "took " + taken + " bytes, of " + mostBytes);
  }

  private void write(String name, byte[] bytes) throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
    file = Files.write(folder.resolve(name), bytes);
  }

  /** Writes what a file holds. */
  private interface Content<T> {
    void to(T out) throws IOException;
  }

  private void gzip(Content<OutputStream> content) throws IOException {
    write("rows.idx.gz", new byte[0]);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      content.to(out);
    }
  }

  private void npz(Content<ZipOutputStream> content) throws IOException {
    write("rows.npz", new byte[0]);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      content.to(zip);
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  /** With the first row's bytes. */
  private static byte[] idx(int rows, int height, int width) {
    return ByteBuffer.allocate(16 + height * width)
        .putInt(0x00000803)
        .putInt(rows)
        .putInt(height)
        .putInt(width)
        .array();
  }

  /** Bytes of that shape, of which one is there. */
  private static byte[] npy(String shape) {
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}";
    String header = text + " ".repeat(117 - text.length()) + "\n";
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    return ByteBuffer.allocate(129).put(magic).put(header.getBytes(UTF_8)).array();
  }

  /** Black, one bit a pixel; what is there are a thousand of the rows. */
  private static byte[] png(int height, int width) throws IOException {
    byte[] rows = new byte[1000 * (1 + width / 8)];
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write(rows);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    byte[] bitDepth = {1, 0, 0, 0, 0};
    file.write(
        chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(bitDepth).array()));
    file.write(chunk("IDAT", packed.toByteArray()));
    file.write(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] named =
        ByteBuffer.allocate(4 + content.length).put(type.getBytes(UTF_8)).put(content).array();
    CRC32 sum = new CRC32();
    sum.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) sum.getValue())
        .array();
  }

  private static int indexOf(byte[] bytes, int marker) {
    int at = 0;
    while ((bytes[at] & 0xff) != 0xff || (bytes[at + 1] & 0xff) != marker) {
      at++;
    }
    return at;
  }

  private static int lastScan(byte[] bytes) {
    int at = bytes.length - 2;
    while ((bytes[at] & 0xff) != 0xff || (bytes[at + 1] & 0xff) != 0xda) {
      at--;
    }
    return at;
  }
}
