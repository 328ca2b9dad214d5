package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.testing.RunFiles;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;

/** What a run tells TensorBoard, and what stays true when it goes on. */
class TensorBoardEventsTest {
  @TempDir Path folder;

  private Path run() {
    return folder.resolve("run");
  }

  private List<Event> events(String subRun) {
    return EventRecords.files(run().resolve("events").resolve(subRun)).stream()
        .flatMap(file -> EventRecords.read(file).stream())
        .toList();
  }

  private static Summary.Value last(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** The points of a column of metrics.csv, rounded to single precision. */
  private List<String> column(String name) throws IOException {
    List<String> lines = Files.readAllLines(run().resolve("metrics.csv"));
    int column = List.of(lines.get(0).split(",")).indexOf(name);
    assertTrue(column > 0, lines.get(0));
    return lines.stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(row -> row[1] + ": " + (float) Double.parseDouble(row[column]))
        .toList();
  }

  @Test
  void epochsAreThoseOfTheMetrics() throws IOException {
    EventsRun.train(EventsRun.config("vae", 3), run(), false);
    for (String term : List.of("loss", "negative_elbo", "reconstruction_error", "kl")) {
      String tag = "epoch/" + term;
      assertEquals(column("train_" + term + "_nats"), EventRecords.points(events("train"), tag));
      assertEquals(column("test_" + term + "_nats"), EventRecords.points(events("test"), tag));
    }
    assertEquals(List.of(1L, 3L, 4L, 6L, 7L, 9L), EventRecords.steps(events("train"), "step/loss"));
    assertEquals("9: 0.001", EventRecords.points(events("train"), "step/learning_rate").get(5));
  }

  @Test
  void aTagIsDescribedOnceAFile() {
    EventsRun.train(EventsRun.config("vae", 2), run(), false);
    List<Summary.Value> losses =
        events("test").stream()
            .flatMap(event -> event.getSummary().getValueList().stream())
            .filter(value -> value.getTag().equals("epoch/loss"))
            .toList();
    assertEquals(2, losses.size());
    assertEquals("scalars", losses.get(0).getMetadata().getPluginData().getPluginName());
    assertEquals(
        "loss: mean over the test rows, nats a row",
        losses.get(0).getMetadata().getSummaryDescription());
    assertFalse(losses.get(1).hasMetadata());
  }

  @Test
  void picturesAndHistogramsComeAfterEachEpoch() throws IOException {
    EventsRun.train(EventsRun.config("vae", 2), run(), false);
    List<Event> test = events("test");
    for (String tag : List.of("samples", "reconstructions", "posterior_mean/1")) {
      assertEquals(List.of(3L, 6L), EventRecords.steps(test, tag), tag);
    }
    // 8 by 8 is enlarged to 24 by 24; 8 a line with gaps of 2; 6 pairs in 2 lines.
    assertPicture(8 * 26 - 2, 8 * 26 - 2, last(test, "samples"));
    assertPicture(8 * 26 - 2, 2 * 26 - 2, last(test, "reconstructions"));
    assertEquals(6, count(last(test, "posterior_mean/0")));
    assertEquals(64 * 8, count(last(events("train"), "weights/encoder.dense1.kernel")));
  }

  private static void assertPicture(int width, int height, Summary.Value value) throws IOException {
    List<String> sizes =
        value.getTensor().getStringValList().stream()
            .limit(2)
            .map(text -> text.toStringUtf8())
            .toList();
    assertEquals(List.of(String.valueOf(width), String.valueOf(height)), sizes);
    BufferedImage picture = ImageIO.read(value.getTensor().getStringVal(2).newInput());
    assertEquals(width, picture.getWidth());
    assertEquals(height, picture.getHeight());
  }

  private static double count(Summary.Value histogram) {
    return IntStream.range(0, Histogram.BUCKETS)
        .mapToDouble(i -> histogram.getTensor().getDoubleVal(3 * i + 2))
        .sum();
  }

  /** Three classes side by side, the same draws in each line. */
  @Test
  void aConditionalModelShowsItsClassesInColumns() throws IOException {
    EventsRun.train(EventsRun.config("cvae", 1), run(), false);
    assertPicture(3 * 26 - 2, 21 * 26 - 2, last(events("test"), "samples"));
  }

  @Test
  void tellingChangesNothingOfTheRun() {
    RunConfig config = EventsRun.config("cvae", 2);
    EventsRun.train(config, run(), false);
    Path alone = folder.resolve("alone");
    try (DataSplit data = config.data().open(config.training().seed())) {
      Trainer.of(config).run(alone, false, data);
    }
    RunFiles.assertSameCheckpointsToo(alone, run());
  }

  /** As a reader sees it that drops what a new start voids. */
  @Test
  void aRunThatGoesOnIsToldOnce() {
    EventsRun.train(EventsRun.config("vae", 3), run(), false);
    List<String> whole = told("train");
    List<String> wholeTest = told("test");
    Path parts = folder.resolve("parts");
    EventsRun.train(EventsRun.config("vae", 2), parts, false);
    // What a process told that died before its checkpoint was written.
    try (SubRun lost = new SubRun(parts.resolve("events").resolve("train"), 7);
        SubRun lostTest = new SubRun(parts.resolve("events").resolve("test"), 7)) {
      lost.add(7, List.of(Summaries.scalar("step/loss", 12345, "")));
      lost.add(9, List.of(Summaries.scalar("epoch/loss", 12345, "")));
      lostTest.add(9, List.of(Summaries.scalar("epoch/loss", 12345, "")));
    }
    EventsRun.train(EventsRun.config("vae", 3), parts, true);
    assertEquals(3, EventRecords.files(parts.resolve("events").resolve("train")).size());
    assertEquals(whole, seen(parts, "train"));
    assertEquals(wholeTest, seen(parts, "test"));
  }

  private List<String> told(String subRun) {
    return seen(run(), subRun);
  }

  private static List<String> seen(Path run, String subRun) {
    List<Event> seen = new ArrayList<>();
    boolean started = false;
    for (Path file : EventRecords.files(run.resolve("events").resolve(subRun))) {
      for (Event event : EventRecords.read(file)) {
        if (event.getSessionLog().getStatus() == SessionLog.SessionStatus.START) {
          if (started) {
            seen.removeIf(before -> before.getStep() >= event.getStep());
          }
          started = true;
        } else if (event.hasSummary()) {
          seen.add(event);
        }
      }
    }
    return seen.stream()
        .map(
            event ->
                event.getStep()
                    + event.getSummary().getValueList().stream()
                        .map(value -> value.getTag() + value.getTensor())
                        .collect(Collectors.joining()))
        .toList();
  }

  @Test
  void aFinishedRunThatIsResumedWritesNoFile() {
    EventsRun.train(EventsRun.config("vae", 1), run(), false);
    EventsRun.train(EventsRun.config("vae", 1), run(), true);
    assertEquals(1, EventRecords.files(run().resolve("events").resolve("train")).size());
  }

  @Test
  void goingBackVoidsTheStepsSince() throws IOException {
    DataSplit data = EventsRun.config("vae", 1).data().open(4);
    TensorBoardEvents events = new TensorBoardEvents(run().resolve("events"), data.test());
    try (data;
        events) {
      events.onRateHalved(null, 3);
      assertFalse(Files.exists(run()), "nothing told, nothing void");
      events.onLoss(1, 5, 0.1);
      events.onRateHalved(null, 3);
    }
    events.close();
    for (String subRun : List.of("train", "test")) {
      List<Long> starts =
          events(subRun).stream()
              .filter(event -> event.getSessionLog().getStatus() == SessionLog.SessionStatus.START)
              .map(Event::getStep)
              .toList();
      assertEquals(List.of(1L, 4L), starts, subRun);
    }
  }

  @Test
  void rowsThatAreNoImagesHaveNoPictures() {
    float[] values = new float[40 * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.abs(Math.sin(i));
    }
    Samples rows = new Samples(RowShape.of(5), values);
    try (DataSplit data =
            new DataSplit(InMemoryDataSet.of("rows", rows), InMemoryDataSet.of("more", rows));
        TensorBoardEvents events = new TensorBoardEvents(run().resolve("events"), data.test())) {
      Trainer.of(EventsRun.config("vae", 1)).listen(events).run(run(), false, data);
    }
    List<String> tags =
        Stream.of(events("test"))
            .flatMap(List::stream)
            .flatMap(event -> event.getSummary().getValueList().stream())
            .map(Summary.Value::getTag)
            .toList();
    assertTrue(tags.contains("posterior_mean/0"), tags.toString());
    assertFalse(tags.contains("samples") || tags.contains("reconstructions"), tags.toString());
  }
}
