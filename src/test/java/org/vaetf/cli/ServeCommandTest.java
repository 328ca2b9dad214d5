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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The command around the server: what it prints, what it refuses, how it ends. */
class ServeCommandTest {

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void printsTheAddressAndServesUntilItIsInterrupted() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    AtomicInteger status = new AtomicInteger(-1);
    String[] words = {"serve", TinyRuns.vae().toString(), "--port", "0", "--name", "shapes"};
    Thread serve =
        new Thread(
            () ->
                status.set(
                    Main.run(
                        words,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))));
    serve.start();
    String expected = "http://127\\.0\\.0\\.1:\\d+/v1/models/shapes\n";
    for (int i = 0; i < 1000 && !out.toString(StandardCharsets.UTF_8).matches(expected); i++) {
      Thread.sleep(20);
    }
    String printed = out.toString(StandardCharsets.UTF_8);
    assertTrue(printed.matches(expected), () -> printed + err.toString(StandardCharsets.UTF_8));
    URI address = URI.create(printed.strip());
    assertTrue(get(address).body().contains("\"state\":\"AVAILABLE\""));
    serve.interrupt();
    serve.join(20_000);
    assertEquals(Main.DONE, status.get());
    assertEquals("Ctrl-C ends it\n", err.toString(StandardCharsets.UTF_8));
    assertThrows(ConnectException.class, () -> get(address));
  }

  @Test
  void wrongOptionsAreWrongUsage() {
    refuses("--port is 65536; expected a whole number from 0 to 65535", "--port", 65536);
    refuses("--max-batch is 0; expected a whole number, 1 or more", "--max-batch", 0);
    refuses("--batch-delay is -1; expected milliseconds from 0 to 60000", "--batch-delay", -1);
    refuses("--queue is 0; expected a whole number, 1 or more", "--queue", 0);
    refuses(
        "--max-body is 0; expected a whole number of bytes from 1 to 2147483646", "--max-body", 0);
    refuses("--workers is 1025; expected a whole number from 0 to 1024", "--workers", 1025);
    refuses("--name is 'a/b'; expected letters, digits, '.', '_', '~' and '-'", "--name", "a/b");
    refuses(
        "--host is 'no.such.host.invalid'; expected a name or address of this machine",
        "--host",
        "no.such.host.invalid");
  }

  private static void refuses(String line, Object option, Object value) {
    CommandLine refused = CommandLine.run("serve", TinyRuns.vae(), option, value);
    assertEquals("vae-tf: " + line + "\n", refused.err());
    assertEquals(Main.USAGE, refused.status());
  }
}
