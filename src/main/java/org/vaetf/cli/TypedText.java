package org.vaetf.cli;

import java.util.Arrays;
import java.util.List;
import org.vaetf.base.Named;

/** A word of the command line, read as what it is to be. The flag is what messages speak of. */
final class TypedText {
  private TypedText() {}

  static int whole(String flag, String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw UsageException.value(flag, quoted(text), "a whole number");
    }
  }

  static long longWhole(String flag, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw UsageException.value(flag, quoted(text), "a whole number of 64 bits");
    }
  }

  static double number(String flag, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw UsageException.value(flag, quoted(text), "a number, as in 0.5");
    }
  }

  static String word(String flag, String text, List<String> known) {
    if (!known.contains(text)) {
      throw UsageException.value(flag, quoted(text), "one of: " + String.join(", ", known));
    }
    return text;
  }

  /**
   * A value of a type: a number, a truth, a text, or the name of an enumeration's constant.
   *
   * @throws UsageException if the text is no such value, or the type is of no such sort
   */
  static Object of(String flag, String text, Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return whole(flag, text);
    }
    if (type == long.class || type == Long.class) {
      return longWhole(flag, text);
    }
    if (type == double.class || type == Double.class) {
      return number(flag, text);
    }
    if (type == float.class || type == Float.class) {
      return (float) number(flag, text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Boolean.valueOf(word(flag, text, List.of("true", "false")));
    }
    if (type == String.class) {
      return text;
    }
    if (type.isEnum() && Named.class.isAssignableFrom(type)) {
      return constant(flag, text, type.getEnumConstants());
    }
    throw new UsageException(
        flag + " does not apply: its value is no single word; give it in the file of --config");
  }

  private static Object constant(String flag, String text, Object[] constants) {
    List<String> labels = Arrays.stream(constants).map(each -> ((Named) each).label()).toList();
    return constants[labels.indexOf(word(flag, text, labels))];
  }

  static String quoted(String text) {
    return "'" + text + "'";
  }
}
