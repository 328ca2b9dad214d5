package org.vaetf.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** The file of cases that Java and Python check each other with: {@code tools/interop/cases.py}. */
final class Cases {
  private final Map<String, List<Map<String, Object>>> bySignature = new LinkedHashMap<>();

  /** Adds a call and what came of it, tensors by name. */
  void add(String signature, Map<String, Object> inputs, Map<String, Object> outputs) {
    bySignature
        .computeIfAbsent(signature, name -> new ArrayList<>())
        .add(Map.of("inputs", inputs, "outputs", outputs));
  }

  void writeTo(Path file) throws IOException {
    Files.writeString(file, Json.writeLine(bySignature));
  }

  static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  static Object rows(Samples samples) {
    List<Integer> shape = new ArrayList<>(List.of(samples.rows()));
    shape.addAll(samples.shape().dimensions());
    return tensor("float32", shape, samples.values());
  }

  static Object row(float[] values) {
    return tensor("float32", List.of(values.length), values);
  }

  static Object int32(int value) {
    return tensor("int32", List.of(), new int[] {value});
  }

  static Object int64(long value) {
    return tensor("int64", List.of(), new long[] {value});
  }

  static Object pair(long... values) {
    return tensor("int64", List.of(values.length), values);
  }

  private static Object tensor(String type, List<Integer> shape, Object values) {
    return Map.of("dtype", type, "shape", shape, "values", values);
  }

  /** The rows of a tensor's entry. */
  static Samples samples(JsonNode tensor) {
    int[] shape = new int[tensor.get("shape").size() - 1];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.get("shape").get(i + 1).intValue();
    }
    return new Samples(RowShape.of(shape), floats(tensor));
  }

  /** The values of a tensor's entry. */
  static float[] floats(JsonNode tensor) {
    float[] values = new float[tensor.get("values").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(tensor.get("values").get(i).asText());
    }
    return values;
  }
}
