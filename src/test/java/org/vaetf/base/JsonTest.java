package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  record Point(int x, double y) {
    Point {
      Check.atLeast("x", x, 0);
    }
  }

  record Line(String name, List<Point> points) {}

  private static DataException refused(String text) {
    return assertThrows(DataException.class, () -> Json.read("in.json", text, Line.class));
  }

  @Test
  void recordsComeBackAsTheyWere() {
    Line path = new Line("ä\n\"", List.of(new Point(1, 0.1), new Point(2, -1e-300)));
    assertEquals(path, Json.read("text", Json.write(path), Line.class));
    assertEquals(path, Json.read("text", Json.writeLine(path), Line.class));
    assertFalse(Json.writeLine(path).contains("\n"));
  }

  @Test
  void anUnknownKeyNamesTheKnownOnesAndItsPlace() {
    DataException e = refused("{\"name\": \"a\",\n  \"pints\": []}");
    assertEquals(2, e.line());
    assertEquals("in.json", e.source());
    assertTrue(
        e.getMessage().endsWith("unknown key 'pints'; expected one of: name, points"),
        e.getMessage());
  }

  @Test
  void aMisspeltKeyIsNamedRatherThanTheRightOneMissing() {
    DataException e = refused("{\"name\": \"a\", \"points\": [\n{\"xx\": 1, \"y\": 0}]}");
    assertEquals(2, e.line());
    assertTrue(e.getMessage().endsWith("unknown key 'xx'; expected one of: x, y"), e.getMessage());
  }

  @Test
  void aRefusedValueKeepsItsOwnLine() {
    DataException e = refused("{\"name\": \"a\", \"points\": [{\"x\": -1, \"y\": 0}]}");
    assertTrue(
        e.getMessage().contains("x is -1; expected a whole number, 0 or more"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{\"name\": \"a\"} {}",
        "{\"name\": \"a\", \"name\": \"b\"}",
        "{\"name\": \"a\", \"points\": 3}",
        "{\"name\": \"a\", \"points\": [{\"x\": null, \"y\": 0}]}",
        "{\"name\": \"a\", \"points\": [{\"x\": 1.5, \"y\": 0}]}",
        "{\"name\": \"a\", \"points\": [{\"x\": \"b\", \"y\": 0}]}"
      })
  void faultsAreOneLineThatNamesTheSource(String text) {
    String message = refused(text).getMessage();
    assertTrue(message.startsWith("in.json"), message);
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.contains("com.fasterxml"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": "a", "points": [{"x": "b", "y": 0}]} | in.json:1:32: key 'points.0.x': is "b"; expected a whole number
          {"name": "a", "points": [{"x": 1.5, "y": 0}]} | is 1.5; expected a whole number
          {"name": "a", "points": [{"x": 1, "y": true}]} | key 'points.0.y': is true or false; expected a number
          {"name": "a", "points": [{"x": [1], "y": 0}]} | key 'points.0.x': is a list; expected a whole number
          {"name": "a", "points": 3} | key 'points': is a number; expected a list, as [8]
          {"name": ["a"], "points": []} | key 'name': is a list; expected a text
          [] | in.json:1:1: is a list; expected an object
          {"name": "a", "points": [ | Unexpected end-of-input: expected close marker for Array
          """)
  void whatIsOfAnotherTypeIsNamedInWords(String text, String message) {
    String refused = refused(text).getMessage();
    assertTrue(refused.contains(message), refused);
    assertFalse(refused.contains("REDACTED"), refused);
  }

  @Test
  void filesAreRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.json");
    Files.writeString(file, "{\"x\": 1, \"y\": 2}");
    assertEquals(new Point(1, 2), Json.read(file, Point.class));
    Path missing = folder.resolve("b.json");
    DataException e = assertThrows(DataException.class, () -> Json.read(missing, Point.class));
    assertEquals(
        missing + ": does not exist; expected a JSON file; check the path", e.getMessage());
    DataException none = assertThrows(DataException.class, () -> Json.read(folder, Point.class));
    assertEquals(folder + ": is a folder; expected a JSON file; check the path", none.getMessage());
  }
}
