package org.vaetf.explore;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.vaetf.base.Json;

/** Asks a server as the page does. */
record Client(URI address) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  String token() {
    return address.getQuery().replace("token=", "");
  }

  /** An answer of any kind, without the token. */
  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** An answer to a text, with the token. */
  HttpResponse<byte[]> post(String path, String body) throws Exception {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), Access.HEADER, token());
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return send("GET", path, new byte[0], Access.HEADER, token());
  }

  /** The bytes that a request gives. */
  byte[] bytes(String path, Object body) throws Exception {
    HttpResponse<byte[]> answer = post(path, Json.writeLine(body));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + text(answer));
    }
    return answer.body();
  }

  /** The JSON that a request gives. */
  Map<?, ?> json(String path, Object body) throws Exception {
    return Json.read(path, new String(bytes(path, body), StandardCharsets.UTF_8), Map.class);
  }

  static String text(HttpResponse<byte[]> answer) throws Exception {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
