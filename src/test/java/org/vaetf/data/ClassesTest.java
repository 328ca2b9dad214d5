package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.testing.OneLine;

class ClassesTest {
  private static final Classes NUMBERS = new Classes(3, List.of());
  private static final Classes NAMES = new Classes(3, List.of("cat", "dog", "owl"));

  private static InMemoryDataSet data(int... labels) {
    Samples rows = new Samples(RowShape.of(1), new float[labels.length]);
    return InMemoryDataSet.of("rows", rows).withLabels(labels);
  }

  @Test
  void aDataSetHasTheClassesItNamesElseAllUpToTheGreatestLabel() {
    assertEquals(new Classes(5, List.of()), Classes.of(data(4, 0, 4)));
    assertEquals(NAMES, Classes.of(data(1, 0).withClasses(NAMES.names())));
    assertEquals(new Classes(4, NAMES.names()), Classes.of(data(3).withClasses(NAMES.names())));
    OneLine.ofData(
        () -> Classes.of(InMemoryDataSet.of("rows", new Samples(RowShape.of(1), new float[2]))),
        "rows: holds rows without labels",
        "--label-column");
    OneLine.ofData(() -> Classes.of(data(0, -1)), "row 1 has the label -1");
    OneLine.ofData(
        () -> Classes.of(data(Integer.MAX_VALUE)), "the label 2147483647", "below 100000");
  }

  @Test
  void peopleWriteNamesOrNumbers() {
    assertEquals(2, NUMBERS.label("2"));
    assertEquals(2, NAMES.label("owl"));
    assertEquals(1, NAMES.label("1"));
    OneLine.ofConfig(() -> NUMBERS.label("3"), "label is '3'", "a whole number from 0 to 2");
    OneLine.ofConfig(() -> NUMBERS.label("-1"), "label is '-1'");
    OneLine.ofConfig(() -> NAMES.label("cow"), "label is 'cow'", "one of: cat, dog, owl; or a");
    OneLine.ofConfig(() -> Classes.none().label("0"), "label is '0'", "no label");
  }

  @Test
  void labelsOfAnotherNumberingAreFoundByTheirNames() {
    InMemoryDataSet other = data(0, 1, 0).withClasses(List.of("dog", "owl"));
    assertArrayEquals(new int[] {1, 2, 1}, NAMES.labelsOf(other));
    assertArrayEquals(new int[] {0, 2}, NAMES.labelsOf(data(0, 2)));
    assertArrayEquals(
        new int[] {1}, NAMES.translate("rows", List.of("cow", "dog"), new int[] {1}, 0));
    OneLine.ofData(
        () -> NAMES.translate("file", List.of("cow", "dog"), new int[] {1, 0}, 10),
        "file: row 11 has the label 'cow'; expected one of: cat, dog, owl");
    OneLine.ofData(
        () -> NUMBERS.labelsOf(other), "names its classes (dog, owl)", "a whole number from 0");
    OneLine.ofData(() -> NUMBERS.labelsOf(data(1, 3)), "row 1 has the label 3");
  }

  @Test
  void aCountBelowTheNamesIsRefused() {
    OneLine.ofConfig(() -> new Classes(2, NAMES.names()), "number of classes is 2", "3 or more");
    OneLine.ofConfig(() -> new Classes(-1, List.of()), "number of classes is -1");
  }

  @Test
  void jsonKeepsThem() {
    assertEquals(NAMES, Json.read("text", Json.write(NAMES), Classes.class));
    assertEquals(NUMBERS, Json.read("text", "{\"count\": 3}", Classes.class));
  }
}
