package org.vaetf.explore;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DaemonThreads;
import org.vaetf.base.DataException;
import org.vaetf.base.VaeException;
import org.vaetf.http.Listening;
import org.vaetf.http.Refusal;

/**
 * Serves an {@link Explorer} to browsers: a page, and the answers that it asks for. Each request
 * carries a token that only {@link #address} tells. Owns a port and threads: close it. The explorer
 * and its model stay the caller's.
 */
public final class ExploreServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MOST_DIGITS_OF_A_NUMBER = 24;
  private static final int MOST_BESIDE_NUMBERS = 1 << 16;
  private static final int MOST_SECONDS_TO_END = 10;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Access access;
  private final Map<String, Asset> assets;
  private final Map<String, Route> routes;
  private final int mostBody;
  private final Consumer<String> faults;

  private ExploreServer(
      HttpServer server, Access access, Explorer explorer, Consumer<String> faults) {
    this.server = server;
    this.access = access;
    this.assets = Asset.all();
    this.routes = Route.all(explorer);
    this.mostBody =
        (int)
            Math.min(
                Integer.MAX_VALUE - 1,
                MOST_BESIDE_NUMBERS
                    + (long) MOST_DIGITS_OF_A_NUMBER
                        * (explorer.shape().size() + 2 * explorer.latent()));
    this.faults = faults;
    this.threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("explore"));
  }

  /**
   * Begins to answer.
   *
   * @param explorer what to show
   * @param host a name or address of this machine; {@code 127.0.0.1} for this machine alone
   * @param port to listen on; 0 for any free one
   * @param faults told in one line what could not be answered through no fault of the request
   * @return the server, owned by the caller
   * @throws VaeException if there is no such address, or the port is taken
   */
  public static ExploreServer start(
      Explorer explorer, String host, int port, Consumer<String> faults) {
    HttpServer server = Listening.on(host, port);
    Access access = new Access(host, server.getAddress().getAddress());
    ExploreServer explore = new ExploreServer(server, access, explorer, faults);
    server.createContext("/", explore::answer);
    server.setExecutor(explore.threads);
    server.start();
    return explore;
  }

  /**
   * What to open in a browser; whoever has it may ask all that the page asks.
   *
   * @return with the token in its query
   */
  public URI address() {
    return URI.create(Listening.origin(server) + "/?token=" + access.token());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      setHeaders(exchange.getResponseHeaders());
      try {
        answerOrRefuse(exchange);
      } catch (Refusal e) {
        refuse(exchange, e.status(), e.getMessage());
      } catch (ConfigException | DataException e) {
        refuse(exchange, 400, e.getMessage());
      } catch (RuntimeException | OutOfMemoryError e) {
        faults.accept(exchange.getRequestURI().getPath() + ": " + e);
        refuse(exchange, 500, "the model could not do it; explore's own output says why");
      }
    }
  }

  private void answerOrRefuse(HttpExchange exchange) throws IOException {
    access.requireOwnName(exchange);
    String path = String.valueOf(exchange.getRequestURI().getPath());
    Asset asset = assets.get(path);
    if (asset != null) {
      requireMethod(exchange, "GET");
      // Scripts and styles are the same for everybody, and no page can send a token along for them.
      if (path.equals(Asset.PAGE)) {
        access.requireToken(exchange);
      }
      Listening.send(exchange, 200, asset.type(), asset.bytes());
      return;
    }
    access.requireToken(exchange);
    Route route = routes.get(path);
    if (route == null) {
      throw new Refusal(404, "no such path");
    }
    requireMethod(exchange, route.method());
    Listening.send(exchange, 200, route.type(), route.work().apply(body(exchange)));
  }

  private static void requireMethod(HttpExchange exchange, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new Refusal(405, "wrong method; expected " + method);
    }
  }

  private byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(mostBody + 1);
    if (body.length > mostBody) {
      throw new Refusal(413, "the request is too long; expected at most " + mostBody + " bytes");
    }
    return body;
  }

  private static void setHeaders(Headers headers) {
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
            + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    Listening.send(exchange, status, "application/json", Route.json(Map.of("error", message)));
  }

  /** Ends the calls under way, gives the port back, ends the threads. Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      // The model is closed next: nobody may be at work with it.
      if (!threads.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
