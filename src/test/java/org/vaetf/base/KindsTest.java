package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes, the default values of their kinds, and the keys that JSON may leave out. */
class KindsTest {

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Point.class, name = "point"),
    @JsonSubTypes.Type(value = Box.class, name = "box"),
    @JsonSubTypes.Type(value = Free.class, name = "free"),
  })
  interface Figure {}

  /** Some figures have more to them. */
  interface Solid extends Figure {}

  /** A kind with defaults. */
  public record Circle(double radius, String colour) implements Figure {
    public Circle {
      Check.positive("radius", radius);
    }

    public static Circle defaults() {
      return new Circle(2, "red");
    }
  }

  /** A kind without settings. */
  public record Point() implements Figure {}

  /** A kind that holds another, and a record that is no kind. */
  public record Box(Figure inside, Size size) implements Solid {
    public static Box defaults() {
      return new Box(Circle.defaults(), new Size(3, 4));
    }
  }

  /** A kind without defaults. */
  public record Free(int sides) implements Figure {
    public Free defaults(int other) {
      return new Free(other);
    }
  }

  record Size(int width, int height) {}

  /** A whole whose keys may be missing. */
  @OptionalKeys
  public record Scene(String name, Figure figure, int count) {
    public Scene {
      Check.present("figure", figure);
    }

    public static Scene defaults() {
      return new Scene("a scene", new Point(), 1);
    }
  }

  /** A whole whose keys may not. */
  record Strict(String name, int count) {
    public static Strict defaults() {
      return new Strict("strict", 1);
    }
  }

  private static Figure figure(String text) {
    return Json.read("in.json", "{\"kind\": " + text + "}", Figure.class);
  }

  @Test
  void kindsHaveNamesAndDefaultValues() {
    Kinds<Figure> kinds = Kinds.of(Figure.class);
    assertEquals("kind", kinds.key());
    assertEquals(List.of("circle", "point", "box", "free"), kinds.names());
    assertEquals(List.of("circle", "point", "box"), kinds.choices());
    assertEquals(Optional.of(Free.class), kinds.type("free"));
    assertEquals(Optional.empty(), kinds.type("square"));
    assertEquals("circle", kinds.nameOf(new Circle(7, "blue")));
    assertEquals(new Circle(2, "red"), kinds.defaults("circle"));
    assertEquals(new Point(), kinds.defaults("point"));
    assertEquals(Set.of("figure"), Kinds.axesOf(Scene.class).keySet());
    assertEquals(kinds.names(), Kinds.axesOf(Scene.class).get("figure").names());
  }

  @Test
  void whatIsNoAxisOrNoKindIsRefused() {
    assertTrue(Kinds.isAxis(Figure.class));
    assertFalse(Kinds.isAxis(Circle.class));
    assertThrows(IllegalArgumentException.class, () -> Kinds.of(Circle.class));
    Kinds<Figure> kinds = Kinds.of(Figure.class);
    Figure stranger = new Figure() {};
    assertThrows(IllegalArgumentException.class, () -> kinds.nameOf(stranger));
    ConfigException free = assertThrows(ConfigException.class, () -> kinds.defaults("free"));
    assertEquals(
        "kind of Figure is 'free'; expected one of: circle, point, box", free.getMessage());
  }

  @Test
  void missingKeysOfAKindAreItsDefaults() {
    assertEquals(new Circle(2, "red"), figure("\"circle\""));
    assertEquals(new Circle(5, "red"), figure("\"circle\", \"radius\": 5"));
    assertEquals(new Circle(2, "blue"), figure("\"circle\", \"colour\": \"blue\""));
    assertEquals(
        new Box(new Circle(1, "red"), new Size(3, 4)),
        figure("\"box\", \"inside\": {\"radius\": 1, \"kind\": \"circle\"}"));
    Figure whole = new Box(new Free(3), new Size(1, 2));
    assertEquals(whole, Json.read("text", Json.write(whole), Figure.class));
  }

  @Test
  void missingKeysOfAMarkedRecordAreAsInTheOneGiven() {
    Scene given = new Scene("given", new Circle(9, "green"), 8);
    String text = "{\"count\": 3}";
    assertEquals(
        new Scene("given", given.figure(), 3), Json.read("text", text, Scene.class, given));
    assertEquals(new Scene("a scene", new Point(), 3), Json.read("text", text, Scene.class));
    assertEquals(
        new Circle(2, "red"),
        Json.read("text", "{\"figure\": {\"kind\": \"circle\"}}", Scene.class, given).figure(),
        "the value of an axis stands for itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind": "square"} | in.json:1:10: unknown kind 'square'; expected one of: circle, point, box, free
          {"radius": 1, "kind": "Circle"} | in.json:1:23: unknown kind 'Circle'; expected one of: circle, point, box, free
          {"kind": 3} | in.json:1:10: unknown kind '3'; expected one of: circle, point, box, free
          {"radius": 1} | in.json:1:1: has no 'kind'; expected one of: circle, point, box, free
          {"kind": "box", "inside": {"kind": "x"}} | in.json:1:36: unknown kind 'x'; expected one of: circle, point, box, free
          {"kind": "circle", "size": 1} | in.json:1:20: unknown key 'size'; expected one of: colour, radius
          {"kind": "point", "size": 1} | in.json:1:19: unknown key 'size'; expected no key but its kind
          {"kind": "box", "size": {"width": 1}} | in.json:1:36: key 'size.height': is missing; expected a value
          {"kind": "circle", "radius": null} | in.json:1:30: key 'radius': is missing; expected a value
          {"kind": "circle", "radius": 0} | in.json:1:31: radius is 0.0; expected a number above 0
          {"kind": "free"} | in.json:1:16: key 'sides': is missing; expected a value
          """)
  void faultsNameTheirPlaceAndWhatIsKnown(String text, String message) {
    DataException e =
        assertThrows(DataException.class, () -> Json.read("in.json", text, Figure.class));
    assertEquals(message, e.getMessage());
  }

  @Test
  void aRecordWithoutTheMarkNeedsItsKeys() {
    DataException e =
        assertThrows(
            DataException.class, () -> Json.read("in.json", "{\"name\": \"a\"}", Strict.class));
    assertTrue(e.getMessage().endsWith("key 'count': is missing; expected a value"), e::toString);
    DataException nothing =
        assertThrows(
            DataException.class,
            () -> Json.read("in.json", "{\"figure\": null, \"count\": 1}", Scene.class));
    assertTrue(nothing.getMessage().contains("figure is missing"), nothing::toString);
  }

  @Test
  void recordsAreCopiedWithOtherValues() {
    Circle circle = new Circle(3, "red");
    assertEquals(new Circle(4, "red"), Keys.with(circle, Map.of("radius", 4.0)));
    assertEquals(List.of("radius", "colour"), List.copyOf(Keys.of(Circle.class).keySet()));
    assertEquals("red", Keys.get(circle, Keys.of(Circle.class).get("colour")));
    assertThrows(ConfigException.class, () -> Keys.with(circle, Map.of("radius", -1.0)));
  }

  @Test
  void aMessageNamesTheKindOrElseTheClass() {
    record Wheel() implements Figure {}
    assertEquals("circle", Kinds.describe(Figure.class, Circle.defaults()));
    assertEquals("Wheel", Kinds.describe(Figure.class, new Wheel()));
  }
}
