package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.testing.TinyModel;

/** The command around the page: what it prints, how it ends. */
class ExploreCommandTest {
  private static final String ADDRESS = "http://127\\.0\\.0\\.1:\\d+/\\?token=[0-9a-f]{32}\n";

  @TempDir Path folder;

  /** The program in a thread of its own, which ends when that is interrupted. */
  private static final class Running {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger status = new AtomicInteger(-1);
    private final Thread thread;

    Running(Object... words) {
      String[] arguments = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
      PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
      PrintStream rest = new PrintStream(err, true, StandardCharsets.UTF_8);
      this.thread = new Thread(() -> status.set(Main.run(arguments, results, rest)));
      thread.start();
    }

    URI address() throws InterruptedException {
      for (int i = 0; i < 1000 && !out().matches(ADDRESS); i++) {
        Thread.sleep(20);
      }
      assertTrue(out().matches(ADDRESS), () -> out() + err());
      return URI.create(out().strip());
    }

    String out() {
      return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }

    int end() throws InterruptedException {
      thread.interrupt();
      thread.join(20_000);
      return status.get();
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void printsOneLineAndServesThePageUntilItIsInterrupted() throws Exception {
    Running explore = new Running("explore", "--model", TinyRuns.vae());
    URI address = explore.address();
    HttpResponse<String> page = get(address);
    assertEquals(200, page.statusCode());
    assertTrue(page.body().startsWith("<!doctype html>"), page.body());
    assertEquals(Main.DONE, explore.end());
    assertEquals("6 rows on the map; Ctrl-C ends it\n", explore.err());
    assertThrows(ConnectException.class, () -> get(address));
  }

  @Test
  void aModelWhoseDataAreGoneHasAnEmptyMap() throws Exception {
    TinyModel tiny = TinyModel.preset("vae").of(RowShape.image(4, 4, 1));
    Path model = tiny.export(folder.resolve("model"), tiny.weights(1));
    Running explore = new Running("explore", "--model", model, "--quiet");
    assertEquals(200, get(explore.address()).statusCode());
    assertEquals(Main.DONE, explore.end());
    assertTrue(explore.err().startsWith("no rows on the map: tiny: does not exist"), explore.err());
    assertEquals(1, explore.err().lines().count());
  }

  @Test
  void whatWasAskedForMustBeThere() {
    CommandLine data =
        CommandLine.run("explore", "--model", TinyRuns.vae(), "--data", "shapes:count=20,size=9");
    assertEquals(Main.FAILED, data.status());
    assertEquals("", data.out());
    assertTrue(
        data.err().contains("holds rows of shape [9, 9, 1]; expected [8, 8, 1]"), data.err());
    CommandLine host =
        CommandLine.run("explore", "--model", TinyRuns.vae(), "--host", "no.such.host.invalid");
    assertEquals(
        "vae-tf: --host is 'no.such.host.invalid'; expected a name or address of this machine\n",
        host.err());
    assertEquals(Main.USAGE, host.status());
    CommandLine port = CommandLine.run("explore", "--model", TinyRuns.vae(), "--port", 65536);
    assertEquals("vae-tf: --port is 65536; expected a whole number from 0 to 65535\n", port.err());
    assertEquals(Main.USAGE, port.status());
  }

  @Test
  void aModelOfNoPicturesIsRefusedInOneLine() {
    TinyModel tiny = TinyModel.preset("vae").of(RowShape.of(7));
    Path model = tiny.export(folder.resolve("model"), tiny.weights(1));
    CommandLine refused = CommandLine.run("explore", "--model", model);
    assertEquals(Main.FAILED, refused.status());
    assertEquals(
        "vae-tf: row shape of the model to explore is [7]; expected [height, width, 1] or [height,"
            + " width, 3], as pictures have; 'encode' and 'decode' work on rows of any shape\n",
        refused.err());
  }
}
