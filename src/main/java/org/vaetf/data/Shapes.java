package org.vaetf.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Seed;

/**
 * White shapes on black, after dSprites (Matthey, Higgins, Hassabis and Lerchner, 2017): a square,
 * an ellipse or a heart, in 6 sizes, 40 orientations and 32 × 32 places, each drawn at random for
 * each row from the same grids of values. Made when they are asked for, from the seed and the row's
 * number: any number of rows takes no room. The label is the shape.
 *
 * @param rows how many, at least 1
 * @param size height and width of the images in pixels, 8 to 1024
 * @param seed of the factors; part of the data, not of a run
 */
public record Shapes(int rows, int size, long seed) implements DataSet {
  private static final String NAME = "shapes";
  private static final List<String> CLASSES = List.of("square", "ellipse", "heart");

  /**
   * Checks the numbers.
   *
   * @param rows how many, at least 1
   * @param size height and width of the images in pixels, 8 to 1024
   * @param seed of the factors; part of the data, not of a run
   * @throws ConfigException if there are no rows, or the size is out of range
   */
  public Shapes {
    Check.atLeast("shapes: count", rows, 1);
    if (size < 8 || size > 1024) {
      throw new ConfigException("shapes: size", size, "8 to 1024 pixels");
    }
  }

  /**
   * 10,000 rows of 64×64 pixels.
   *
   * @return the data set
   */
  public static Shapes defaults() {
    return new Shapes(10_000, 64, 0);
  }

  /**
   * The data set of a specification.
   *
   * @param spec {@code shapes}, or {@code shapes:count=5000,size=64,seed=0} with any of the three
   * @return the data set
   * @throws ConfigException if it is written otherwise
   */
  public static Shapes parse(String spec) {
    if (spec.equals(NAME)) {
      return defaults();
    }
    Shapes base = defaults();
    Map<String, Long> values = new TreeMap<>();
    values.put("count", (long) base.rows());
    values.put("size", (long) base.size());
    values.put("seed", base.seed());
    List<String> known = List.copyOf(values.keySet());
    for (String setting : spec.substring(NAME.length() + 1).split(",", -1)) {
      int equals = setting.indexOf('=');
      String key = equals < 0 ? setting : setting.substring(0, equals);
      Check.known("key in '" + spec + "'", key, known);
      String text = setting.substring(equals + 1);
      if (equals < 0 || !text.matches("-?\\d{1,18}")) {
        throw new ConfigException(
            "'" + setting + "' in '" + spec + "'", "no setting", key + "=WHOLE-NUMBER");
      }
      values.put(key, Long.valueOf(text));
    }
    return new Shapes(
        toInt("count", values.get("count")), toInt("size", values.get("size")), values.get("seed"));
  }

  private static int toInt(String key, long value) {
    if (value != (int) value) {
      throw new ConfigException("shapes: " + key, value, "a number below 2^31");
    }
    return (int) value;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RowShape shape() {
    return RowShape.image(size, size, 1);
  }

  @Override
  public Encoding encoding() {
    return Encoding.BYTES;
  }

  @Override
  public List<String> classes() {
    return CLASSES;
  }

  @Override
  public Optional<int[]> labels() {
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = sprite(row).kind();
    }
    return Optional.of(labels);
  }

  /**
   * The factors: {@code shape} 0, 1 or 2, {@code scale} 0.5…1, {@code orientation} in radians, 0 up
   * to but not including 2π (dSprites has both ends, which look the same), {@code posX} and {@code
   * posY} 0…1 from left to right and from top to bottom.
   */
  @Override
  public Optional<Factors> factors() {
    return factorGrid().orElseThrow().rows(NAME, rows, row -> sprite(row).places()).factors();
  }

  /** The grid that the rows are drawn from: {@link #factors()}, 737,280 combinations. */
  @Override
  public Optional<FactorGrid> factorGrid() {
    return Optional.of(Sprite.grid(size));
  }

  @Override
  public void read(int row, float[] into, int offset) {
    Objects.checkIndex(row, rows);
    Objects.checkFromIndexSize(offset, size * size, into.length);
    sprite(row).draw(size, into, offset);
  }

  private Sprite sprite(int row) {
    SplittableRandom random = new Seed(seed).named(NAME).random(row);
    return new Sprite(
        random.nextInt(3),
        random.nextInt(6),
        random.nextInt(40),
        random.nextInt(32),
        random.nextInt(32));
  }

  @Override
  public void close() {}
}
