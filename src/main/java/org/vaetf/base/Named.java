package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * An enumeration whose values go by a name in lower case with hyphens, in JSON and on the command
 * line alike.
 */
public interface Named {

  /**
   * The constant's name in code.
   *
   * @return as {@link Enum#name()}
   */
  String name();

  /**
   * The name people write.
   *
   * @return lower case, hyphens between words: {@code LEAKY_RELU} is {@code leaky-relu}
   */
  @JsonValue
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The value of a name.
   *
   * @param type the enumeration
   * @param what names the setting in the message
   * @param label the name people write
   * @param <E> the enumeration
   * @return the value
   * @throws ConfigException if there is none; the message lists those there are
   */
  static <E extends Enum<E> & Named> E of(Class<E> type, String what, String label) {
    E[] values = type.getEnumConstants();
    Check.known(what, label, Arrays.stream(values).map(Named::label).toList());
    return Arrays.stream(values)
        .filter(value -> value.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
