package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Json;

class CheckpointIntervalTest {

  @ParameterizedTest
  @CsvSource({
    "1epoch, 1epochs",
    "2epochs, 2epochs",
    "1steps, 1steps",
    "500steps, 500steps",
    "1minute, 1minutes",
    "10minutes, 10minutes"
  })
  void isReadAndWritten(String text, String written) {
    CheckpointInterval interval = CheckpointInterval.of(text);
    assertEquals(written, interval.toString());
    assertEquals(interval, Json.read("interval", Json.write(interval), CheckpointInterval.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "epochs", "0steps", "-1steps", "2 epochs", "1.5minutes", "3hours"})
  void othersAreRefused(String text) {
    assertThrows(ConfigException.class, () -> CheckpointInterval.of(text));
  }

  @Test
  void isDue() {
    CheckpointInterval epochs = CheckpointInterval.of("2epochs");
    assertEquals("false true false true", due(epochs::dueAfterEpoch));
    CheckpointInterval steps = CheckpointInterval.of("3steps");
    assertEquals("false false true false", due(step -> steps.dueAfterStep(step, Long.MAX_VALUE)));
    assertEquals("false false false false", due(steps::dueAfterEpoch));
    CheckpointInterval minutes = CheckpointInterval.of("2minutes");
    assertEquals(
        "false true true true",
        due(passed -> minutes.dueAfterStep(1, TimeUnit.MINUTES.toNanos(passed))));
  }

  private static String due(IntPredicate predicate) {
    return IntStream.rangeClosed(1, 4)
        .mapToObj(i -> String.valueOf(predicate.test(i)))
        .collect(Collectors.joining(" "));
  }
}
