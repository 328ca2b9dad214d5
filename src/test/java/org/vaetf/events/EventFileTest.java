package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.vaetf.testing.OneLine;

/** Names, order and content of event files. */
class EventFileTest {
  @TempDir Path folder;

  private static Clock at(long millis) {
    return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  @Test
  void aFileBeginsWithItsVersionAndAStart() {
    Summary summary = Summary.newBuilder().addValue(Summaries.scalar("loss", 1.5, "nats")).build();
    EventFile file = EventFile.begin(folder.resolve("run"), 7, at(1_500_000_000_250L));
    try (file) {
      file.add(9, summary);
    }
    assertEquals(
        folder.resolve("run").resolve("events.out.tfevents.1500000000.vae-tf"), file.path());
    List<Event> events = EventRecords.read(file.path());
    assertEquals(3, events.size());
    assertEquals(SessionLog.SessionStatus.START, events.get(1).getSessionLog().getStatus());
    assertEquals(7, events.get(1).getStep());
    assertEquals(9, events.get(2).getStep());
    assertEquals(1_500_000_000.25, events.get(2).getWallTime());
    assertEquals(summary, events.get(2).getSummary());
  }

  /** In one second, and where a clock goes back. */
  @Test
  void laterFilesComeLaterInTheOrderOfNames() {
    for (long millis : List.of(1_500_000_000_250L, 1_500_000_000_900L, 1_400_000_000_000L)) {
      EventFile.begin(folder, 1, at(millis)).close();
    }
    assertEquals(
        List.of(
            "events.out.tfevents.1500000000.vae-tf",
            "events.out.tfevents.1500000001.vae-tf",
            "events.out.tfevents.1500000002.vae-tf"),
        EventRecords.files(folder).stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void whatIsFlushedIsThereBeforeTheFileIsClosed() {
    try (EventFile file = EventFile.begin(folder, 1, at(1_500_000_000_000L))) {
      file.start(5);
      file.flush();
      assertEquals(3, EventRecords.read(file.path()).size());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsOneLine() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    OneLine.of(
        () -> EventFile.begin(file.resolve("run"), 1, at(0)), file.resolve("run"), "cannot be");
    assertTrue(Files.isRegularFile(file));
  }
}
