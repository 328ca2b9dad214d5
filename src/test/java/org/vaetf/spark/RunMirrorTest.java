package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.AtomicOutput;
import org.vaetf.train.RunFolder;

/** What comes to lie in a run's place, and what is fetched from there. */
class RunMirrorTest {
  @TempDir Path folder;

  private Path place;
  private RunFolder own;
  private RunMirror mirror;

  private void begin() throws IOException {
    place = folder.resolve("place");
    own = new RunFolder(folder.resolve("own"));
    mirror = RunMirror.at(place.toString(), new Configuration());
    mirror.begin("{}");
    Files.createDirectories(own.checkpoints());
    Files.writeString(own.config(), "{}");
    Files.writeString(own.metrics(), "epoch\n1\n");
  }

  private void checkpoint(String name, String weights) throws IOException {
    Path checkpoint = Files.createDirectories(own.checkpoints().resolve(name));
    Files.writeString(checkpoint.resolve("variables"), weights);
    Files.writeString(checkpoint.resolve("SHA256SUMS"), "sum of " + weights);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private String there(String checkpoint) throws IOException {
    return Files.readString(place.resolve("checkpoints").resolve(checkpoint).resolve("variables"));
  }

  @Test
  void aCheckpointThatWasWrittenAnewIsSentAnew() throws IOException {
    begin();
    checkpoint("step-0000000004", "first");
    mirror.send(own);
    assertEquals("first", there("step-0000000004"));
    checkpoint("step-0000000004", "halved rate");
    mirror.send(own);
    assertEquals("halved rate", there("step-0000000004"));
    assertEquals(List.of("step-0000000004"), names(place.resolve("checkpoints")));
  }

  @Test
  void oneThatIsThereStaysAndOneThatIsGoneGoes() throws IOException {
    begin();
    checkpoint("step-0000000004", "first");
    mirror.send(own);
    // Of the same sums: whoever sent it again would bring this back.
    Files.writeString(own.checkpoints().resolve("step-0000000004/variables"), "not looked at");
    checkpoint("step-0000000008", "second");
    mirror.send(own);
    assertEquals("first", there("step-0000000004"));
    AtomicOutput.deleteTree(own.checkpoints().resolve("step-0000000004"));
    mirror.send(own);
    assertEquals(List.of("step-0000000008"), names(place.resolve("checkpoints")));
  }

  @Test
  void whatIsHalfThereIsNotFetched() throws IOException {
    begin();
    checkpoint("step-0000000004", "first");
    mirror.send(own);
    Files.createDirectories(place.resolve("checkpoints/step-0000000008.part"));
    Files.writeString(place.resolve("metrics.csv.part"), "ep");
    Path copy = folder.resolve("copy");
    mirror.fetch(copy);
    assertEquals(List.of("checkpoints", "config.json", "metrics.csv"), names(copy));
    assertEquals(List.of("step-0000000004"), names(copy.resolve("checkpoints")));
    assertEquals("epoch\n1\n", Files.readString(copy.resolve("metrics.csv")));
    Path metrics = folder.resolve("metrics");
    mirror.fetchMetrics(metrics);
    assertEquals(List.of("metrics.csv"), names(metrics));
  }
}
