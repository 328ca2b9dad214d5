package org.vaetf.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.TinyModel;

/** Many requests at once: batches, a full queue, the end. */
class ServerUnderLoadTest {
  private static final TinyModel TINY = TinyModel.preset("vae");

  /** About a second of work. */
  private static final String SLOW_DRAWS = "20000";

  private static final int REQUESTS = 64;

  @TempDir Path folder;

  private final List<String> faults = new ArrayList<>();
  private SavedModelVae vae;
  private ServeConfig config;

  @BeforeEach
  void load() {
    Path model = TINY.export(folder.resolve("tiny"), TINY.weights(1));
    vae = SavedModelVae.load(model);
    config = ServeConfig.of(model).withAddress("127.0.0.1", 0).withWorkers(1);
  }

  @AfterEach
  void close() {
    vae.close();
    assertEquals(List.of(), faults);
  }

  private static double metric(Client client, String line) throws Exception {
    Matcher found =
        Pattern.compile("^" + Pattern.quote(line) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(client.get("/metrics").body());
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }

  private static void await(Client client, String line, double value) throws Exception {
    for (int i = 0; i < 2000 && metric(client, line) != value; i++) {
      Thread.sleep(5);
    }
    assertEquals(value, metric(client, line), line);
  }

  private static String encode(Samples x) {
    return "{\"signature_name\": \"encode\", \"instances\": " + Client.rows(x) + "}";
  }

  private static String slowly() {
    return "{\"signature_name\": \"score\", \"inputs\": {\"samples\": "
        + SLOW_DRAWS
        + ", \"seed\": [1, 0], \"x\": "
        + Client.rows(TINY.data(1, 1))
        + "}}";
  }

  /** In another batch the sums of a matrix product may be added in another order. */
  @Test
  void requestsThatComeTogetherAreComputedTogetherAndAnsweredAsAlone() throws Exception {
    try (ModelServer server = ModelServer.start(vae, config.withBatches(48, 200), faults::add)) {
      Client client = Client.of(server);
      List<Samples> questions =
          IntStream.range(0, REQUESTS).mapToObj(i -> TINY.data(1 + i % 3, i)).toList();
      List<CompletableFuture<HttpResponse<String>>> answers =
          questions.stream().map(x -> client.predictLater(encode(x))).toList();
      for (int i = 0; i < REQUESTS; i++) {
        Encoding alone = vae.scaled().encode(questions.get(i));
        var rows = Client.read(answers.get(i).get()).get("predictions");
        assertEquals(questions.get(i).rows(), rows.size());
        for (int row = 0; row < rows.size(); row++) {
          assertNear(
              doubles(alone.mean().row(row)),
              doubles(Client.floats(rows.get(row).get("mean"))),
              1e-5,
              "mean");
          assertNear(
              doubles(alone.logVariance().row(row)),
              doubles(Client.floats(rows.get(row).get("log_variance"))),
              1e-5,
              "log-variance");
        }
      }
      int rows = questions.stream().mapToInt(Samples::rows).sum();
      await(client, "vaetf_rows_total{signature=\"encode\"}", rows);
      await(client, "vaetf_requests_total{signature=\"encode\",status=\"200\"}", REQUESTS);
      await(client, "vaetf_request_seconds_count{signature=\"encode\"}", REQUESTS);
      assertEquals(rows, metric(client, "vaetf_batch_rows_sum{signature=\"encode\"}"));
      double runs = metric(client, "vaetf_batch_rows_count{signature=\"encode\"}");
      assertTrue(runs <= REQUESTS / 2.0, REQUESTS + " requests in " + runs + " runs");
      // None is larger than asked for: 48 lies between two bounds of the histogram.
      assertEquals(runs, metric(client, "vaetf_batch_rows_bucket{signature=\"encode\",le=\"64\"}"));
      assertEquals(0, metric(client, "vaetf_queue_requests"));
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void aRequestLargerThanABatchIsOneRun() throws Exception {
    try (ModelServer server = ModelServer.start(vae, config.withBatches(2, 0), faults::add)) {
      Client client = Client.of(server);
      Samples x = TINY.data(5, 1);
      assertEquals(5, client.answer(encode(x)).get("predictions").size());
      assertEquals(1, metric(client, "vaetf_batch_rows_count{signature=\"encode\"}"));
    }
  }

  @Test
  void aFullQueueRefusesAndTheEndAnswersWhatWaits() throws Exception {
    ModelServer server = ModelServer.start(vae, config.withLimits(1, 1 << 20), faults::add);
    Client client = Client.of(server);
    CompletableFuture<HttpResponse<String>> running = client.predictLater(slowly());
    await(client, "vaetf_batch_rows_count{signature=\"score\"}", 1);
    CompletableFuture<HttpResponse<String>> waiting = client.predictLater(slowly());
    await(client, "vaetf_queue_requests", 1);
    HttpResponse<String> refused = client.predict(slowly());
    assertEquals(503, refused.statusCode());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(
        "1 requests wait already; expected fewer: ask again in a second", Client.error(refused));
    await(client, "vaetf_requests_total{signature=\"none\",status=\"503\"}", 1);
    await(client, "vaetf_open_requests", 2);

    Thread end = new Thread(server::close);
    end.start();
    for (int i = 0; i < 1000 && client.get("/readyz").statusCode() == 200; i++) {
      Thread.sleep(1);
    }
    assertEquals(503, client.get("/readyz").statusCode());
    assertEquals(200, client.get("/healthz").statusCode());
    assertTrue(client.get("").body().contains("\"state\":\"UNLOADING\""));
    HttpResponse<String> late = client.predict(slowly());
    assertEquals(503, late.statusCode());
    assertEquals("the server is ending; ask another, or later", Client.error(late));
    assertFalse(waiting.isDone());
    assertEquals(200, running.get().statusCode());
    assertEquals(200, waiting.get().statusCode());
    end.join();
  }

  @Test
  void whatStillWaitsAtTheEndOfTheLimitIsRefused() throws Exception {
    ModelServer server = ModelServer.start(vae, config.withStopSeconds(0), faults::add);
    Client client = Client.of(server);
    CompletableFuture<HttpResponse<String>> running = client.predictLater(slowly());
    await(client, "vaetf_batch_rows_count{signature=\"score\"}", 1);
    CompletableFuture<HttpResponse<String>> waiting = client.predictLater(slowly());
    await(client, "vaetf_queue_requests", 1);
    server.close();
    assertEquals(503, waiting.get().statusCode());
    assertEquals(200, running.get().statusCode());
  }
}
