package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaetf.group.Group;
import org.vaetf.group.Rings;

/** Means of terms, of one process and of several. */
class TermsTest {
  private static final List<String> NAMES = List.of("loss", "kl");

  private static Terms of(int rank) {
    Terms terms = new Terms(NAMES);
    // By rows: 0: (2, -1) of 3; 1: (10, 4) of 1 and (6, 0) of 1; 2: none.
    if (rank == 0) {
      terms.add(new float[] {2, -1}, 3);
    } else if (rank == 1) {
      terms.add(new float[] {10, 4}, 1);
      terms.add(new float[] {6, 0}, 1);
    }
    return terms;
  }

  @Test
  void meansAreOverTheRowsOfAllProcesses() throws Exception {
    Map<String, Double> expected = Map.of("loss", (3 * 2 + 10 + 6) / 5.0, "kl", (-3 + 4) / 5.0);
    for (Terms all : Rings.each(3, group -> of(group.rank()).of(group))) {
      assertEquals(expected, all.means());
      assertEquals(5, all.rows());
      assertEquals((float) (1 / 5.0), all.asFloats()[1]);
    }
  }

  @Test
  void aloneTheyAreItsOwn() {
    assertEquals(of(1).means(), of(1).of(Group.alone()).means());
  }

  @Test
  void whatIsNotFiniteStaysSo() throws Exception {
    List<Terms> all =
        Rings.each(
            2,
            group -> {
              Terms terms = of(0);
              float[] bad = {Float.POSITIVE_INFINITY, Float.NaN};
              terms.add(group.rank() == 1 ? bad : new float[2], 1);
              return terms.of(group);
            });
    all.forEach(
        terms -> {
          assertEquals(Float.POSITIVE_INFINITY, terms.asFloats()[0]);
          assertEquals(Float.NaN, terms.asFloats()[1]);
        });
  }
}
