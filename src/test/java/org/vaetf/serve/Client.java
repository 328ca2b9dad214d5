package org.vaetf.serve;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vaetf.base.Samples;

/** Asks a server as a client of TensorFlow Serving does. */
record Client(URI model) {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Client of(ModelServer server) {
    return new Client(server.address());
  }

  CompletableFuture<HttpResponse<String>> sendLater(
      String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("/") ? root() + path : model + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String body) throws Exception {
    return sendLater(method, path, body.getBytes(StandardCharsets.UTF_8)).get();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  CompletableFuture<HttpResponse<String>> predictLater(String body) {
    return sendLater("POST", ":predict", body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> predict(String body) throws Exception {
    return predictLater(body).get();
  }

  /** The answer to a request that must be answered. */
  JsonNode answer(String body) throws Exception {
    return read(predict(body));
  }

  static JsonNode read(HttpResponse<String> response) throws Exception {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** What a refused request is told. */
  static String error(HttpResponse<String> response) throws Exception {
    JsonNode body = JSON.readTree(response.body());
    if (body.size() != 1) {
      throw new AssertionError(response.body());
    }
    return body.get("error").textValue();
  }

  private String root() {
    return "http://" + model.getAuthority();
  }

  /** Rows as nested lists. */
  static String rows(Samples x) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < x.rows(); i++) {
      rows.add(row(x, i));
    }
    return rows.toString();
  }

  /** One row as nested lists. */
  static String row(Samples x, int row) {
    return nested(x.row(row), x.shape().dimensions(), 0, new int[1]);
  }

  private static String nested(float[] values, List<Integer> sizes, int level, int[] at) {
    if (level == sizes.size()) {
      return Float.toString(values[at[0]++]);
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < sizes.get(level); i++) {
      parts.add(nested(values, sizes, level + 1, at));
    }
    return parts.toString();
  }

  /** All numbers of nested lists, in order. */
  static float[] floats(JsonNode node) {
    List<Float> values = new ArrayList<>();
    collect(node, values);
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(inner -> collect(inner, into));
    } else {
      if (!node.isNumber()) {
        throw new AssertionError("no number: " + node);
      }
      into.add((float) node.doubleValue());
    }
  }

  /** The sizes of nested lists. */
  static List<Integer> sizes(JsonNode node) {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode at = node; at.isArray(); at = at.get(0)) {
      sizes.add(at.size());
    }
    return sizes;
  }
}
