package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

  @Test
  void passesGoodValuesThrough() {
    assertEquals(3, Check.atLeast("n", 3, 3));
    assertEquals(0.5, Check.positive("x", 0.5));
    assertEquals(0, Check.notNegative("x", 0));
    assertEquals(0, Check.fraction("x", 0));
    assertEquals("a", Check.known("x", "a", List.of("a", "b")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void positiveIsAboveZero(double value) {
    assertThrows(ConfigException.class, () -> Check.positive("x", value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void notNegativeIsZeroOrAbove(double value) {
    assertThrows(ConfigException.class, () -> Check.notNegative("x", value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
  void fractionIsBelowOne(double value) {
    assertThrows(ConfigException.class, () -> Check.fraction("x", value));
  }

  @Test
  void messagesSayWhatWasGotAndExpected() {
    ConfigException e = assertThrows(ConfigException.class, () -> Check.atLeast("batch", 0, 1));
    assertEquals("batch is 0; expected a whole number, 1 or more", e.getMessage());
    assertEquals("batch", e.setting());
    assertEquals("0", e.got());
    assertEquals("a whole number, 1 or more", e.expected());
    e =
        assertThrows(
            ConfigException.class, () -> Check.known("optimizer", "adm", List.of("adam", "sgd")));
    assertEquals("optimizer is 'adm'; expected one of: adam, sgd", e.getMessage());
  }
}
