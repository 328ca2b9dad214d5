package org.vaetf.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersTest {

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1, 5", "2, 7", "4, 3"})
  void resultsComeInTheOrderOfThePieces(int threads, int pieces) {
    try (Workers workers = new Workers(threads)) {
      assertEquals(
          IntStream.range(0, pieces).map(i -> i * i).boxed().toList(),
          workers.map(pieces, i -> i * i));
    }
  }

  @Test
  void piecesRunSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    try (Workers workers = new Workers(2)) {
      workers.map(
          2,
          i -> {
            both.countDown();
            await(both);
            return i;
          });
    }
    assertEquals(0, both.getCount());
  }

  @Test
  void theCallerWorksToo() {
    Thread caller = Thread.currentThread();
    try (Workers alone = new Workers(1);
        Workers two = new Workers(2)) {
      assertEquals(Set.of(caller), Set.copyOf(alone.map(5, i -> Thread.currentThread())));
      assertEquals(List.of(caller), two.map(1, i -> Thread.currentThread()));
      CountDownLatch both = new CountDownLatch(2);
      List<Thread> threads =
          two.map(
              2,
              i -> {
                both.countDown();
                await(both);
                return Thread.currentThread();
              });
      assertTrue(threads.contains(caller));
      assertEquals(2, Set.copyOf(threads).size());
    }
  }

  @Test
  void whatComesAfterTheEndIsDoneByItsCaller() {
    Workers workers = new Workers(3);
    workers.close();
    assertEquals(
        Set.of(Thread.currentThread()), Set.copyOf(workers.map(4, i -> Thread.currentThread())));
    assertThrows(
        IllegalStateException.class,
        () ->
            workers.map(
                4,
                i -> {
                  throw new IllegalStateException("the session is closed");
                }));
  }

  @Test
  void theFirstFailureIsThrownWhenAllPiecesAreDone() {
    AtomicInteger done = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      IllegalStateException failure =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.map(
                      6,
                      i -> {
                        done.incrementAndGet();
                        if (i >= 2) {
                          throw new IllegalStateException("piece " + i);
                        }
                        return i;
                      }));
      assertEquals("piece 2", failure.getMessage());
      assertEquals(6, done.get());
    }
  }

  @Test
  void anErrorOfAnyThreadComesToTheCallerWhenAllPiecesAreDone() {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    try (Workers workers = new Workers(2)) {
      OutOfMemoryError failure =
          assertThrows(
              OutOfMemoryError.class,
              () ->
                  workers.map(
                      6,
                      i -> {
                        both.countDown();
                        // So that each of the two threads has one of the first pieces.
                        await(both);
                        done.incrementAndGet();
                        throw new OutOfMemoryError("piece " + i);
                      }));
      assertEquals("piece 0", failure.getMessage());
      assertEquals(6, done.get());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
