package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaetf.testing.OneLine;

class LadderTest {

  @Test
  void layersOfThePapers() {
    assertEquals(List.of(64, 32, 16, 8, 4), Ladder.widths(124, 5));
    assertEquals(List.of(100, 50), Ladder.widths(150, 2));
    assertEquals(List.of(2, 1), Ladder.widths(3, 2));
    assertEquals(List.of(1, 1, 1), Ladder.widths(3, 3));
  }

  @Test
  void everyLayerHasADimensionAndNoneIsWiderThanTheOneBelow() {
    for (int layers = 2; layers <= 7; layers++) {
      for (int latent = layers; latent <= 130; latent++) {
        List<Integer> widths = Ladder.widths(latent, layers);
        String what = latent + " in " + layers + ": " + widths;
        assertEquals(layers, widths.size(), what);
        assertEquals(latent, widths.stream().mapToInt(Integer::intValue).sum(), what);
        for (int i = 0; i < layers; i++) {
          assertTrue(widths.get(i) >= 1, what);
          assertTrue(i == 0 || widths.get(i) <= widths.get(i - 1), what);
        }
      }
    }
  }

  @Test
  void fewerDimensionsThanLayersAreRefused() {
    OneLine.ofConfig(() -> Ladder.widths(2, 3), "latent is 2", "at least 3");
  }
}
