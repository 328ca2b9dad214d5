package org.vaetf.cli;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value for one key of a configuration, as somebody asked for it.
 *
 * @param flag how they asked, for messages: {@code --beta} or {@code --set objective.beta}
 * @param path the keys down to it, with dots between: {@code objective.beta}
 * @param text the value
 */
record KeySetting(String flag, String path, String text) {

  /** What {@code --set} was given; the example is for the message where it is no assignment. */
  static KeySetting parse(String assignment, String example) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw UsageException.value(
          CliOption.SET.flag(), TypedText.quoted(assignment), "KEY=VALUE, as in " + example);
    }
    String path = assignment.substring(0, equals);
    return new KeySetting(
        CliOption.SET.flag() + " " + path, path, assignment.substring(equals + 1));
  }

  /** The first key below a path that this one's begins with; at the top that path is empty. */
  String keyBelow(String above) {
    String rest = above.isEmpty() ? path : path.substring(above.length() + 1);
    return rest.replaceFirst("\\..*", "");
  }

  /** The last key. */
  String key() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The value as a component's type has it; of a list the parts lie between commas. */
  Object value(Type type) {
    if (type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] instanceof Class<?> part) {
      return parts().map(each -> TypedText.of(flag, each, part)).toList();
    }
    return TypedText.of(flag, text, type instanceof Class<?> plain ? plain : Object.class);
  }

  /** Whether this value, or a part of it, is the one that was refused. */
  boolean holds(String refused) {
    return Stream.concat(Stream.of(text), parts()).anyMatch(each -> same(each, refused));
  }

  private Stream<String> parts() {
    return Arrays.stream(text.split(",", -1)).map(String::strip);
  }

  /** Whether a text is the value in a message: a number may be written otherwise there. */
  private static boolean same(String text, String refused) {
    try {
      return Double.valueOf(text).equals(Double.valueOf(refused));
    } catch (NumberFormatException e) {
      return text.equals(refused) || TypedText.quoted(text).equals(refused);
    }
  }
}
