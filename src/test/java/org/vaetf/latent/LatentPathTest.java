package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vaetf.base.ConfigException;

class LatentPathTest {
  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};

  @Test
  void theStraightLine() {
    assertArrayEquals(
        new float[] {1, 0, 0.5f, 0.5f, 0, 1},
        LatentPath.LINEAR.points(EAST, NORTH, 3).values(),
        1e-7f);
  }

  @Test
  void theGreatCircleKeepsTheDistanceFromTheOrigin() {
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(
        new float[] {1, 0, half, half, 0, 1},
        LatentPath.SPHERICAL.points(EAST, NORTH, 3).values(),
        1e-7f);
  }

  @Test
  void endsWithoutAnAngleAreJoinedStraight() {
    float[] zero = {0, 0};
    float[] west = {-1, 0};
    assertArrayEquals(
        new float[] {0, 0, 0.5f, 0, 1, 0},
        LatentPath.SPHERICAL.points(zero, EAST, 3).values(),
        1e-7f);
    assertArrayEquals(
        new float[] {1, 0, 0, 0, -1, 0},
        LatentPath.SPHERICAL.points(EAST, west, 3).values(),
        1e-7f);
  }

  @Test
  void aPathHasTwoEndsOfOneLength() {
    assertThrows(ConfigException.class, () -> LatentPath.LINEAR.points(EAST, NORTH, 1));
    assertThrows(ConfigException.class, () -> LatentPath.LINEAR.points(EAST, new float[] {1}, 3));
  }
}
