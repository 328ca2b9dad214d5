package org.vaetf.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.export.Encoding;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;

/** Every answer is the library's own to the bit, in TensorFlow Serving's form. */
class ModelServerTest {
  private static final TinyModel PLAIN = TinyModel.preset("vae");
  private static final TinyModel LABELLED = TinyModel.preset("cvae");
  private static final int ROWS = 3;
  private static final int MAX_BODY = 20_000;

  @TempDir static Path folder;

  private static final List<String> FAULTS = new ArrayList<>();
  private static SavedModelVae plain;
  private static SavedModelVae labelled;
  private static ModelServer plainServer;
  private static ModelServer labelledServer;
  private static Client client;
  private static Client conditional;

  @BeforeAll
  static void start() {
    Path model = PLAIN.export(folder.resolve("tiny/7"), PLAIN.weights(1));
    plain = SavedModelVae.load(model);
    labelled = SavedModelVae.load(LABELLED.export(folder.resolve("labelled"), LABELLED.weights(2)));
    ServeConfig config = ServeConfig.of(model).withAddress("127.0.0.1", 0);
    plainServer =
        ModelServer.start(plain, config.withLimits(config.queue(), MAX_BODY), FAULTS::add);
    labelledServer =
        ModelServer.start(
            labelled,
            ServeConfig.of(folder.resolve("labelled")).withAddress("127.0.0.1", 0),
            FAULTS::add);
    client = Client.of(plainServer);
    conditional = Client.of(labelledServer);
  }

  @AfterAll
  static void stop() {
    plainServer.close();
    plainServer.close();
    labelledServer.close();
    ExecutionException gone = assertThrows(ExecutionException.class, () -> client.get("/healthz"));
    assertEquals(ConnectException.class, gone.getCause().getClass());
    plain.close();
    labelled.close();
    assertEquals(List.of(), FAULTS);
  }

