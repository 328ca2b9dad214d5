package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

class FingerprintTest {

  private static InMemoryDataSet data(String name, RowShape shape, float... values) {
    return InMemoryDataSet.of(name, new Samples(shape, values));
  }

  @Test
  void equalDataHaveEqualFingerprints() {
    String one = Fingerprint.of(data("a", RowShape.of(2), 1, 2, 3, 4));
    assertTrue(one.matches("[0-9a-f]{64}"), one);
    assertEquals(one, Fingerprint.of(data("b", RowShape.of(2), 1, 2, 3, 4)));
  }

  @Test
  void everythingCounts() {
    InMemoryDataSet base = data("a", RowShape.of(2), 1, 2, 3, 4);
    String one = Fingerprint.of(base);
    assertNotEquals(one, Fingerprint.of(data("a", RowShape.of(2), 1, 2, 3, 5)));
    assertNotEquals(one, Fingerprint.of(data("a", RowShape.of(2), 3, 4, 1, 2)));
    assertNotEquals(one, Fingerprint.of(data("a", RowShape.of(4), 1, 2, 3, 4)));
    assertNotEquals(one, Fingerprint.of(data("a", RowShape.of(1, 2, 1), 1, 2, 3, 4)));
    assertNotEquals(one, Fingerprint.of(base.withLabels(new int[] {0, 1})));
    assertNotEquals(
        Fingerprint.of(base.withLabels(new int[] {0, 1})),
        Fingerprint.of(base.withLabels(new int[] {0, 2})));
    assertNotEquals(
        one, Fingerprint.of(InMemoryDataSet.of("a", RowShape.of(2), new byte[] {1, 2, 3, 4})));
  }

  @Test
  void ofManyRowsSomeCount() {
    float[] values = new float[20_480];
    String one = Fingerprint.of(data("a", RowShape.of(1), values));
    values[5 * 17] = 1;
    assertNotEquals(one, Fingerprint.of(data("a", RowShape.of(1), values)));
    values[5 * 17] = 0;
    values[5 * 17 + 1] = 1;
    assertEquals(one, Fingerprint.of(data("a", RowShape.of(1), values)));
  }

  @Test
  void isTheSameInEveryVersion() {
    // Python: hashlib.sha256(b'[2] 1 reals' + struct.pack('>iff', -1, 1.5, -2)).hexdigest()
    assertEquals(
        "3fa00e6495e4a2b89b15c3af6e2b1191aa28ff84cd40634f4dec56f39748bf80",
        Fingerprint.of(data("a", RowShape.of(2), 1.5f, -2)));
  }
}
