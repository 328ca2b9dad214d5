package org.vaetf.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vaetf.base.RowShape;
import org.vaetf.http.Refusal;

/**
 * Gathers a tensor of a known shape of rows out of nested lists. Names the place of what does not
 * fit, as {@code x[3][0]}.
 */
final class NumberReader {
  private static final int FIRST = 1024;

  private final String name;
  private final List<Integer> sizes;
  private final List<Integer> place = new ArrayList<>();
  private float[] values = new float[FIRST];
  private int length;

  NumberReader(String name, RowShape shape) {
    this.name = name;
    this.sizes = shape.dimensions();
  }

  /** Reads one row; the parser stands at its first token. */
  void row(JsonParser in) throws IOException {
    read(in, 0);
  }

  /** Reads a list of rows; the parser stands at its beginning. */
  void rows(JsonParser in) throws IOException {
    requireList(in, "a list of rows of shape " + sizes);
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      place.add(i);
      read(in, 0);
      place.remove(place.size() - 1);
    }
  }

  float[] values() {
    return Arrays.copyOf(values, length);
  }

  private void read(JsonParser in, int level) throws IOException {
    if (level == sizes.size()) {
      add(number(in));
      return;
    }
    int size = sizes.get(level);
    String expected = "a list of " + size + (size == 1 ? " value" : " values");
    requireList(in, expected);
    int found = 0;
    for (; in.nextToken() != JsonToken.END_ARRAY; found++) {
      if (found == size) {
        throw refuse("more values", expected);
      }
      place.add(found);
      read(in, level + 1);
      place.remove(place.size() - 1);
    }
    if (found < size) {
      throw refuse(found + (found == 1 ? " value" : " values"), expected);
    }
  }

  private float number(JsonParser in) throws IOException {
    if (!in.currentToken().isNumeric()) {
      throw refuse(JsonKind.of(in), "a number");
    }
    float value = in.getFloatValue();
    if (Float.isInfinite(value) && !in.isNaN()) {
      throw refuse(in.getText(), "a number that float32 can hold, or Infinity");
    }
    return value;
  }

  private void requireList(JsonParser in, String expected) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw refuse(JsonKind.of(in), expected);
    }
  }

  private Refusal refuse(String found, String expected) {
    StringBuilder where = new StringBuilder(name);
    place.forEach(index -> where.append('[').append(index).append(']'));
    return new Refusal(400, where + " is " + found + "; expected " + expected);
  }

  private void add(float value) {
    if (length == values.length) {
      values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 2L * length));
    }
    values[length++] = value;
  }
}
