package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Json;
import org.vaetf.testing.Golden;

/** Schedules against Python's numbers. */
class ScheduleTest {
  static Stream<JsonNode> cases() {
    return StreamSupport.stream(Golden.read("schedules").get("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void factors(JsonNode golden) {
    Schedule schedule = Json.read("golden", golden.get("schedule").toString(), Schedule.class);
    double epochs = golden.get("epochs").doubleValue();
    int stepsAnEpoch = golden.get("steps_an_epoch").intValue();
    JsonNode reductions = golden.path("reductions");
    double[] expected = Golden.doubles(golden.get("factor"));
    double[] found = new double[expected.length];
    for (int step = 0; step < expected.length; step++) {
      found[step] =
          schedule.factor(
              new Schedule.Moment(
                  (double) step / stepsAnEpoch, epochs, reductions.path(step).asInt(0)));
    }
    assertNear(expected, found, 1e-8, golden.get("formula").textValue());
  }

  @Test
  void roundTripThroughJson() {
    Schedule schedule = new Schedule.WarmUp(2, new Schedule.Plateau(0.5, 3));
    assertEquals(schedule, Json.read("schedule", Json.write(schedule), Schedule.class));
    assertEquals(new Schedule.Plateau(0.5, 3), schedule.plateau());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThrows(ConfigException.class, () -> new Schedule.Exponential(0));
    assertThrows(ConfigException.class, () -> new Schedule.Exponential(1.1));
    assertThrows(ConfigException.class, () -> new Schedule.Cosine(1));
    assertThrows(ConfigException.class, () -> new Schedule.Linear(1, 0));
    assertThrows(ConfigException.class, () -> new Schedule.Linear(-0.1, 0));
    assertThrows(ConfigException.class, () -> new Schedule.Linear(0.5, 1));
    assertThrows(ConfigException.class, () -> new Schedule.Steps(0, 0.5));
    assertThrows(ConfigException.class, () -> new Schedule.Steps(1, Double.NaN));
    assertThrows(ConfigException.class, () -> new Schedule.Plateau(0.5, 0));
    assertThrows(ConfigException.class, () -> new Schedule.WarmUp(0, new Schedule.Constant()));
    assertThrows(ConfigException.class, () -> new Schedule.WarmUp(1, null));
  }
}
