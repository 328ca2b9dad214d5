package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.DataException;
import org.vaetf.testing.Figure;
import org.vaetf.testing.Mutator;
import org.vaetf.testing.OneLine;

/**
 * Files that are not what their ending says: each gives rows or a {@link DataException} of one
 * line, soon, and takes no more memory than its size allows. The properties {@code vaetf.fuzz} and
 * {@code vaetf.fuzz.seed} say how many and which.
 */
@Tag("slow")
class HostileFilesTest {
  private static final int COUNT = Integer.getInteger("vaetf.fuzz", 20_000);
  private static final long SEED = Long.getLong("vaetf.fuzz.seed", 1);

  private static final Set<String> PICTURES = Set.of("png", "jpg", "folder");

  /** What a reader may take whatever the file: its buffers, and an image's. */
  private static final long ANYWAY = 4 << 20;

  /** What the best compression makes of a byte, as numbers and copies of them. */
  private static final long A_BYTE = 1032 * 16;

  /** The same of pictures with a bit a pixel, read twice in three colours. */
  private static final long A_BYTE_OF_A_PICTURE = 8 * 1032 * 64;

  private static final long SLOW_NANOS = 2_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"idx", "idx.gz", "npy", "npz", "csv", "png", "jpg", "folder"})
  void giveRowsOrOneLine(String ending) throws IOException {
    Mutator mutator = new Mutator(whole(ending));
    Path file = place(ending);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int read = 0;
    for (int i = 0; i < COUNT; i++) {
      long seed = SEED * COUNT + i;
      byte[] bytes = mutator.broken(seed);
      Mutator.replace(file, bytes);
      String about = ending + ", seed " + seed;
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begun = threads.getCurrentThreadCpuTime();
      read += isRead(ending.equals("folder") ? file.getParent() : file, about) ? 1 : 0;
      long nanos = threads.getCurrentThreadCpuTime() - begun;
      allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
      long bound =
          ANYWAY + (PICTURES.contains(ending) ? A_BYTE_OF_A_PICTURE : A_BYTE) * bytes.length;
      assertTrue(allocated < bound, about + " took " + allocated + " bytes for " + bytes.length);
      assertTrue(nanos < SLOW_NANOS, about + " took " + nanos / 1e9 + " s");
    }
    Figure.print("%s: %,d broken files, of which %,d could be read", ending, COUNT, read);
    assertTrue(read > 0 && read < COUNT, "some are whole, some are not: " + read);
    try (Stream<Path> left = Files.walk(folder)) {
      assertTrue(left.filter(Files::isRegularFile).count() == 1, "a reader wrote a file");
    }
  }

  /** What the long form of this test has found, and was mended since. */
  @ParameterizedTest
  @CsvSource({"npz,11235901"})
  void onceGaveMore(String ending, long seed) throws IOException {
    Path file = place(ending);
    Files.write(file, new Mutator(whole(ending)).broken(seed));
    OneLine.ofData(() -> Formats.reader(file, ReadOptions.defaults()), file);
  }

  /** Both ways: as a stream of rows, and by their numbers. */
  private static boolean isRead(Path file, String about) {
    boolean streamed = false;
    try (RowReader reader = Formats.reader(file, ReadOptions.defaults())) {
      for (var next = reader.next(3); next.isPresent(); next = reader.next(3)) {
        assertTrue(next.get().samples().rows() > 0, about);
      }
      streamed = true;
    } catch (DataException e) {
      requireOneLine(e, about);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(about, e);
    }
    try (DataSet data = Formats.open(file, ReadOptions.defaults())) {
      data.slice(0, data.rows());
      return streamed;
    } catch (DataException e) {
      requireOneLine(e, about);
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(about, e);
    }
  }

  private static void requireOneLine(DataException e, String about) {
    assertTrue(e.getMessage().lines().count() == 1, about + ": " + e.getMessage());
  }

  private Path place(String ending) throws IOException {
    return ending.equals("folder")
        ? Files.createDirectory(folder.resolve("images")).resolve("a.png")
        : folder.resolve("file." + ending);
  }

  private static List<byte[]> whole(String ending) throws IOException {
    return switch (ending) {
      case "npy", "npz" -> golden("." + ending);
      case "csv" ->
          Stream.of("a,b,label\n1,2,x\n3.5,-4e3,y\n", "1,2\n3,4\n", "\"a\",\"b\"\n\"1\",\"2\"\n")
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toList();
      case "png", "folder" ->
          List.of(
              Pictures.of("png", 4, 5, BufferedImage.TYPE_BYTE_GRAY),
              Pictures.of("png", 4, 5, BufferedImage.TYPE_INT_RGB));
      case "jpg" ->
          List.of(
              Pictures.of("jpg", 4, 5, BufferedImage.TYPE_BYTE_GRAY),
              Pictures.of("jpg", 4, 5, BufferedImage.TYPE_INT_RGB),
              Pictures.progressive(18, 20, BufferedImage.TYPE_INT_RGB));
      default -> List.of(idx(ending));
    };
  }

  private static List<byte[]> golden(String ending) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(Golden.file("u1.npy").getParent())) {
      for (Path file : all.filter(path -> path.toString().endsWith(ending)).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static byte[] idx(String ending) throws IOException {
    byte[] rows = new byte[16 + 5 * 12];
    byte[] head = {0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0, 4};
    System.arraycopy(head, 0, rows, 0, head.length);
    if (ending.equals("idx")) {
      return rows;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(rows);
    }
    return packed.toByteArray();
  }
}
