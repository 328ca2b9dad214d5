package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TestData;

class DataSourcesTest {
  private static final DataSources SOURCES = new DataSources();
  @TempDir Path folder;

  private Path rows(String name, int rows, int features) {
    RowShape shape = RowShape.of(features);
    float[] values = new float[rows * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path path = folder.resolve(name);
    Golden.write(
        path,
        RowFormat.of(shape, DataSet.Encoding.REALS),
        new Batch(new Samples(shape, values), Optional.empty()));
    return path;
  }

  private static DataSplit split(DataRequest request, long seed) {
    return SOURCES.split(request, new Seed(seed));
  }

  @Test
  void theEmbeddedDigitsAreSplitNineToOne() {
    try (DataSplit split = split(DataRequest.defaults(), 0)) {
      assertEquals(9000, split.train().rows());
      assertEquals(1000, split.test().rows());
      assertEquals(RowShape.image(28, 28, 1), split.train().shape());
      assertEquals(DataSet.Encoding.BYTES, split.train().encoding());
      int[] ofTrain = new int[10];
      int[] ofTest = new int[10];
      Arrays.stream(split.train().labels().orElseThrow()).forEach(label -> ofTrain[label]++);
      Arrays.stream(split.test().labels().orElseThrow()).forEach(label -> ofTest[label]++);
      for (int label = 0; label < 10; label++) {
        assertEquals(ofTrain[label] / 9.0, ofTest[label], 2);
      }
    }
  }

  @Test
  void theEmbeddedDigitsAreTheFirstOfTheOfficialOnes() {
    Path official = TestData.folder("mnist").resolve("train-images-idx3-ubyte.gz");
    Set<String> expected = new HashSet<>();
    try (RowReader reader = Formats.reader(official, ReadOptions.defaults())) {
      Batch first = reader.next(10_000).orElseThrow();
      for (int row = 0; row < 10_000; row++) {
        expected.add(first.labels().orElseThrow()[row] + Arrays.toString(first.samples().row(row)));
      }
    }
    Set<String> got = new HashSet<>();
    try (DataSplit split = Mnist10k.open()) {
      for (DataSet part : List.of(split.train(), split.test())) {
        for (int row = 0; row < part.rows(); row++) {
          got.add(
              part.labels().orElseThrow()[row]
                  + Arrays.toString(part.slice(row, row + 1).values()));
        }
      }
    }
    assertEquals(expected, got);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.1, 10", "100, 0, 1", "2, 0.1, 1", "2, 0.99, 1", "15, 0.1, 2", "9, 0.5, 5"})
  void aRandomPartIsSetAside(int rows, double fraction, int expected) {
    Path file = rows("a.npy", rows, 1);
    DataRequest request = DataRequest.of(file.toString()).withTestFraction(fraction);
    try (DataSplit split = split(request, 1)) {
      assertEquals(expected, split.test().rows());
      float[] all = new float[rows];
      for (int i = 0; i < split.train().rows(); i++) {
        split.train().read(i, all, i);
      }
      for (int i = 0; i < expected; i++) {
        split.test().read(i, all, split.train().rows() + i);
      }
      Arrays.sort(all);
      for (int i = 0; i < rows; i++) {
        assertEquals(i, all[i]);
      }
    }
  }

  @Test
  void theSeedDecidesThePart() {
    DataRequest request = DataRequest.of(rows("a.npy", 1000, 1).toString());
    try (DataSplit one = split(request, 1);
        DataSplit same = split(request, 1);
        DataSplit other = split(request, 2)) {
      assertEquals(one.test().slice(0, 100), same.test().slice(0, 100));
      assertFalse(one.test().slice(0, 100).equals(other.test().slice(0, 100)));
    }
  }

  @Test
  void testDataOfItsOwnComesFirst() {
    DataRequest request = DataRequest.of(rows("a.npy", 5, 2).toString());
    try (DataSplit split = split(request.withTest(rows("b.csv", 3, 2).toString()), 1)) {
      assertEquals(5, split.train().rows());
      assertEquals(3, split.test().rows());
    }
    String narrow = rows("c.npy", 3, 1).toString();
    OneLine.ofData(() -> split(request.withTest(narrow), 1), narrow, "[1]; expected [2]");
    OneLine.ofData(() -> split(request.withTest("shapes:count=3"), 1), "shape [64, 64, 1]");
    DataRequest digits = DataRequest.of("shapes:count=9,size=28").withTest("mnist-10k");
    OneLine.ofData(() -> split(digits, 1), "classes [];", "square, ellipse, heart");
    try (DataSplit split = split(DataRequest.defaults().withTest("mnist-10k"), 1)) {
      assertEquals(1000, split.test().rows());
    }
  }

  @Test
  void tooFewRowsAreOneLine() {
    String none = rows("none.npy", 0, 2).toString();
    OneLine.ofData(() -> split(DataRequest.of(none), 1), none, "holds no rows");
    String one = rows("one.npy", 1, 2).toString();
    OneLine.ofData(() -> split(DataRequest.of(one), 1), one, "holds one row");
    OneLine.ofData(() -> split(DataRequest.of(one).withTest(none), 1), none, "holds no rows");
  }

  @Test
  void unknownSourcesAreOneLine() throws IOException {
    OneLine.ofData(
        () -> split(DataRequest.of("mnist-20k"), 1),
        "mnist-20k: does not exist",
        "mnist-10k, mnist, shapes");
    OneLine.ofData(() -> split(DataRequest.of("a\0b"), 1), "does not exist");
    OneLine.ofConfig(() -> split(DataRequest.of("shapes:wide=3"), 1), "'wide'");
    OneLine.ofConfig(() -> DataRequest.of(""), "data is empty");
    OneLine.ofConfig(() -> DataRequest.of("a").withTestFraction(1), "test fraction is 1.0");
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    OneLine.ofData(() -> split(DataRequest.of(empty), 1), empty, "holds no images");
  }

  @Test
  void everySourceCanBeStreamed() {
    try (RowReader reader = SOURCES.reader("shapes:count=10,size=8", ReadOptions.defaults())) {
      assertEquals(10, reader.rows());
      assertEquals(3, reader.classes().size());
      assertEquals(new Shapes(10, 8, 0).slice(0, 10), Golden.readAll(reader).samples());
    }
    String file = rows("a.csv", 4, 2).toString();
    try (RowReader reader = SOURCES.reader(file, ReadOptions.defaults())) {
      assertEquals(4, Golden.readAll(reader).samples().rows());
    }
    try (DataSet data = SOURCES.open("mnist-10k", ReadOptions.defaults())) {
      assertEquals(9000, data.rows());
      assertEquals("mnist-10k", data.name());
    }
  }

  @Test
  void memoryHoldsFiniteWholeRows() {
    OneLine.ofConfig(
        () -> InMemoryDataSet.of("a", Samples.of(new float[][] {{1, 2}, {3, Float.NaN}})),
        "value 1 of row 1 is NaN");
    OneLine.ofConfig(() -> InMemoryDataSet.of("a", RowShape.of(2), new byte[3]), "values is 3");
    InMemoryDataSet two = InMemoryDataSet.of("a", RowShape.of(2), new byte[4]);
    OneLine.ofConfig(() -> two.withLabels(new int[3]), "labels is 3; expected 2");
  }

  @Test
  void requestsAreJson() {
    DataRequest request =
        DataRequest.of("a.csv")
            .withTest("b.csv")
            .withTestFraction(0.2)
            .withRead(ReadOptions.defaults().withHeader(ReadOptions.Header.ABSENT));
    assertEquals(request, Json.read("text", Json.write(request), DataRequest.class));
    OneLine.ofData(
        () -> Json.read("text", "{\"data\": \"mnist\", \"testFraction\": 0}", DataRequest.class),
        "test data is missing");
  }
}
