package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

  @Test
  void namedIsTheBeginningOfSha256() {
    // Python: struct.unpack('>q', hashlib.sha256(struct.pack('>q', 42) + b'weights').digest()[:8])
    assertEquals(new Seed(4761752896810262958L), new Seed(42).named("weights"));
  }

  @Test
  void namesAndSeedsAndNestingAllMatter() {
    Set<Seed> seeds = new HashSet<>();
    for (long value = 0; value < 100; value++) {
      Seed seed = new Seed(value);
      seeds.add(seed);
      seeds.add(seed.named("weights"));
      seeds.add(seed.named("shuffle"));
      seeds.add(seed.named("weights").named("shuffle"));
    }
    assertEquals(400, seeds.size());
  }

  @Test
  void pairIsTheValueAndTheCounter() {
    assertArrayEquals(new long[] {7, 3}, new Seed(7).pair(3));
  }

  @Test
  void generatorsRepeatAndDifferByCounter() {
    Seed seed = new Seed(7);
    assertEquals(seed.random(1).nextLong(), seed.random(1).nextLong());
    Set<Long> first = new HashSet<>();
    for (int counter = 0; counter < 10_000; counter++) {
      first.add(seed.random(counter).nextLong());
    }
    assertEquals(10_000, first.size());
    assertNotEquals(seed.random(0).nextLong(), new Seed(8).random(0).nextLong());
  }

  @Test
  void neighbouringCountersShareNoSequence() {
    Set<Long> seen = new HashSet<>();
    for (int counter = 0; counter < 100; counter++) {
      seen.addAll(new Seed(1).random(counter).longs(1000).boxed().toList());
    }
    assertEquals(100_000, seen.size());
  }
}
