package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet.Encoding;
import org.vaetf.testing.OneLine;

class FormatsTest {
  @TempDir Path folder;

  record Case(String name, RowShape shape, Encoding encoding, boolean labelled) {}

  /** Every format with every kind of row it can hold. */
  static Stream<Case> cases() {
    List<RowShape> shapes =
        List.of(RowShape.of(7), RowShape.image(3, 5, 1), RowShape.image(4, 2, 3));
    return Stream.of("a.npy", "a.npz", "a.idx", "a.idx.gz", "a-idx3-ubyte", "a.csv", "a")
        .flatMap(
            name ->
                shapes.stream()
                    .flatMap(
                        shape ->
                            Stream.of(Encoding.values())
                                .flatMap(
                                    encoding ->
                                        Stream.of(true, false)
                                            .map(
                                                labelled ->
                                                    new Case(name, shape, encoding, labelled)))))
        .filter(c -> !(c.name().equals("a.npy") && c.labelled()))
        .filter(
            c -> !c.name().equals("a") || (c.shape().isImage() && c.encoding() == Encoding.BYTES));
  }

  private static Batch rows(Case c, int count, Seed seed) {
    SplittableRandom random = seed.random(count);
    float[] values = new float[count * c.shape().size()];
    int[] labels = new int[count];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          c.encoding() == Encoding.BYTES ? random.nextInt(256) : (float) random.nextDouble(-9, 9);
    }
    for (int i = 0; i < count; i++) {
      // Sorted, as the folders of classes are read.
      labels[i] = i / 3;
    }
    return new Batch(
        new Samples(c.shape(), values), c.labelled() ? Optional.of(labels) : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenIsRead(Case c) throws IOException {
    Batch batch = rows(c, 11, new Seed(3));
    Path path = folder.resolve(c.name());
    RowFormat format = RowFormat.of(c.shape(), c.encoding()).withLabelled(c.labelled());
    Samples all = batch.samples();
    Optional<int[]> labels = batch.labels();
    Golden.write(
        path,
        format,
        new Batch(all.slice(0, 4), labels.map(l -> java.util.Arrays.copyOfRange(l, 0, 4))),
        new Batch(all.slice(4, 11), labels.map(l -> java.util.Arrays.copyOfRange(l, 4, 11))));

    boolean csv = c.name().endsWith(".csv");
    ReadOptions options =
        c.labelled() ? ReadOptions.defaults().withLabelColumn("label") : ReadOptions.defaults();
    Samples expected = csv ? all.reshape(RowShape.of(c.shape().size())) : all;
    Batch streamed = Golden.readAll(path, options);
    assertEquals(expected, streamed.samples());
    assertArrayEquals(labels.orElse(null), streamed.labels().orElse(null));
    try (DataSet data = Formats.open(path, options)) {
      assertEquals(expected, data.slice(0, data.rows()));
      assertArrayEquals(labels.orElse(null), data.labels().orElse(null));
      assertEquals(csv ? Encoding.REALS : c.encoding(), data.encoding());
      float[] row = new float[data.shape().size() + 1];
      data.read(10, row, 1);
      assertArrayEquals(expected.row(10), java.util.Arrays.copyOfRange(row, 1, row.length));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(other -> other.getFileName().toString().startsWith(".")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.npz", "a.idx", "a.idx.gz", "a.csv", "a"})
  void whatIsNotCommittedLeavesNothing(String name) {
    RowShape shape = RowShape.image(2, 2, 1);
    try (RowWriter writer =
        Formats.writer(folder.resolve(name), RowFormat.of(shape, Encoding.BYTES))) {
      writer.write(new Batch(new Samples(shape, new float[8]), Optional.empty()));
    }
    assertArrayEquals(new String[0], folder.toFile().list());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.npz", "a.idx", "a.csv", "a"})
  void rowsOfAnotherShapeAreRefused(String name) {
    RowFormat format = RowFormat.of(RowShape.image(2, 2, 1), Encoding.BYTES);
    Batch other = new Batch(new Samples(RowShape.image(1, 4, 1), new float[4]), Optional.empty());
    OneLine.ofConfig(
        () -> Golden.write(folder.resolve(name), format, other), "[1, 4, 1]", "[2, 2, 1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.npz", "a.idx", "a.idx.gz", "a.csv"})
  void noRowsAreAFileToo(String name) {
    Path path = folder.resolve(name);
    Golden.write(path, RowFormat.of(RowShape.of(3), Encoding.REALS));
    try (RowReader reader = Formats.reader(path, ReadOptions.defaults())) {
      assertEquals(RowShape.of(3), reader.shape());
      assertEquals(Optional.empty(), reader.next(5));
    }
    try (DataSet data = Formats.open(path, ReadOptions.defaults())) {
      assertEquals(0, data.rows());
    }
  }

  @Test
  void greyLevelsAreRoundedAndClamped() {
    RowShape shape = RowShape.of(4);
    Batch batch =
        new Batch(new Samples(shape, new float[] {-3, 0.4f, 254.6f, 300}), Optional.empty());
    Golden.write(folder.resolve("a.npy"), RowFormat.of(shape, Encoding.BYTES), batch);
    assertArrayEquals(new float[] {0, 0, 255, 255}, Golden.open(folder.resolve("a.npy")).values());
  }

  @Test
  void picturesOfRealsGoFromBlackToWhite() {
    RowShape shape = RowShape.image(1, 2, 1);
    Batch batch = new Batch(new Samples(shape, new float[] {0, 1}), Optional.empty());
    Golden.write(folder.resolve("a"), RowFormat.of(shape, Encoding.REALS), batch);
    assertArrayEquals(new float[] {0, 255}, Golden.readAll(folder.resolve("a")).samples().values());
  }

  @Test
  void archivesHaveTheSameBytesEachTime() throws IOException {
    Case c = new Case("", RowShape.of(5), Encoding.REALS, true);
    RowFormat format = RowFormat.of(c.shape(), c.encoding()).withLabelled(true);
    for (String ending : new String[] {".npz", ".idx.gz"}) {
      Golden.write(folder.resolve("a" + ending), format, rows(c, 9, new Seed(1)));
      Golden.write(folder.resolve("b" + ending), format, rows(c, 9, new Seed(1)));
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a" + ending)),
          Files.readAllBytes(folder.resolve("b" + ending)));
    }
  }

  @Test
  void unknownAndMissingFilesAreOneLine() throws IOException {
    Path missing = folder.resolve("a.npy");
    OneLine.ofData(() -> Golden.readAll(missing), missing, "does not exist");
    Path text = Files.writeString(folder.resolve("a.txt"), "x");
    OneLine.ofData(() -> Golden.readAll(text), text, "one of: .npy, .npz, .idx");
    OneLine.ofConfig(
        () ->
            Formats.writer(
                folder.resolve("a.parquet"), RowFormat.of(RowShape.of(1), Encoding.REALS)),
        "a.parquet",
        ".csv",
        "a folder of images");
  }
}
