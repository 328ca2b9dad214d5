package org.vaetf.report;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * A plane of a latent space as a square grid of points, spaced by the inverse normal distribution
 * function, so that each stands for as much of the prior: Kingma and Welling, arXiv 1312.6114,
 * appendix A. All other dimensions are 0.
 *
 * @param count points a side, at least 2
 * @param across the dimension that grows from left to right, from 0
 * @param down the dimension that falls from top to bottom, from 0
 */
public record Manifold(int count, int across, int down) {

  /**
   * Checks the numbers.
   *
   * @param count points a side, at least 2
   * @param across the dimension that grows from left to right, from 0
   * @param down the dimension that falls from top to bottom, from 0
   * @throws ConfigException if there are fewer than two points, or no two dimensions
   */
  public Manifold {
    Check.atLeast("count", count, 2);
    Check.atLeast("dimensions", Math.min(across, down), 0);
    if (across == down) {
      throw new ConfigException("dimensions", across + "," + down, "two different ones");
    }
  }

  /**
   * The points.
   *
   * @param latent dimensions of the space
   * @return {@code [count * count, latent]}, line after line from the top left
   * @throws ConfigException if the space lacks one of the dimensions
   */
  public Samples points(int latent) {
    if (Math.max(across, down) >= latent) {
      throw new ConfigException(
          "dimensions",
          across + "," + down,
          latent < 2
              ? "two of at least 2; this model has " + latent
              : "two numbers from 0 to " + (latent - 1) + ", as this model has " + latent);
    }
    float[] values = new float[Math.multiplyExact(count * count, latent)];
    for (int line = 0; line < count; line++) {
      for (int column = 0; column < count; column++) {
        int at = (line * count + column) * latent;
        values[at + across] = coordinate(column);
        values[at + down] = coordinate(count - 1 - line);
      }
    }
    return new Samples(RowShape.of(latent), values);
  }

  private float coordinate(int number) {
    return (float) NormalQuantile.of((number + 0.5) / count);
  }
}
