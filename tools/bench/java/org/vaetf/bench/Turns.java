package org.vaetf.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import org.vaetf.base.Json;

/** The conversation with the driver: a JSON object a line. */
final class Turns {
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  void say(Map<String, ?> answer) {
    System.out.println(Json.writeLine(answer));
    System.out.flush();
  }

  /** Waits for the next turn. */
  OptionalDouble seconds() {
    try {
      String line = input.readLine();
      return line == null
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              ((Number) Json.read("turn", line, Map.class).get("seconds")).doubleValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
