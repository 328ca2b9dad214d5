package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NamedTest {

  enum Colour implements Named {
    RED,
    DARK_BLUE
  }

  record Paint(Colour colour) {}

  @Test
  void labelsAreLowerCaseWithHyphens() {
    assertEquals("dark-blue", Colour.DARK_BLUE.label());
    assertEquals(Colour.DARK_BLUE, Named.of(Colour.class, "colour", "dark-blue"));
  }

  @Test
  void anUnknownLabelNamesTheKnownOnes() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> Named.of(Colour.class, "colour", "DARK_BLUE"));
    assertEquals("colour is 'DARK_BLUE'; expected one of: red, dark-blue", e.getMessage());
  }

  @Test
  void jsonUsesLabels() {
    assertEquals("{\"colour\":\"dark-blue\"}", Json.writeLine(new Paint(Colour.DARK_BLUE)));
    assertEquals(
        new Paint(Colour.DARK_BLUE), Json.read("text", "{\"colour\": \"dark-blue\"}", Paint.class));
  }
}
