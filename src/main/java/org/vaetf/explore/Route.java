package org.vaetf.explore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vaetf.base.Json;
import org.vaetf.http.Refusal;

/**
 * A path of the API.
 *
 * @param method GET or POST
 * @param type of what it answers
 * @param work from the body to the answer
 */
record Route(String method, String type, Function<byte[], byte[]> work) {
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  /** Every path. */
  static Map<String, Route> all(Explorer explorer) {
    return Map.of(
        "/api/model",
        get(explorer::model),
        "/api/points",
        get(explorer::map),
        "/api/decode",
        new Route("POST", BYTES, body -> explorer.decode(read(body, Requests.Decode.class))),
        "/api/encode",
        post(Requests.Encode.class, explorer::encode),
        "/api/interpolate",
        post(Requests.Interpolate.class, explorer::interpolate),
        "/api/sample",
        post(Requests.Sample.class, explorer::sample));
  }

  private static Route get(Supplier<Object> answer) {
    return new Route("GET", JSON, body -> json(answer.get()));
  }

  private static <T> Route post(Class<T> request, Function<T, Object> answer) {
    return new Route("POST", JSON, body -> json(answer.apply(read(body, request))));
  }

  private static <T> T read(byte[] body, Class<T> request) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return Json.read("request", text, request);
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "request: is not JSON: it is not UTF-8");
    }
  }

  static byte[] json(Object answer) {
    return Json.writeLine(answer).getBytes(StandardCharsets.UTF_8);
  }
}
