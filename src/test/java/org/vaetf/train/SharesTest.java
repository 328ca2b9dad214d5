package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.nn.BatchShare;

/** Who takes which rows of a batch. */
class SharesTest {

  @Test
  void aBatchIsSharedAsEvenlyAsItCanBe() {
    int[] rows = {25, 25, 24};
    // Of 10 rows: 3, 3, 4.
    assertEquals(new BatchShare(0, 3, 10), new Shares(0, 10, rows).of(0));
    assertEquals(new BatchShare(3, 3, 10), new Shares(1, 10, rows).of(5));
    assertEquals(new BatchShare(6, 4, 10), new Shares(2, 10, rows).of(5));
    // The third process has none left after 6 batches; the others have one row more than 8 of 3.
    Shares first = new Shares(0, 10, rows);
    assertEquals(9, first.steps());
    assertEquals(6, first.rowsOf(6));
    assertEquals(new BatchShare(0, 1, 2), first.of(8));
    assertEquals(74, first.total());
  }

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRowIsTakenOnce(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int processes = random.nextInt(1, 8);
    int batch = random.nextInt(processes, 40);
    int[] rows = IntStream.generate(() -> random.nextInt(1, 200)).limit(processes).toArray();
    long[] taken = new long[processes];
    for (int number = 0; number < new Shares(0, batch, rows).steps(); number++) {
      int at = 0;
      for (int rank = 0; rank < processes; rank++) {
        Shares shares = new Shares(rank, batch, rows);
        int own = shares.taken(rank, number);
        if (own > 0) {
          assertEquals(new BatchShare(at, own, shares.rowsOf(number)), shares.of(number));
        }
        at += own;
        taken[rank] += own;
      }
    }
    for (int rank = 0; rank < processes; rank++) {
      assertEquals(rows[rank], taken[rank]);
    }
  }
}
