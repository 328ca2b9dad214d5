package org.vaetf.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DaemonThreads;
import org.vaetf.base.DataException;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.ScaledVae;
import org.vaetf.http.Listening;
import org.vaetf.http.Refusal;

/**
 * Serves a model over HTTP in the shape of TensorFlow Serving's REST API, so that its clients need
 * no change: {@code GET /v1/models/NAME}, {@code GET /v1/models/NAME/metadata}, {@code POST
 * /v1/models/NAME:predict}; with {@code /healthz}, {@code /readyz} and {@code /metrics} beside it.
 * As there, {@code x} is in the model's scaled space. Requests of one signature that wait at the
 * same time are computed together. Owns a port and threads: close it. The model stays the caller's.
 */
public final class ModelServer implements AutoCloseable {
  /** They read, write, and never wait for the model. */
  private static final int HTTP_THREADS = 32;

  private static final String MOST_SECONDS = "sun.net.httpserver.maxReqTime";
  private static final long POLL_MILLIS = 10;
  private static final long LAST_RUN_MILLIS = 10_000;

  static {
    // Read once a process by the JDK's server: it ends requests that never do, after seconds.
    if (System.getProperty(MOST_SECONDS) == null) {
      System.setProperty(MOST_SECONDS, "120");
    }
  }

  private final ServeConfig config;
  private final HttpServer server;
  private final ExecutorService threads;
  private final ServeMetrics metrics = new ServeMetrics();
  private final Batcher batcher;
  private final PredictReader reader;
  private final ModelPages pages;
  private final Consumer<String> faults;
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean ending;

  private ModelServer(
      HttpServer server, SavedModelVae vae, ServeConfig config, Consumer<String> faults) {
    ScaledVae scaled = vae.scaled();
    int workers =
        config.workers() == 0 ? Runtime.getRuntime().availableProcessors() : config.workers();
    this.config = config;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(HTTP_THREADS, DaemonThreads.named("serve-http"));
    this.reader = new PredictReader(scaled, config.maxBody());
    this.pages = new ModelPages(config, scaled);
    this.batcher =
        new Batcher(
            config, workers, question -> question.signature().run(scaled, question), metrics);
    this.faults = faults;
  }

  /**
   * Begins to answer.
   *
   * @param vae the model
   * @param config where and how
   * @param faults told in one line what could not be answered through no fault of the request
   * @return the server, owned by the caller
   * @throws VaeException if there is no such address, or the port is taken
   */
  public static ModelServer start(SavedModelVae vae, ServeConfig config, Consumer<String> faults) {
    HttpServer server = Listening.on(config.host(), config.port());
    ModelServer serving = new ModelServer(server, vae, config, faults);
    server.createContext("/", serving::answer);
    server.setExecutor(serving.threads);
    server.start();
    return serving;
  }

  /**
   * Where the model is.
   *
   * @return {@code http://HOST:PORT/v1/models/NAME}
   */
  public URI address() {
    return URI.create(Listening.origin(server) + "/v1/models/" + config.name());
  }

  private void answer(HttpExchange http) {
    Exchange exchange = new Exchange(http);
    try {
      boolean later = answerOrRefuse(exchange);
      if (!later) {
        exchange.close();
      }
    } catch (Refusal e) {
      refuse(exchange, e.status(), e.getMessage());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(exchange, e);
    }
  }

  /** Whether the answer comes later. */
  private boolean answerOrRefuse(Exchange exchange) throws IOException {
    switch (exchange.path()) {
      case "/healthz" -> {
        exchange.requireMethod("GET");
        exchange.send(200, Exchange.TEXT, "alive\n");
      }
      case "/readyz" -> {
        exchange.requireMethod("GET");
        exchange.send(ending ? 503 : 200, Exchange.TEXT, ending ? "ending\n" : "ready\n");
      }
      case "/metrics" -> {
        exchange.requireMethod("GET");
        exchange.send(200, ServeMetrics.TYPE, metrics.write(batcher::depth, open::get));
      }
      default -> {
        return answerModel(exchange, ModelPath.of(exchange.path()));
      }
    }
    return false;
  }

  private boolean answerModel(Exchange exchange, ModelPath path) throws IOException {
    exchange.requireMethod(path.page().method());
    path.requireServed(config);
    switch (path.page()) {
      case STATUS -> exchange.send(200, Exchange.JSON, pages.status(ending));
      case METADATA -> exchange.send(200, Exchange.JSON, pages.metadata());
      case OTHER ->
          throw new Refusal(400, "the signatures are for :predict alone, as the metadata say");
      case PREDICT -> {
        predict(exchange);
        return true;
      }
    }
    return false;
  }

  private void predict(Exchange exchange) throws IOException {
    long began = System.nanoTime();
    open.incrementAndGet();
    Question question = null;
    try {
      if (ending) {
        throw new Refusal(503, "the server is ending; ask another, or later");
      }
      if (batcher.isFull()) {
        throw batcher.full();
      }
      question = reader.read(exchange.body(config.maxBody()));
      Question asked = question;
      batcher.ask(
          asked,
          (rows, fault) -> threads.execute(() -> finish(exchange, asked, rows, fault, began)));
    } catch (Refusal e) {
      refuse(exchange, e.status(), e.getMessage());
      done(question, e.status(), began);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(exchange, e);
      done(question, 500, began);
    }
  }

  private void finish(
      Exchange exchange, Question question, List<Samples> rows, Throwable fault, long began) {
    int status = 200;
    try {
      if (fault == null) {
        exchange.send(question, rows);
        exchange.close();
      } else if (fault instanceof Refusal refusal) {
        status = refusal.status();
        refuse(exchange, status, refusal.getMessage());
      } else if (fault instanceof ConfigException || fault instanceof DataException) {
        status = 400;
        refuse(exchange, status, fault.getMessage());
      } else {
        status = 500;
        fail(exchange, fault);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Half an answer may be gone already: the connection ends, and the client sees that it does.
      status = 499;
      exchange.close();
    } finally {
      done(question, status, began);
    }
  }

  private void done(Question question, int status, long began) {
    metrics.request(
        question == null ? null : question.signature(), status, System.nanoTime() - began);
    open.decrementAndGet();
  }

  private void fail(Exchange exchange, Throwable fault) {
    if (fault instanceof IOException) {
      // The client has gone, or never said all it wanted to: nobody is left to tell.
      exchange.close();
      return;
    }
    faults.accept(exchange.path() + ": " + fault);
    refuse(exchange, 500, "the model could not do it; the server's own output says why");
  }

  private static void refuse(Exchange exchange, int status, String message) {
    try {
      exchange.refuse(status, message);
    } catch (IOException e) {
      // The client has gone.
    } finally {
      exchange.close();
    }
  }

  /**
   * Refuses new requests with status 503, answers those that wait, for as long as {@link
   * ServeConfig#stopSeconds} says; then gives the port back and ends the threads. Idempotent.
   */
  @Override
  public void close() {
    ending = true;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.stopSeconds());
    try {
      batcher.close();
      awaitAnswers(end);
      batcher.abandon();
      // What the model is at work with can only be waited for; the model is closed next.
      batcher.awaitEnd(LAST_RUN_MILLIS);
      awaitAnswers(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_RUN_MILLIS));
    } catch (InterruptedException e) {
      batcher.abandon();
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdown();
  }

  private void awaitAnswers(long end) throws InterruptedException {
    while (open.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
