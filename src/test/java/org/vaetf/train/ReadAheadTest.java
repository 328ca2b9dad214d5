package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadAheadTest {
  private static final int FAR = 100;

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "3, 4", "0, 7", "0, 8", "2, 50"})
  void givesAllInOrder(int from, int to) {
    List<Integer> found = new ArrayList<>();
    try (ReadAhead<Integer> numbers = new ReadAhead<>(from, to, number -> number)) {
      numbers.forEachRemaining(found::add);
      assertThrows(NoSuchElementException.class, numbers::next);
    }
    assertEquals(IntStream.range(from, to).boxed().toList(), found);
  }

  @Test
  void aFailureComesWithItsElement() {
    try (ReadAhead<Integer> numbers = new ReadAhead<>(0, FAR, ReadAheadTest::failAtTwo)) {
      assertEquals(0, numbers.next());
      assertEquals(1, numbers.next());
      assertEquals(
          "no second", assertThrows(IllegalStateException.class, numbers::next).getMessage());
    }
  }

  @Test
  void anErrorComesWithItsElementToo() {
    try (ReadAhead<Integer> numbers =
        new ReadAhead<>(
            0,
            FAR,
            number -> {
              throw new OutOfMemoryError("no " + number);
            })) {
      assertEquals("no 0", assertThrows(OutOfMemoryError.class, numbers::next).getMessage());
    }
  }

  private static int failAtTwo(int number) {
    if (number == 2) {
      throw new IllegalStateException("no second");
    }
    return number;
  }

  @Test
  void doesNotRunFarAheadAndStopsWhenClosed() {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    try (ReadAhead<Integer> numbers =
        new ReadAhead<>(
            0,
            FAR,
            number -> {
              running.incrementAndGet();
              made.incrementAndGet();
              running.decrementAndGet();
              return number;
            })) {
      numbers.next();
      assertTrue(numbers.hasNext());
    }
    assertEquals(0, running.get(), "the element under way was waited for");
    int afterwards = made.get();
    assertTrue(afterwards < FAR / 2, afterwards + " of " + FAR + " were made for one");
    assertFalse(afterwards == 0);
  }
}
