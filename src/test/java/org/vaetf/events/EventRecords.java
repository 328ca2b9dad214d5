package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Reads event files back, every checksum looked at. */
final class EventRecords {
  private EventRecords() {}

  /** The event files of a run, in the order that readers take them. */
  static List<Path> files(Path run) {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("events.out.tfevents."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The events of a file. */
  static List<Event> read(Path file) {
    List<Event> events = new ArrayList<>();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        int at = bytes.position();
        byte[] data = new byte[Math.toIntExact(bytes.getLong())];
        bytes.getInt();
        bytes.get(data);
        bytes.getInt();
        byte[] record = Arrays.copyOfRange(bytes.array(), at, bytes.position());
        assertArrayEquals(TfRecord.of(data), record, "a record at byte " + at);
        events.add(Event.parseFrom(data));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    return events;
  }

  /** The steps and values of a tag. */
  static List<String> points(List<Event> events, String tag) {
    List<String> points = new ArrayList<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          points.add(event.getStep() + ": " + value.getTensor().getFloatVal(0));
        }
      }
    }
    return points;
  }

  /** The steps at which there is a value of a tag. */
  static List<Long> steps(List<Event> events, String tag) {
    return events.stream()
        .filter(
            event ->
                event.getSummary().getValueList().stream()
                    .anyMatch(value -> value.getTag().equals(tag)))
        .map(Event::getStep)
        .toList();
  }
}
