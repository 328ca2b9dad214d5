package org.vaetf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.export.Encoding;
import org.vaetf.export.Generated;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;

/** The file of cases that Java and Python check each other with: {@code tools/interop/cases.py}. */
final class Cases {
  private static final double TOLERANCE = 1e-5;

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

  /** What a signature is called with, and the rows' labels if they have any. */
  static Map<String, Object> inputs(Batch rows, Map<String, Object> others) {
    return rows.labels()
        .map(
            labels -> and(others, Map.of("label", tensor("int64", List.of(labels.length), labels))))
        .orElse(others);
  }

  /** Both. */
  static Map<String, Object> and(Map<String, Object> some, Map<String, Object> others) {
    Map<String, Object> all = new LinkedHashMap<>(some);
    all.putAll(others);
    return all;
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

  /** Calls every signature of the file and compares what comes. */
  static void check(JsonNode cases, ScaledVae vae) {
    for (JsonNode encode : cases.get("encode")) {
      Encoding encoding = vae.encode(batch(encode, "x"));
      assertSame(encode, "mean", encoding.mean());
      assertSame(encode, "log_variance", encoding.logVariance());
    }
    for (JsonNode decode : cases.get("decode")) {
      assertSame(decode, "x", vae.decode(batch(decode, "z")));
    }
    for (JsonNode reconstruct : cases.get("reconstruct")) {
      assertSame(reconstruct, "reconstruction", vae.reconstruct(batch(reconstruct, "x")));
    }
    for (JsonNode sample : cases.get("sample")) {
      Generated generated =
          labels(sample)
              .map(labels -> vae.sample(labels, seed(sample)))
              .orElseGet(() -> vae.sample(whole(sample, "count"), seed(sample)));
      assertSame(sample, "x", generated.x());
      assertSame(sample, "z", generated.z());
    }
    for (JsonNode score : cases.get("score")) {
      Scores scores = vae.score(batch(score, "x"), whole(score, "samples"), seed(score));
      assertSame(score, "elbo", scores.elbo());
      assertSame(score, "reconstruction", scores.reconstruction());
      assertSame(score, "kl", scores.kl());
      assertSame(score, "log_likelihood", scores.logLikelihood());
    }
  }

  private static JsonNode input(JsonNode call, String name) {
    return call.get("inputs").get(name);
  }

  private static Batch batch(JsonNode call, String name) {
    return new Batch(samples(input(call, name)), labels(call));
  }

  private static Optional<int[]> labels(JsonNode call) {
    return Optional.ofNullable(input(call, "label"))
        .map(
            tensor ->
                StreamSupport.stream(tensor.get("values").spliterator(), false)
                    .mapToInt(JsonNode::intValue)
                    .toArray());
  }

  private static int whole(JsonNode call, String name) {
    return input(call, name).get("values").get(0).intValue();
  }

  private static long[] seed(JsonNode call) {
    JsonNode values = input(call, "seed").get("values");
    return new long[] {values.get(0).longValue(), values.get(1).longValue()};
  }

  private static void assertSame(JsonNode golden, String name, Samples found) {
    Samples expected = samples(golden.get("outputs").get(name));
    assertEquals(expected.shape(), found.shape(), name);
    assertSame(golden, name, found.values());
  }

  /** Within the tolerance; an autoencoder's log-variance is minus infinity, and that exactly. */
  private static void assertSame(JsonNode golden, String name, float[] found) {
    float[] expected = floats(golden.get("outputs").get(name));
    assertEquals(expected.length, found.length, name);
    for (int i = 0; i < found.length; i++) {
      if (Float.isInfinite(expected[i])) {
        assertEquals(expected[i], found[i], name);
      } else {
        assertNear(expected[i], found[i], TOLERANCE, name);
      }
    }
  }
}