  private static void assertRows(Samples expected, JsonNode found) {
    List<Integer> sizes = new ArrayList<>(List.of(expected.rows()));
    sizes.addAll(expected.shape().dimensions());
    assertEquals(sizes, Client.sizes(found));
    assertArrayEquals(expected.values(), Client.floats(found));
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The column of a row-form answer. */
  private static JsonNode column(JsonNode predictions, String name) {
    var column = Client.JSON.createArrayNode();
    predictions.forEach(row -> column.add(row.get(name)));
    return column;
  }

  @Test
  void oneInputAndOneOutputHaveNoNames() throws Exception {
    Samples x = PLAIN.data(ROWS, 1);
    Samples expected = plain.scaled().reconstruct(x);
    JsonNode byRow = client.answer("{\"instances\": " + Client.rows(x) + "}");
    assertEquals(List.of("predictions"), keys(byRow));
    assertRows(expected, byRow.get("predictions"));
    for (String name : List.of("reconstruct", "serving_default", "")) {
      JsonNode byColumn =
          client.answer(
              "{\"inputs\": " + Client.rows(x) + ", \"signature_name\": \"" + name + "\"}");
      assertEquals(List.of("outputs"), keys(byColumn));
      assertRows(expected, byColumn.get("outputs"));
    }
    Samples z = PLAIN.points(ROWS, 2);
    JsonNode decoded =
        client.answer(
            "{\"signature_name\": \"decode\", \"inputs\": {\"z\": " + Client.rows(z) + "}}");
    assertRows(plain.scaled().decode(z), decoded.get("outputs"));
    JsonNode named =
        client.answer(
            "{\"signature_name\": \"decode\", \"instances\": [{\"z\": "
                + Client.row(z, 0)
                + "}], \"other\": [{}]}");
    assertRows(plain.scaled().decode(z.slice(0, 1)), named.get("predictions"));
  }

  @Test
  void severalOutputsHaveTheirNames() throws Exception {
    Samples x = PLAIN.data(ROWS, 3);
    Encoding expected = plain.scaled().encode(x);
    JsonNode byRow =
        client
            .answer("{\"signature_name\": \"encode\", \"instances\": " + Client.rows(x) + "}")
            .get("predictions");
    assertEquals(List.of("mean", "log_variance"), keys(byRow.get(0)));
    assertRows(expected.mean(), column(byRow, "mean"));
    assertRows(expected.logVariance(), column(byRow, "log_variance"));
    JsonNode byColumn =
        client
            .answer("{\"signature_name\": \"encode\", \"inputs\": {\"x\": " + Client.rows(x) + "}}")
            .get("outputs");
    assertRows(expected.mean(), byColumn.get("mean"));
    assertRows(expected.logVariance(), byColumn.get("log_variance"));
  }

  @Test
  void drawsAreThoseOfTheSeed() throws Exception {
    Generated expected = plain.scaled().sample(4, new long[] {7, -1});
    JsonNode drawn =
        client
            .answer(
                "{\"signature_name\": \"sample\", \"inputs\": {\"count\": 4, \"seed\": [7, -1]}}")
            .get("outputs");
    assertEquals(List.of("x", "z"), keys(drawn));
    assertRows(expected.x(), drawn.get("x"));
    assertRows(expected.z(), drawn.get("z"));
    Samples x = PLAIN.data(ROWS, 4);
    Scores scores = plain.scaled().score(x, 5, new long[] {Long.MAX_VALUE, 3});
    JsonNode scored =
        client
            .answer(
                "{\"signature_name\": \"score\", \"inputs\": {\"samples\": 5, \"seed\":"
                    + " [9223372036854775807, 3], \"x\": "
                    + Client.rows(x)
                    + "}}")
            .get("outputs");
    assertEquals(List.of("elbo", "reconstruction", "kl", "log_likelihood"), keys(scored));
    assertArrayEquals(scores.elbo(), Client.floats(scored.get("elbo")));
    assertArrayEquals(scores.reconstruction(), Client.floats(scored.get("reconstruction")));
    assertArrayEquals(scores.kl(), Client.floats(scored.get("kl")));
    assertArrayEquals(scores.logLikelihood(), Client.floats(scored.get("log_likelihood")));
  }

  @Test
  void labelsGoWithTheRowsOfAConditionalModel() throws Exception {
    ScaledVae vae = labelled.scaled();
    Samples z = LABELLED.points(ROWS, 5);
    Samples expected = vae.decode(Batch.of(z, 2, 0, 1));
    JsonNode byColumn =
        conditional.answer(
            "{\"signature_name\": \"decode\", \"inputs\": {\"label\": [2, 0, 1], \"z\": "
                + Client.rows(z)
                + "}}");
    assertRows(expected, byColumn.get("outputs"));
    JsonNode byRow =
        conditional.answer(
            "{\"signature_name\": \"decode\", \"instances\": [{\"label\": 2, \"z\": "
                + Client.row(z, 0)
                + "}, {\"z\": "
                + Client.row(z, 1)
                + ", \"label\": 0}]}");
    assertRows(vae.decode(Batch.of(z.slice(0, 2), 2, 0)), byRow.get("predictions"));
    JsonNode drawn =
        conditional
            .answer(
                "{\"signature_name\": \"sample\", \"inputs\": {\"count\": 2, \"seed\": [1, 0],"
                    + " \"label\": [1, 2]}}")
            .get("outputs");
    assertRows(vae.sample(new int[] {1, 2}, new long[] {1, 0}).x(), drawn.get("x"));
    Samples x = LABELLED.data(2, 6);
    JsonNode scored =
        conditional
            .answer(
                "{\"signature_name\": \"score\", \"inputs\": {\"samples\": 2, \"seed\": [1, 0],"
                    + " \"label\": [1, 2], \"x\": "
                    + Client.rows(x)
                    + "}}")
            .get("outputs");
    assertArrayEquals(
        vae.score(Batch.of(x, 1, 2), 2, new long[] {1, 0}).elbo(),
        Client.floats(scored.get("elbo")));
  }

  @Test
  void whatIsNoNumberIsWrittenAsThere() throws Exception {
    String zeros = Client.row(new Samples(PLAIN.shape(), new float[PLAIN.shape().size()]), 0);
    String broken = zeros.replaceFirst("0\\.0", "NaN");
    HttpResponse<String> answer = client.predict("{\"instances\": [" + broken + "]}");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("[NaN,NaN]"), answer.body());
    String infinite = zeros.replaceFirst("0\\.0", "-Infinity");
    assertEquals(200, client.predict("{\"instances\": [" + infinite + "]}").statusCode());
  }

