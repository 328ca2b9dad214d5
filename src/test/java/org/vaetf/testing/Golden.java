package org.vaetf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.vaetf.tf.Array;

/** Numbers that a script under {@code tools/golden} wrote. */
public final class Golden {
  private Golden() {}

  /** The file of a script. */
  public static JsonNode read(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      if (file == null) {
        throw new IllegalStateException("no golden file " + name);
      }
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All numbers of nested lists, row after row. */
  public static double[] doubles(JsonNode node) {
    List<Double> values = new ArrayList<>();
    collect(node, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The same in single precision. */
  public static float[] floats(JsonNode node) {
    double[] values = doubles(node);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Nested lists as an array of their shape. */
  public static Array array(JsonNode node) {
    List<Long> shape = new ArrayList<>();
    for (JsonNode level = node; level.isArray(); level = level.get(0)) {
      shape.add((long) level.size());
    }
    return new Array(shape.stream().mapToLong(Long::longValue).toArray(), floats(node));
  }

  private static void collect(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, values));
    } else {
      values.add(node.doubleValue());
    }
  }
}
