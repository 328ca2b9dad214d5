package org.vaetf.latent;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Ways from one latent point to another. */
public enum LatentPath implements Named {
  /** The straight line: {@code (1 − t) a + t b}. */
  LINEAR {
    @Override
    void between(float[] a, float[] b, double t, float[] into, int offset) {
      blend(a, b, 1 - t, t, into, offset);
    }
  },
  /**
   * Along the great circle: {@code (sin((1 − t) Ω) a + sin(t Ω) b) / sin Ω}, Ω the angle between
   * the two; Shoemake, "Animating rotation with quaternion curves" (SIGGRAPH 1985), as for latent
   * spaces in White, arXiv 1609.04468. The straight line where the two point the same or opposite
   * ways.
   */
  SPHERICAL {
    @Override
    void between(float[] a, float[] b, double t, float[] into, int offset) {
      double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
      double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
      double sine = Math.sin(angle);
      if (sine > LEAST_SINE) {
        blend(a, b, Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine, into, offset);
      } else {
        // Also where a point is the origin and the angle is not a number.
        LINEAR.between(a, b, t, into, offset);
      }
    }
  };

  private static final double LEAST_SINE = 1e-6;

  abstract void between(float[] a, float[] b, double t, float[] into, int offset);

  /**
   * Points at even steps, both ends among them.
   *
   * @param from {@code [latent]}
   * @param to {@code [latent]}
   * @param count how many, at least 2
   * @return {@code [count, latent]}
   * @throws ConfigException if there are fewer than two, or the ends differ in length
   */
  public Samples points(float[] from, float[] to, int count) {
    Check.atLeast("count", count, 2);
    if (from.length != to.length) {
      throw new ConfigException(
          "number of latent dimensions of the end", to.length, from.length + ", as the start has");
    }
    float[] values = new float[Math.multiplyExact(count, from.length)];
    for (int i = 0; i < count; i++) {
      between(from, to, i / (count - 1.0), values, i * from.length);
    }
    return new Samples(RowShape.of(from.length), values);
  }

  private static void blend(
      float[] a, float[] b, double ofA, double ofB, float[] into, int offset) {
    for (int i = 0; i < a.length; i++) {
      into[offset + i] = (float) (ofA * a[i] + ofB * b[i]);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
