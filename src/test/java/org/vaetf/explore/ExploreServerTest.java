package org.vaetf.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.Shapes;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;
import org.vaetf.latent.LatentPath;
import org.vaetf.testing.Frozen;
import org.vaetf.testing.OneLine;

/** Every answer is the library's own for the same question; every wrong question is refused. */
class ExploreServerTest {
  private static final int ROWS = 60;
  private static final int SIDE = 8;

  @TempDir static Path folder;

  private static SavedModelVae vae;
  private static DataSet data;
  private static ExploreServer server;
  private static Client client;
  private static final List<String> FAULTS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    vae = SavedModelVae.load(Frozen.model("dense", folder.resolve("model")));
    data = Shapes.parse("shapes:count=" + ROWS + ",size=" + SIDE);
    server = ExploreServer.start(Explorer.of(vae, data), "127.0.0.1", 0, FAULTS::add);
    client = new Client(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
    server.close();
    assertThrows(ConnectException.class, () -> client.get("/api/model"));
    vae.close();
    data.close();
    assertEquals(List.of(), FAULTS);
  }

  private static byte[] greys(Samples x) {
    return GreyLevels.bytes(x, DataSet.Encoding.BYTES);
  }

  private static byte[] base64(Map<?, ?> answer, String key) {
    return Base64.getDecoder().decode((String) answer.get(key));
  }

