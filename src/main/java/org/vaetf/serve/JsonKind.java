package org.vaetf.serve;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** What stands in a request, in words. */
final class JsonKind {
  private static final int LONGEST = 40;

  private JsonKind() {}

  static String of(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "the text '" + shortened(in.getText()) + "'";
      default -> shortened(in.getText());
    };
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
