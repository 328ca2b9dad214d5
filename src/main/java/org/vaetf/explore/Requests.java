package org.vaetf.explore;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.latent.LatentPath;

/** What the page asks for, as JSON. A label is given to a conditional model and to no other. */
final class Requests {
  private static final int MOST_STEPS = 64;
  private static final int MOST_SAMPLES = 400;
  private static final int MOST_NEIGHBOURS = 64;
  private static final double MOST_TEMPERATURE = 10;

  private Requests() {}

  /** The picture of a point. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
  record Decode(float[] z, Integer label) {
    Decode {
      requireFinite("z", z);
    }
  }

  /** The posterior of a picture, and the rows around it. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
  record Encode(float[] pixels, Integer label, int neighbours) {
    Encode {
      requireFinite("pixels", pixels);
      for (int i = 0; i < pixels.length; i++) {
        if (pixels[i] < 0 || pixels[i] > 255) {
          throw new ConfigException("pixels[" + i + "]", pixels[i], "a grey level of 0 to 255");
        }
      }
      requireBetween("neighbours", neighbours, 0, MOST_NEIGHBOURS);
    }
  }

  /** Pictures on the way from one point to another. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
  record Interpolate(float[] from, float[] to, int steps, LatentPath method, Integer label) {
    Interpolate {
      requireFinite("from", from);
      requireFinite("to", to);
      requireBetween("steps", steps, 2, MOST_STEPS);
      Check.present("method", method);
    }
  }

  /** Pictures of points drawn from the prior, or from the sampler in its place. */
  record Sample(long seed, int count, double temperature, Integer label) {
    Sample {
      requireBetween("count", count, 1, MOST_SAMPLES);
      if (!(temperature >= 0 && temperature <= MOST_TEMPERATURE)) {
        throw new ConfigException(
            "temperature", temperature, "a number from 0 to " + (int) MOST_TEMPERATURE);
      }
    }
  }

  private static void requireFinite(String name, float[] values) {
    Check.present(name, values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new ConfigException(name + "[" + i + "]", values[i], "a finite number");
      }
    }
  }

  private static void requireBetween(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ConfigException(name, value, "a whole number from " + least + " to " + most);
    }
  }
}