  private static double[] doubles(Object list) {
    return ((List<?>) list).stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  @Test
  void theModelIsDescribed() throws Exception {
    Map<?, ?> model = Json.read("model", Client.text(client.get("/api/model")), Map.class);
    assertEquals(List.of(SIDE, SIDE, 1), model.get("shape"));
    assertEquals(2, model.get("latent"));
    assertEquals("unit", model.get("scaling"));
    assertEquals(false, model.get("conditional"));
    assertEquals(ROWS, model.get("points"));
    // By hand: ½ (μ² + σ² − 1 − log σ²), the mean over the rows.
    Encoding posterior = vae.encode(data.slice(0, ROWS));
    double[] kl = new double[2];
    for (int i = 0; i < 2 * ROWS; i++) {
      double mean = posterior.mean().values()[i];
      double logVariance = posterior.logVariance().values()[i];
      kl[i % 2] += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2 / ROWS;
    }
    List<?> dimensions = (List<?>) model.get("dimensions");
    Map<?, ?> first = (Map<?, ?>) dimensions.get(0);
    Map<?, ?> second = (Map<?, ?>) dimensions.get(1);
    assertNear(
        kl[(Integer) first.get("index")], (Double) first.get("klNats"), 1e-5, "KL of the first");
    assertNear(
        kl[(Integer) second.get("index")], (Double) second.get("klNats"), 1e-5, "of the second");
    assertTrue((Double) first.get("klNats") >= (Double) second.get("klNats"));
    assertArrayEquals(new double[] {1, 0}, doubles(((Map<?, ?>) model.get("plane")).get("across")));
  }

  @Test
  void thePointsAreThePosteriorMeansWithTheirLabels() throws Exception {
    Map<?, ?> points = Json.read("points", Client.text(client.get("/api/points")), Map.class);
    List<?> means = (List<?>) points.get("means");
    assertEquals(ROWS, means.size());
    float[] expected = vae.encode(data.slice(0, ROWS)).mean().values();
    for (int row = 0; row < ROWS; row++) {
      double[] mean = doubles(means.get(row));
      assertNear(new double[] {expected[2 * row], expected[2 * row + 1]}, mean, 1e-5, "mean");
    }
    assertArrayEquals(
        data.labels().orElseThrow(),
        ((List<?>) points.get("labels")).stream().mapToInt(label -> (Integer) label).toArray());
    assertEquals(data.classes(), points.get("classes"));
  }

  @Test
  void decodeGivesThePictureOfAPoint() throws Exception {
    byte[] picture = client.bytes("/api/decode", Map.of("z", new float[] {0.5f, -1.25f}));
    Samples z = new Samples(RowShape.of(2), new float[] {0.5f, -1.25f});
    assertArrayEquals(greys(vae.decode(z)), picture);
  }

  @Test
  void encodeGivesPosteriorReconstructionEvidenceAndNeighbours() throws Exception {
    Samples x = data.slice(7, 8);
    Map<?, ?> answer =
        client.json("/api/encode", Map.of("pixels", x.values().clone(), "neighbours", 3));
    Encoding posterior = vae.encode(x);
    assertNear(
        new double[] {posterior.mean().values()[0], posterior.mean().values()[1]},
        doubles(answer.get("mean")),
        1e-6,
        "mean");
    assertNear(
        IntStream.range(0, 2)
            .mapToDouble(i -> Math.exp(posterior.logVariance().values()[i] / 2.0))
            .toArray(),
        doubles(answer.get("deviation")),
        1e-6,
        "deviation");
    assertArrayEquals(greys(vae.reconstruct(x)), base64(answer, "reconstruction"));
    Scores scores = vae.score(x, 64, 0);
    Map<?, ?> evidence = (Map<?, ?>) answer.get("evidence");
    assertNear(scores.elbo()[0], (Double) evidence.get("elbo"), 1e-6, "ELBO");
    assertNear(
        scores.reconstruction()[0],
        (Double) evidence.get("reconstruction"),
        1e-6,
        "reconstruction");
    assertNear(scores.kl()[0], (Double) evidence.get("kl"), 1e-6, "KL");
    assertNear(
        scores.logLikelihood()[0], (Double) evidence.get("logLikelihood"), 1e-6, "log-likelihood");
    assertNeighbours((List<?>) answer.get("neighbours"), base64(answer, "pictures"));
  }

  /** Of row 7: itself, then the two whose means are nearest, by a plain search. */
  private static void assertNeighbours(List<?> found, byte[] pictures) {
    Samples means = vae.encode(data.slice(0, ROWS)).mean();
    double[] distances =
        IntStream.range(0, ROWS)
            .mapToDouble(
                row ->
                    Math.hypot(
                        means.row(row)[0] - means.row(7)[0], means.row(row)[1] - means.row(7)[1]))
            .toArray();
    double[] sorted = IntStream.range(0, ROWS).mapToDouble(i -> distances[i]).sorted().toArray();
    assertEquals(3, found.size());
    for (int i = 0; i < 3; i++) {
      Map<?, ?> neighbour = (Map<?, ?>) found.get(i);
      int point = (Integer) neighbour.get("point");
      assertNear(sorted[i], (Double) neighbour.get("distance"), 1e-5, "distance");
      assertNear(distances[point], (Double) neighbour.get("distance"), 1e-5, "of this point");
      byte[] picture = Arrays.copyOfRange(pictures, i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
      assertArrayEquals(greys(data.slice(point, point + 1)), picture);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "spherical"})
  void interpolateGivesThePath(String method) throws Exception {
    float[] from = {1, 0.5f};
    float[] to = {-0.5f, 2};
    Map<?, ?> answer =
        client.json(
            "/api/interpolate", Map.of("from", from, "to", to, "steps", 5, "method", method));
    Samples path = LatentPath.valueOf(method.toUpperCase(Locale.ROOT)).points(from, to, 5);
    List<?> z = (List<?>) answer.get("z");
    assertEquals(5, z.size());
    for (int i = 0; i < 5; i++) {
      assertNear(
          new double[] {path.row(i)[0], path.row(i)[1]}, doubles(z.get(i)), 1e-6, "step " + i);
    }
    assertArrayEquals(greys(vae.decode(path)), base64(answer, "pictures"));
  }

  @Test
  void samplesAreTheLibrarysForTheSameSeed() throws Exception {
    Map<?, ?> answer = client.json("/api/sample", Map.of("seed", 7, "count", 6, "temperature", 1));
    assertArrayEquals(greys(vae.sample(6, 7).x()), base64(answer, "pictures"));
  }

  @Test
  void temperatureScalesThePoints() throws Exception {
    Samples z = vae.points(2, 7, 0);
    Map<?, ?> answer =
        client.json("/api/sample", Map.of("seed", 7, "count", 2, "temperature", 0.5));
    assertNear(
        new double[] {z.values()[0] / 2, z.values()[1] / 2},
        doubles(((List<?>) answer.get("z")).get(0)),
        1e-6,
        "half as far");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          decode      | {"z":[1]}                    | length of z is 1; expected 2, as the model has latent dimensions
          decode      | {"z":[1,2,3]}                | length of z is 3; expected 2, as the model has latent dimensions
          decode      | {"z":[1,"NaN"]}              | request:1:15: z[1] is NaN; expected a finite number
          decode      | {"z":[1e39,0]}               | request:1:14: z[0] is Infinity; expected a finite number
          decode      | {"z":[1,NaN]}                | request:1:12: key 'z.1': Non-standard token 'NaN'…
          decode      | {"z":[1,2]                   | request:1:11: is not JSON…
          decode      | {}                           | request:1:2: z is missing; expected a value
          decode      | {"z":[1,2],"label":0}        | label is 0; expected none: this model is not conditional
          decode      | {"z":[1,2],"lable":0}        | request:1:12: unknown key 'lable'…
          decode      | []                           | request:1:1: is a list; expected an object…
          encode      | {"pixels":[0],"neighbours":1} | number of pixels is 1; expected 64, as a picture of shape [8, 8, 1] has
          encode      | {"pixels":[256],"neighbours":1} | request:1:31: pixels[0] is 256.0; expected a grey level of 0 to 255
          interpolate | {"from":[0,0],"to":[0],"steps":2,"method":"linear"} | length of to is 1; expected 2, as the model has latent dimensions
          interpolate | {"from":[0,0],"to":[1,1],"steps":65,"method":"linear"} | request:1:54: steps is 65; expected a whole number from 2 to 64
          interpolate | {"from":[0,0],"to":[1,1],"steps":2,"method":"bent"} | request:1:45: key 'method': …
          sample      | {"seed":1,"count":401,"temperature":1} | request:1:38: count is 401; expected a whole number from 1 to 400
          sample      | {"seed":1,"count":1,"temperature":-1} | request:1:37: temperature is -1.0; expected a number from 0 to 10
          sample      | {"seed":1.5,"count":1,"temperature":1} | request:1:9: key 'seed': …
          """)
  void badRequestsGetOneLine(String path, String body, String line) throws Exception {
    HttpResponse<byte[]> answer = client.post("/api/" + path, body);
    assertEquals(400, answer.statusCode(), Client.text(answer));
    OneLine.assertBegins(line, error(answer));
  }

  private static String error(HttpResponse<byte[]> answer) throws Exception {
    Map<?, ?> said = Json.read("answer", Client.text(answer), Map.class);
    assertEquals(Set.of("error"), said.keySet());
    return (String) said.get("error");
  }

  @Test
  void textThatIsNoUtf8IsRefused() throws Exception {
    byte[] body = {'{', '"', (byte) 0xff, '"', '}'};
    HttpResponse<byte[]> answer =
        client.send("POST", "/api/decode", body, Access.HEADER, client.token());
    assertEquals(400, answer.statusCode());
    assertEquals("request: is not JSON: it is not UTF-8", error(answer));
  }

  @Test
  void aHugeRequestIsRefused() throws Exception {
    HttpResponse<byte[]> answer = client.post("/api/decode", " ".repeat(70_000));
    assertEquals(413, answer.statusCode());
    assertTrue(error(answer).startsWith("the request is too long; expected at most "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api",
        "/api/",
        "/api/decode/",
        "/explore.css/",
        "/../pom.xml",
        "/%2e%2e/pom.xml",
        "/..%2fpom.xml",
        "/api/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/Explorer.class",
        "/%00"
      })
  void noOtherPathIsThere(String path) throws Exception {
    String answer = raw("GET", path, "127.0.0.1", Access.HEADER + ": " + client.token());
    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
    assertTrue(answer.endsWith("{\"error\":\"no such path\"}"), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/api/decode,POST",
    "GET,/api/decode,POST",
    "POST,/api/model,GET",
    "DELETE,/,GET",
    "HEAD,/explore.js,GET"
  })
  void anotherMethodIsRefused(String method, String path, String allowed) throws Exception {
    String answer = raw(method, path, "localhost", Access.HEADER + ": " + client.token());
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertTrue(answer.contains("Allow: " + allowed + "\r\n"), answer);
  }

  @Test
  void everythingThatTellsOfTheModelNeedsTheToken() throws Exception {
    String close = client.token().substring(1) + "0";
    for (String path : List.of("/", "/api/model", "/api/points", "/api/decode", "/nothing")) {
      for (String query : List.of("", "?token=", "?token=" + close, "?tok=" + client.token())) {
        HttpResponse<byte[]> answer = client.send("GET", path + query, new byte[0]);
        assertEquals(403, answer.statusCode(), path + query);
        assertFalse(Client.text(answer).contains(client.token()));
      }
    }
    HttpResponse<byte[]> wrong =
        client.send("GET", "/?token=" + client.token(), new byte[0], Access.HEADER, close);
    assertEquals(403, wrong.statusCode());
    assertEquals(
        200,
        client.send("GET", "/api/model?x=1&token=" + client.token(), new byte[0]).statusCode());
    assertTrue(client.token().matches("[0-9a-f]{32}"));
    try (ExploreServer other = ExploreServer.start(Explorer.of(vae), "localhost", 0, FAULTS::add)) {
      assertNotEquals(client.token(), new Client(other.address()).token());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,200",
    "127.0.0.1:99,200",
    "LOCALHOST,200",
    "evil.example,421",
    "127.0.0.1.evil.example,421",
    "10.0.0.1,421",
    "[::1],421",
    "'',421"
  })
  void onlyItsOwnNamesAreAnswered(String host, int status) throws Exception {
    String answer = raw("GET", "/?token=" + client.token(), host, "X: y");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void everyAnswerIsGuarded() throws Exception {
    for (String path : List.of("/?token=" + client.token(), "/explore.js", "/none", "/api/model")) {
      HttpResponse<byte[]> answer = client.get(path);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertFalse(policy.contains("unsafe") || policy.contains("http"), policy);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
      assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElseThrow());
      assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    }
    String page = Client.text(client.get("/"));
    assertFalse(page.contains("://"), "nothing from elsewhere");
    assertFalse(page.contains("style=") || page.matches("(?s).*\\son\\w+=.*"), "nothing inline");
  }

  @Test
  void manyClientsGetTheirOwnAnswers() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(12);
    List<Future<?>> all = new ArrayList<>();
    for (int c = 0; c < 12; c++) {
      float value = c / 4f - 1.5f;
      byte[] expected = greys(vae.decode(new Samples(RowShape.of(2), new float[] {value, -value})));
      all.add(
          clients.submit(
              () -> {
                for (int i = 0; i < 20; i++) {
                  assertArrayEquals(
                      expected,
                      client.bytes("/api/decode", Map.of("z", new float[] {value, -value})));
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    clients.shutdown();
  }

  @Test
  void aPortThatIsTakenIsOneLine() {
    int port = server.address().getPort();
    VaeException taken =
        assertThrows(
            VaeException.class,
            () -> ExploreServer.start(Explorer.of(vae), "127.0.0.1", port, FAULTS::add));
    assertTrue(
        taken.getMessage().startsWith("cannot listen on port " + port + " of 127.0.0.1 ("),
        taken.getMessage());
    OneLine.ofConfig(
        () -> ExploreServer.start(Explorer.of(vae), "no.such.host.invalid", 0, FAULTS::add),
        "host is 'no.such.host.invalid'; expected a name or address of this machine");
  }

  /** A request as it is written, which Java's own client would not send. */
  private static String raw(String method, String path, String host, String header)
      throws Exception {
    try (Socket socket =
        new Socket(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\n"
              + header
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