  @Test
  void statusIsThatOfTensorFlowServing() throws Exception {
    String expected =
        "{\"model_version_status\":[{\"version\":\"7\",\"state\":\"AVAILABLE\","
            + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}}]}";
    HttpResponse<String> status = client.get("");
    assertEquals(expected, status.body());
    assertEquals("application/json", status.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(expected, client.get("/v1/models/tiny/versions/7").body());
    assertEquals("alive\n", client.get("/healthz").body());
    assertEquals("ready\n", client.get("/readyz").body());
    assertEquals("", client.send("HEAD", "/healthz", "").body());
  }

  @Test
  void metadataHaveEverySignatureAsInTheFile() throws Exception {
    JsonNode metadata = Client.read(client.get("/v1/models/tiny/versions/7/metadata"));
    assertEquals(
        "{\"name\":\"tiny\",\"signature_name\":\"\",\"version\":\"7\"}",
        metadata.get("model_spec").toString());
    JsonNode signatures = metadata.get("metadata").get("signature_def").get("signature_def");
    for (Signature signature : Signature.values()) {
      JsonNode found = signatures.get(signature.label());
      assertEquals("tensorflow/serving/predict", found.get("method_name").textValue());
      List<String> outputs = new ArrayList<>(signature.outputs());
      outputs.sort(null);
      assertEquals(outputs, keys(found.get("outputs")));
      List<String> inputs = new ArrayList<>(signature.numbers());
      if (!signature.rows().isEmpty()) {
        inputs.add(signature.rows());
      }
      inputs.sort(null);
      assertEquals(inputs, keys(found.get("inputs")));
    }
    assertEquals(Signature.values().length, signatures.size());
    JsonNode x = signatures.get("encode").get("inputs").get("x");
    assertEquals("DT_FLOAT", x.get("dtype").textValue());
    assertEquals(
        "{\"dim\":[{\"size\":\"-1\",\"name\":\"\"},{\"size\":\"3\",\"name\":\"\"},"
            + "{\"size\":\"5\",\"name\":\"\"},{\"size\":\"2\",\"name\":\"\"}],"
            + "\"unknown_rank\":false}",
        x.get("tensor_shape").toString());
    assertTrue(x.get("name").textValue().endsWith(":0"), x.toString());
    JsonNode sample = signatures.get("sample").get("inputs");
    assertEquals("DT_INT32", sample.get("count").get("dtype").textValue());
    assertEquals(0, sample.get("count").get("tensor_shape").get("dim").size());
    assertEquals("DT_INT64", sample.get("seed").get("dtype").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | the body is empty; expected an object with instances or inputs
          [1] | the body is a list; expected an object with instances or inputs
          {} | the body has neither instances nor inputs; expected one of them
          {"instances": [1 | the body is not JSON: …
          {"instances": [], "inputs": []} | the body has instances and inputs; expected one of them
          {"instances": []} | the request has no rows; expected at least one
          {"instances": 3} | instances is 3; expected a list of rows
          {"instances": [[1, 2]]} | x[0] is 1; expected a list of 5 values
          {"instances": [[[[1, 2], [1]]]]} | x[0][1] is 1 value; expected a list of 2 values
          {"inputs": [[[[1, 2, 3]]]]} | x[0][0][0] is more values; expected a list of 2 values
          {"inputs": [[[["a"]]]]} | x[0][0][0][0] is the text 'a'; expected a number
          {"inputs": [[[[{"b64": "AA=="}]]]]} | x[0][0][0][0] is an object; expected a number
          {"inputs": [[[[1e39]]]]} | x[0][0][0][0] is 1e39; expected a number that float32 can hold, or Infinity
          {"instances": [{"y": 1}]} | instances[0] has a key 'y'; expected x, the inputs of serving_default
          {"instances": [{}]} | instances[0] has the keys []; expected x, all of them
          {"signature_name": 3, "inputs": []} | signature_name is 3; expected a text
          {"signature_name": "encoder", "inputs": []} | signature_name is 'encoder'; expected one of: serving_default, reconstruct, encode, decode, sample, score
          {"signature_name": "sample", "instances": []} | instances are given to sample, whose inputs count and seed are no rows; expected inputs, an object
          {"signature_name": "sample", "inputs": 3} | inputs is 3; expected an object of count, seed
          {"signature_name": "sample", "inputs": {"count": 0, "seed": [1, 0]}} | count is 0; expected a whole number from 1 to 2147483647
          {"signature_name": "sample", "inputs": {"count": 1.5, "seed": [1, 0]}} | count is 1.5; expected a whole number from 1 to 2147483647
          {"signature_name": "sample", "inputs": {"count": 1, "seed": 7}} | seed is no list of two whole numbers; expected one, as in [7, 0]
          {"signature_name": "sample", "inputs": {"count": 1, "seed": [7, 0, 1]}} | seed is no list of two whole numbers; expected one, as in [7, 0]
          {"signature_name": "sample", "inputs": {"count": 1000, "seed": [7, 0]}} | the answer to 1000 rows would have 132000 bytes of numbers; expected at most 20000: ask for fewer rows at a time
          {"signature_name": "sample", "inputs": {"count": 1}} | inputs has the keys [count]; expected count, seed, all of them
          {"a": [1], "a": [1]} | the body is not JSON: Duplicate field 'a', at byte 14
          {"inputs": []} 7 | the body goes on after its object; expected one object
          """)
  void whatDoesNotFitIsRefusedInOneLine(String body, String line) throws Exception {
    HttpResponse<String> refused = client.predict(body == null ? "" : body);
    OneLine.assertBegins(line, Client.error(refused));
    assertEquals(400, refused.statusCode());
    assertEquals("application/json", refused.headers().firstValue("Content-Type").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"instances": [1]} | instances[0] is 1; expected an object of x, label
          {"signature_name": "decode", "inputs": {"z": [[1, 2, 3]], "label": [3]}} | label is 3; expected a whole number from 0 to 2
          {"signature_name": "decode", "inputs": {"z": [[1, 2, 3]], "label": 1}} | label is 1; expected a list with one for each row
          {"signature_name": "decode", "inputs": {"z": [[1, 2, 3]], "label": [1, 1]}} | label has 2 values; expected 1, one for each row
          {"signature_name": "decode", "inputs": {"z": [[1, 2, 3]]}} | inputs has the keys [z]; expected z, label, all of them
          """)
  void labelsThatDoNotFitAreRefusedInOneLine(String body, String line) throws Exception {
    HttpResponse<String> refused = conditional.predict(body);
    assertEquals(line, Client.error(refused));
    assertEquals(400, refused.statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /v1/models/other            | 404 | no model 'other' here; expected 'tiny'
          GET  | /v1/models/tiny/versions/8  | 404 | no version 8 of tiny here; expected 7
          GET  | /v1/models                  | 404 | no such path; …
          GET  | /                           | 404 | no such path; …
          POST | /v1/models/other:predict    | 404 | no model 'other' here; expected 'tiny'
          GET  | /v1/models/tiny:predict     | 405 | the method is GET; expected POST
          POST | /v1/models/tiny             | 405 | the method is POST; expected GET
          POST | /healthz                    | 405 | the method is POST; expected GET
          PUT  | /metrics                    | 405 | the method is PUT; expected GET
          POST | /v1/models/tiny:classify    | 400 | the signatures are for :predict alone, as the metadata say
          """)
  void otherPathsAndMethodsAreRefused(String method, String path, int status, String line)
      throws Exception {
    HttpResponse<String> refused = client.send(method, path, "");
    OneLine.assertBegins(line, Client.error(refused));
    assertEquals(status, refused.statusCode());
    assertEquals(status == 405, refused.headers().firstValue("Allow").isPresent());
  }

  @Test
  void aBodyOverTheLimitIsRefusedPackedOrNot() throws Exception {
    String long1 = "{\"instances\": [" + " ".repeat(MAX_BODY) + "]}";
    HttpResponse<String> plainBody = client.predict(long1);
    assertEquals(413, plainBody.statusCode());
    assertEquals(
        "the body has more than 20000 bytes; expected at most as many", Client.error(plainBody));
    assertEquals(413, packed(long1).statusCode());
    Samples x = PLAIN.data(1, 9);
    HttpResponse<String> short1 = packed("{\"instances\": " + Client.rows(x) + "}");
    assertRows(plain.scaled().reconstruct(x), Client.read(short1).get("predictions"));
    HttpResponse<String> broken =
        client.sendLater("POST", ":predict", new byte[] {1, 2}, "Content-Encoding", "gzip").get();
    assertEquals(400, broken.statusCode());
    HttpResponse<String> other =
        client.sendLater("POST", ":predict", new byte[0], "Content-Encoding", "br").get();
    assertEquals(415, other.statusCode());
    assertEquals("Content-Encoding is 'br'; expected gzip, or none", Client.error(other));
  }

  private static HttpResponse<String> packed(String body) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return client
        .sendLater("POST", ":predict", bytes.toByteArray(), "Content-Encoding", "gzip")
        .get();
  }

  @Test
  void settingsAreChecked() {
    ServeConfig config = ServeConfig.of(folder.resolve("tiny/7"));
    assertEquals("tiny", config.name());
    assertEquals(7, config.version());
    assertEquals("first", ServeConfig.of(Path.of("runs/first/saved_model")).name());
    assertEquals("a-b", ServeConfig.of(Path.of("a b")).name());
    OneLine.ofConfig(() -> config.withName("a/b"), "name is 'a/b'");
    OneLine.ofConfig(() -> config.withAddress("127.0.0.1", 65536), "port is 65536");
    OneLine.ofConfig(() -> config.withBatches(0, 0), "maxBatch is 0");
    OneLine.ofConfig(() -> config.withBatches(1, -1), "batchDelay is -1");
    OneLine.ofConfig(() -> config.withLimits(0, 1), "queue is 0");
    OneLine.ofConfig(() -> config.withLimits(1, 0), "maxBody is 0");
    OneLine.ofConfig(() -> config.withWorkers(-1), "workers is -1");
    OneLine.ofConfig(() -> config.withStopSeconds(-1), "stopSeconds is -1");
    assertThrows(
        ConfigException.class,
        () -> ModelServer.start(plain, config.withAddress("no.such.host.invalid", 0), FAULTS::add));
    VaeException taken =
        assertThrows(
            VaeException.class,
            () ->
                ModelServer.start(
                    plain,
                    config.withAddress("127.0.0.1", plainServer.address().getPort()),
                    FAULTS::add));
    assertTrue(taken.getMessage().startsWith("cannot listen on port "), taken.getMessage());
  }

  @Test
  void rowsOfOneNumberHaveNoInnerLists() throws Exception {
    TinyModel flat = PLAIN.of(RowShape.of(1));
    Path model = flat.export(folder.resolve("flat"), flat.weights(3));
    try (SavedModelVae vae = SavedModelVae.load(model);
        ModelServer server =
            ModelServer.start(
                vae, ServeConfig.of(model).withAddress("127.0.0.1", 0), FAULTS::add)) {
      JsonNode answer = Client.of(server).answer("{\"inputs\": [[0.5], [1]]}");
      assertRows(
          vae.scaled().reconstruct(new Samples(RowShape.of(1), new float[] {0.5f, 1})),
          answer.get("outputs"));
    }
  }
}
