package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private final Path vae = TinyRuns.vae();
  private final Path autoencoder = TinyRuns.autoencoder();

  @TempDir Path folder;

  /** The last line of metrics.csv by column. */
  private static CSVRecord metrics(Path run) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> rows =
        format.parse(Files.newBufferedReader(run.resolve("metrics.csv"))).getRecords();
    return rows.get(rows.size() - 1);
  }

  @Test
  void numbersAreThoseOfTheRuns() throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(CommandLine.done("compare", vae, autoencoder, "--json").out());
    assertEquals(2, json.get("runs").size());
    for (int i = 0; i < 2; i++) {
      JsonNode run = json.get("runs").get(i);
      CSVRecord expected = metrics(i == 0 ? vae : autoencoder);
      assertEquals(i == 0 ? "vae" : "ae", run.get("preset").asText());
      assertEquals(1, run.get("epochs").asInt());
      assertEquals(1, run.get("best_epoch").asInt());
      assertEquals(Double.parseDouble(expected.get("seconds")), run.get("seconds").asDouble());
      assertEquals(
          Double.parseDouble(expected.get("test_loss_nats")),
          run.get("best_test_nats").get("loss").asDouble());
    }
    JsonNode settings = json.get("differing_settings");
    assertEquals("diagonal-gaussian", settings.get("model.posterior.kind").get(0).asText());
    assertEquals("deterministic", settings.get("model.posterior.kind").get(1).asText());
    assertTrue(!settings.has("model.latent"), settings.toString());
  }

  @Test
  void aTableAndRowsSayTheSame() throws IOException {
    CommandLine csv = CommandLine.done("compare", vae, autoencoder, "--csv");
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> rows = format.parse(new StringReader(csv.out())).getRecords();
    assertEquals(List.of("vae", "ae"), rows.stream().map(row -> row.get("preset")).toList());
    assertEquals(
        metrics(vae).get("test_loss_nats"), rows.get(0).get("test_loss_nats"), "to the last digit");
    assertEquals("deterministic", rows.get(1).get("model.posterior.kind"));
    List<String> lines = CommandLine.done("compare", vae, autoencoder).outLines();
    assertTrue(lines.get(0).matches("run +vae +ae"), lines.get(0));
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("loss, nats +[0-9.]+ +[0-9.]+")),
        lines.toString());
    assertTrue(
        lines.stream()
            .anyMatch(
                line -> line.matches("model.posterior.kind +diagonal-gaussian +deterministic")),
        lines.toString());
  }

  @Test
  void curvesGoToAPictureTheSameEachTime() throws IOException {
    Path first = folder.resolve("a.png");
    Path second = folder.resolve("b.png");
    CommandLine.done("compare", vae, autoencoder, "--out", first);
    CommandLine.done("compare", vae, autoencoder, "--metric", "loss", "--out", second);
    assertEquals(-1, Files.mismatch(first, second), "the loss is what both have");
    // A run beside itself has one name twice.
    CommandLine.done("compare", vae, vae, "--out", second);
    assertTrue(Files.mismatch(first, second) >= 0);
  }

  @Test
  void badInputIsOneLine() {
    Path nowhere = folder.resolve("nowhere");
    refuses(
        Main.FAILED,
        nowhere + ": is no run folder: it has no config.json; expected one; check the path",
        vae,
        nowhere);
    refuses(
        Main.USAGE,
        "number of run folders is 1; expected two or more, as in: java -jar vae-tf.jar compare"
            + " runs/first runs/second --metric kl --out kl.png",
        vae);
    refuses(
        Main.USAGE,
        "--metric is 'kl'; expected one of: loss, reconstruction_error",
        vae,
        autoencoder,
        "--metric",
        "kl",
        "--out",
        folder.resolve("x.png"));
    refuses(
        Main.USAGE,
        "--metric does not apply: it names the curves to draw, and there is no --out for them",
        vae,
        autoencoder,
        "--metric",
        "loss");
    refuses(
        Main.USAGE,
        "--out is x.gif; expected a file that ends in .png",
        vae,
        vae,
        "--out",
        "x.gif");
    refuses(
        Main.USAGE,
        "--json and --csv exclude each other; expected one of the two",
        vae,
        vae,
        "--json",
        "--csv");
  }

  @Test
  void aRunWithoutMetricsSaysSo() throws IOException {
    Path begun = Files.createDirectory(folder.resolve("begun"));
    Files.copy(vae.resolve("config.json"), begun.resolve("config.json"));
    refuses(
        Main.FAILED,
        begun + ": has no metrics yet (no metrics.csv); train it, or check the path",
        vae,
        begun);
  }

  private static void refuses(int status, String message, Object... words) {
    List<Object> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(words));
    assertEquals(
        new CommandLine(status, "", "vae-tf: " + message + "\n"), CommandLine.run(all.toArray()));
  }
}
