package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.vaetf.base.RowShape;

/**
 * One picture of {@link Shapes}: the places of its factors on their grids.
 *
 * @param kind 0 square, 1 ellipse, 2 heart
 * @param scale 0…5
 * @param orientation 0…39
 * @param x 0…31
 * @param y 0…31
 */
record Sprite(int kind, int scale, int orientation, int x, int y) {
  /** The largest shape's reach from its centre, as a part of the picture: it never leaves it. */
  private static final double REACH = 0.22;

  /** A pixel is a mean of 4 × 4 points. */
  private static final int POINTS = 4;

  /** The factors, in the order and on the grids of dSprites. */
  private static final List<FactorGrid.Axis> AXES =
      List.of(
          new FactorGrid.Axis("shape", FactorGrid.Kind.CATEGORICAL, List.of(0f, 1f, 2f)),
          ordered("scale", 6, i -> 0.5f + i / 10f),
          ordered("orientation", 40, i -> (float) angle(i)),
          ordered("posX", 32, i -> i / 31f),
          ordered("posY", 32, i -> i / 31f));

  private static FactorGrid.Axis ordered(String name, int size, IntFunction<Float> value) {
    List<Float> values = IntStream.range(0, size).mapToObj(value).toList();
    return new FactorGrid.Axis(name, FactorGrid.Kind.ORDERED, values);
  }

  /** Every sprite, in pictures of {@code [size, size, 1]}. */
  static FactorGrid grid(int size) {
    return new FactorGrid(
        AXES,
        RowShape.image(size, size, 1),
        DataSet.Encoding.BYTES,
        (places, into, offset) -> at(places).draw(size, into, offset));
  }

  private static Sprite at(int[] places) {
    return new Sprite(places[0], places[1], places[2], places[3], places[4]);
  }

  /** Where the sprite lies on the grid. */
  int[] places() {
    return new int[] {kind, scale, orientation, x, y};
  }

  private static double angle(int orientation) {
    return orientation * 2 * Math.PI / 40;
  }

  /** Draws onto black: grey levels {@code [size, size]} from {@code offset} on. */
  void draw(int size, float[] into, int offset) {
    Arrays.fill(into, offset, offset + size * size, 0);
    double reach = REACH * size * (0.5 + scale / 10.0);
    double centreX = size * (REACH + x / 31.0 * (1 - 2 * REACH));
    double centreY = size * (REACH + y / 31.0 * (1 - 2 * REACH));
    double cos = Math.cos(angle(orientation)) / reach;
    double sin = Math.sin(angle(orientation)) / reach;
    int left = Math.max(0, (int) (centreX - reach));
    int right = Math.min(size - 1, (int) (centreX + reach));
    int top = Math.max(0, (int) (centreY - reach));
    int bottom = Math.min(size - 1, (int) (centreY + reach));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        int hits = 0;
        for (int i = 0; i < POINTS * POINTS; i++) {
          double dx = column + (i % POINTS + 0.5) / POINTS - centreX;
          double dy = row + (Math.floorDiv(i, POINTS) + 0.5) / POINTS - centreY;
          hits += inside(cos * dx + sin * dy, cos * dy - sin * dx) ? 1 : 0;
        }
        into[offset + row * size + column] = Math.round(255f * hits / (POINTS * POINTS));
      }
    }
  }

  /** Whether a point lies in the shape, in coordinates where its reach is 1. */
  private boolean inside(double u, double v) {
    return switch (kind) {
      case 0 -> Math.max(Math.abs(u), Math.abs(v)) <= Math.sqrt(0.5);
      case 1 -> u * u + 4 * v * v <= 1;
      default -> {
        // (a² + b² - 1)³ = a² b³, upright: it spans 2.28 by 2.24, here made to fit the circle.
        double a = 1.3 * u;
        double b = 0.15 - 1.3 * v;
        double ring = a * a + b * b - 1;
        yield ring * ring * ring <= a * a * b * b * b;
      }
    };
  }
}
