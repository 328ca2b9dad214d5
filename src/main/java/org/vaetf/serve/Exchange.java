package org.vaetf.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.http.Listening;
import org.vaetf.http.Refusal;

/** One request and its answer. */
final class Exchange {
  static final String JSON = "application/json";
  static final String TEXT = "text/plain; charset=utf-8";

  /** Read and thrown away of a body that is too long, so that the client comes to the answer. */
  private static final long MOST_DRAINED = 256L << 20;

  private static final int BUFFER = 1 << 16;

  private final HttpExchange http;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  String path() {
    return String.valueOf(http.getRequestURI().getPath());
  }

  void requireMethod(String method) {
    String given = http.getRequestMethod();
    if (!given.equals(method) && !(given.equals("HEAD") && method.equals("GET"))) {
      http.getResponseHeaders().set("Allow", method);
      throw new Refusal(405, "the method is " + given + "; expected " + method);
    }
  }

  /** The body, unpacked where it is packed. */
  byte[] body(int most) throws IOException {
    String encoding = String.valueOf(http.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = http.getRequestBody()) {
      InputStream in =
          switch (encoding) {
            case "null", "identity" -> raw;
            case "gzip" -> new GZIPInputStream(raw, BUFFER);
            default ->
                throw new Refusal(
                    415, "Content-Encoding is '" + encoding + "'; expected gzip, or none");
          };
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        drain(raw);
        throw new Refusal(
            413, "the body has more than " + most + " bytes; expected at most as many");
      }
      return body;
    } catch (ZipException | EOFException e) {
      throw new Refusal(400, "the body is no gzip file (" + e.getMessage() + ")");
    }
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = MOST_DRAINED;
    while (left > 0) {
      int read = in.read(buffer);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  void refuse(int status, String message) throws IOException {
    if (status == 503) {
      http.getResponseHeaders().set("Retry-After", "1");
    }
    send(status, JSON, Json.writeLine(Map.of("error", message)));
  }

  void send(int status, String type, String text) throws IOException {
    send(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  void send(int status, String type, byte[] body) throws IOException {
    Listening.send(http, status, type, body);
  }

  /** Sends the model's answer, as it is written: its length is not known before. */
  void send(Question question, List<Samples> answer) throws IOException {
    http.getResponseHeaders().set("Content-Type", JSON);
    http.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(http.getResponseBody(), BUFFER)) {
      PredictWriter.write(question, answer, out);
    }
  }

  void close() {
    http.close();
  }
}
