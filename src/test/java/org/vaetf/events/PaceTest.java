package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;

/** However long a run, what takes room stays bounded. */
class PaceTest {
  private static List<Integer> looks(int epochs) {
    Pace pace = Pace.of(epochs, 10, 10);
    return IntStream.rangeClosed(1, epochs).filter(pace::looksAfter).boxed().toList();
  }

  @Test
  void shortRunsAreLookedAtAfterEachEpoch() {
    assertEquals(List.of(1, 2, 3), looks(3));
    assertEquals(25, looks(25).size());
    assertEquals(List.of(1, 2, 4, 6), looks(27).subList(0, 4));
    assertEquals(27, looks(27).get(looks(27).size() - 1), "the last one too");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 24, 25, 26, 49, 50, 51, 80, 999, 1000, 12345})
  void looksAreAtMost25AndTheFirstAndTheLast(int epochs) {
    List<Integer> looks = looks(epochs);
    assertEquals(1, looks.get(0));
    assertEquals(epochs, looks.get(looks.size() - 1));
    assertTrue(looks.size() <= 27, epochs + " epochs: " + looks.size());
    assertTrue(looks.size() >= Math.min(epochs, 13), epochs + " epochs: " + looks.size());
  }

  @Test
  void pointsOfStepsAreAtMostTenThousand() {
    assertEquals(700, points(100, 64, 10));
    assertEquals(10_000, points(1000, 100, 10));
    assertEquals(9_400, points(1000, 469, 10));
    assertTrue(points(Integer.MAX_VALUE / 1000, 1000, 1) <= 10_000);
  }

  private static long points(int epochs, int steps, int reportEvery) {
    Pace pace = Pace.of(epochs, steps, reportEvery);
    long losses = epochs * ((steps + (long) reportEvery - 1) / reportEvery);
    long told =
        losses <= 1_000_000
            ? LongStream.range(0, losses).filter(pace::tells).count()
            : (losses + pace.lossesAPoint() - 1) / pace.lossesAPoint();
    return told;
  }

  @Test
  void picturesHoldHalfAMillionPixels() {
    assertEquals(64, Pictures.images(RowShape.image(28, 28, 1)));
    assertEquals(64, Pictures.images(RowShape.image(64, 64, 3)));
    assertEquals(8, Pictures.images(RowShape.image(256, 256, 3)));
    assertEquals(1, Pictures.images(RowShape.image(1024, 1024, 3)));
  }
}
