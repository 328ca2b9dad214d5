package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.testing.OneLine;

class CsvTest {
  @TempDir Path folder;

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("a.csv"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Batch read(String text, ReadOptions options) {
    return Golden.readAll(file(text), options);
  }

  private Batch read(String text) {
    return read(text, ReadOptions.defaults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2.5\n-3e2,.25\n",
        "1,2.5\n-3e2,.25",
        "\"a, or\",\"b \"\"c\"\"\"\r\n\"1\", 2.5 \r\n\r\n-300,0.25\r\n",
        "\uFEFFa,b\n1,2.5\n-3e2,.25\n"
      })
  void tables(String text) {
    assertEquals(Samples.of(new float[][] {{1, 2.5f}, {-300, 0.25f}}), read(text).samples());
  }

  @Test
  void theHeaderCanBeSettled() {
    ReadOptions present = ReadOptions.defaults().withHeader(ReadOptions.Header.PRESENT);
    assertEquals(1, read("1,2\n3,4\n", present).samples().rows());
    ReadOptions absent = ReadOptions.defaults().withHeader(ReadOptions.Header.ABSENT);
    OneLine.ofData(() -> read("a,2\n3,4\n", absent), "a.csv:1:1: column 1 is 'a'");
    Batch irises = read("5,3,iris\n6,2,rose\n", absent.withLabelColumn("3"));
    assertArrayEquals(new int[] {0, 1}, irises.labels().orElseThrow());
  }

  @Test
  void wholeNumbersAreLabelsAsTheyAre() {
    Batch batch = read("x,class\n1,7\n2,3.0\n", ReadOptions.defaults().withLabelColumn("class"));
    assertArrayEquals(new int[] {7, 3}, batch.labels().orElseThrow());
    assertArrayEquals(new float[] {1, 2}, batch.samples().values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "2"})
  void otherLabelsAreNumberedInSortedOrder(String column) {
    Path file = file("x,class,y\n1,rose,2\n3,iris,4\n5,rose,6\n");
    ReadOptions options = ReadOptions.defaults().withLabelColumn(column);
    try (DataSet data = Formats.open(file, options)) {
      assertArrayEquals(new int[] {1, 0, 1}, data.labels().orElseThrow());
      assertEquals(List.of("iris", "rose"), data.classes());
      assertEquals(Samples.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}), data.slice(0, 3));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b~1,2~3,x~ | a.csv:3:2: column 'b' is 'x'; expected a finite number",
        "a,b~1,2~3,~ | a.csv:3:2: column 'b' is empty",
        "a,b~1,NaN~ | a.csv:2:2: column 'b' is 'NaN'",
        "a,b~1,Infinity~ | a.csv:2:2: column 'b' is 'Infinity'",
        "a,b~1e99,0~ | a.csv:2:1: column 'a' is '1e99'",
        "a,b~1f,0~ | a.csv:2:1: column 'a' is '1f'",
        "a,b~0x1p3,0~ | a.csv:2:1: column 'a' is '0x1p3'",
        "a,b~1,2~3 | a.csv:3:2: the row has 1 fields; expected 2",
        "a,b~1,2~3,4,5~6,7 | a.csv:3:3: the row has 3 fields; expected 2",
        "a,b~'1,2 | a.csv:2"
      })
  void faultsHaveLineAndColumn(String text, String part) {
    OneLine.ofData(() -> read(text.replace('~', '\n').replace('\'', '"')), part);
  }

  @Test
  void aMissingLabelColumnNamesTheOthers() {
    ReadOptions options = ReadOptions.defaults().withLabelColumn("clas");
    OneLine.ofData(() -> read("x,class\n1,2\n", options), "'clas'", "x, class", "1 to 2");
    OneLine.ofData(
        () -> read("1,2\n", options.withLabelColumn("3")), "label column '3'", "from 1 to 2");
    OneLine.ofData(
        () -> read("class\n1\n", options.withLabelColumn("class")), "no column of numbers");
    OneLine.ofData(
        () -> read("x,class\n1,\n", options.withLabelColumn("class")),
        "a.csv:2:2: column 'class' is empty");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    OneLine.ofData(() -> read(""), "a.csv: is empty");
    Path latin = folder.resolve("a.csv");
    Files.write(latin, "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
    OneLine.ofData(() -> Golden.readAll(latin), "not text in UTF-8");
  }

  @Test
  void numbersAreWrittenTheSameInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      Path file = folder.resolve("out.csv");
      Samples rows = Samples.of(new float[][] {{1, -0.5f}, {1e-20f, 3e20f}});
      RowFormat format =
          RowFormat.of(rows.shape(), DataSet.Encoding.REALS)
              .withLabelled(true)
              .withColumns(List.of("a", "b,c"));
      Golden.write(file, format, new Batch(rows, java.util.Optional.of(new int[] {4, 5})));
      assertEquals("a,\"b,c\",label\n1,-0.5,4\n1.0E-20,3.0E20,5\n", Files.readString(file));
      assertEquals(
          rows, Golden.readAll(file, ReadOptions.defaults().withLabelColumn("label")).samples());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyFloatComesBack() {
    java.util.SplittableRandom random = new org.vaetf.base.Seed(1).named("floats").random(0);
    for (int i = 0; i < 100_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertEquals(value, DecimalNumber.parse(DecimalNumber.format(value)), 0f);
      }
    }
    assertTrue(Float.isNaN(DecimalNumber.parse("--1")));
  }

  @Test
  void columnNamesMustBeOneForEachValue() {
    OneLine.ofConfig(
        () -> RowFormat.of(RowShape.of(2), DataSet.Encoding.REALS).withColumns(List.of("a")),
        "column names is 1; expected 2");
  }
}
