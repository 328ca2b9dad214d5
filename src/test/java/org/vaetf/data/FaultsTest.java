package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.OutputException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.testing.FileSizeLimit;
import org.vaetf.testing.OneLine;

/** Files that change while they are read, and disks that fill up while they are written. */
@SuppressWarnings("try") // The limit is held, not used.
class FaultsTest {
  private static final RowShape SHAPE = RowShape.image(16, 16, 1);

  /** More than any buffer holds. */
  private static final int ROWS = 2000;

  @TempDir Path folder;

  /** Noise, which no format makes much smaller. */
  private static Batch rows(int rows, boolean labelled) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[rows * SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return new Batch(
        new Samples(SHAPE, values), labelled ? Optional.of(new int[rows]) : Optional.empty());
  }

  private static RowFormat format(boolean labelled) {
    return RowFormat.of(SHAPE, DataSet.Encoding.BYTES).withLabelled(labelled);
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void readAll(RowReader reader) {
    for (Optional<Batch> next = reader.next(100); next.isPresent(); next = reader.next(100)) {
      assertTrue(next.get().samples().rows() > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.npz", "a.idx", "a.idx.gz", "a.csv", "a"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows lets nobody cut a file in use")
  void aFileThatIsCutWhileItIsStreamedIsNamed(String name) throws IOException {
    Path path = folder.resolve(name);
    boolean images = name.equals("a");
    Golden.write(path, format(false), rows(images ? 20 : ROWS, false));
    try (RowReader reader = Formats.reader(path, ReadOptions.defaults())) {
      assertEquals(10, reader.next(10).orElseThrow().samples().rows());
      Path file = images ? path.resolve("00015.png") : path;
      cut(file, Files.size(file) / 2);
      OneLine.ofData(() -> readAll(reader), file);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows lets nobody cut a file in use")
  void aTableThatIsCutBetweenTwoRowsIsNoShorterTable() throws IOException {
    Path path = folder.resolve("a.csv");
    Golden.write(path, format(false), rows(ROWS, false));
    byte[] bytes = Files.readAllBytes(path);
    int end = bytes.length / 2;
    while (bytes[end - 1] != '\n') {
      end++;
    }
    try (RowReader reader = Formats.reader(path, ReadOptions.defaults())) {
      assertEquals(10, reader.next(10).orElseThrow().samples().rows());
      cut(path, end);
      OneLine.ofData(() -> readAll(reader), path, "has become shorter since it was opened");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.npy, false, 2000",
    "a.npz, true, 2000",
    "a.idx, false, 2000",
    "a.idx, true, 2000",
    "a.idx.gz, true, 2000",
    "a.csv, true, 2000",
    "a, true, 20",
    // So few that all are written at the end.
    "a.npy, false, 200",
    "a.npz, true, 200",
    "a.idx, true, 200",
    "a.idx.gz, true, 200"
  })
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  void aFullDiskLeavesWhatWasThere(String name, boolean labelled, int rows) throws IOException {
    Path path = folder.resolve(name);
    Golden.write(path, format(labelled), rows(3, labelled));
    if (name.equals("a")) {
      // Nobody's pictures are replaced: only a new or an empty folder is written.
      AtomicOutput.deleteTree(path);
      Files.createDirectory(path);
    }
    byte[][] before = contents();
    // The labels have room, the rows have not; nor has a picture.
    int most = name.equals("a") ? 50 : rows + 100;
    try (FileSizeLimit limit = FileSizeLimit.of(most)) {
      OutputException failure =
          assertThrows(
              OutputException.class,
              () -> Golden.write(path, format(labelled), rows(rows, labelled)));
      assertEquals(
          path + ": cannot be written (File too large); make room there or choose another place",
          failure.getMessage());
    }
    assertArrayEquals(before, contents());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  void aDiskTooFullForTheHeaderOfATable() throws IOException {
    RowFormat wide = RowFormat.of(RowShape.of(3000), DataSet.Encoding.REALS);
    try (FileSizeLimit limit = FileSizeLimit.of(100)) {
      assertThrows(
          OutputException.class, () -> Formats.writer(folder.resolve("a.csv"), wide).close());
    }
    assertEquals(0, contents().length);
  }

  /** The bytes of each file in the folder, in order of name. */
  private byte[][] contents() throws IOException {
    byte[][] contents =
        Arrays.stream(folder.toFile().listFiles())
            .filter(file -> file.isFile())
            .sorted()
            .map(
                file -> {
                  try {
                    return Files.readAllBytes(file.toPath());
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .toArray(byte[][]::new);
    assertTrue(Arrays.stream(folder.toFile().list()).noneMatch(name -> name.startsWith(".")));
    return contents;
  }
}
