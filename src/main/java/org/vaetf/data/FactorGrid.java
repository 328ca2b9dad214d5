package org.vaetf.data;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;

/**
 * Rows made to order: the factors that generate a row, the values each may take, and the procedure
 * that makes a row of them. Where a row lies on the grid is told by its <em>places</em>: for each
 * axis the number of the value, from 0.
 *
 * @param axes one for each factor, at least one
 * @param shape of a row
 * @param encoding of the values that the procedure gives
 * @param painter makes a row
 */
public record FactorGrid(
    List<Axis> axes, RowShape shape, DataSet.Encoding encoding, Painter painter) {

  /**
   * Copies the axes.
   *
   * @param axes one for each factor, at least one
   * @param shape of a row
   * @param encoding of the values that the procedure gives
   * @param painter makes a row
   * @throws ConfigException if there is no axis, or a part is missing
   */
  public FactorGrid {
    axes = List.copyOf(axes);
    Check.atLeast("number of factors", axes.size(), 1);
    Check.present("shape", shape);
    Check.present("encoding", encoding);
    Check.present("painter", painter);
  }

  /** What the values of a factor are to each other. */
  public enum Kind implements Named {
    /** Names without an order. */
    CATEGORICAL,
    /** Numbers. */
    ORDERED
  }

  /**
   * A factor and the values it takes.
   *
   * @param name what people call it
   * @param kind whether the values are numbers or stand for names
   * @param values at least two, in order
   */
  public record Axis(String name, Kind kind, List<Float> values) {

    /**
     * Copies the values.
     *
     * @param name what people call it
     * @param kind whether the values are numbers or stand for names
     * @param values at least two, in order
     * @throws ConfigException if there are fewer
     */
    public Axis {
      Check.present("kind of factor " + name, kind);
      values = List.copyOf(values);
      Check.atLeast("number of values of factor " + name, values.size(), 2);
    }

    /**
     * How many values there are.
     *
     * @return at least 2
     */
    public int size() {
      return values.size();
    }
  }

  /** Makes rows. Safe for use by many threads. */
  @FunctionalInterface
  public interface Painter {

    /**
     * Makes one row.
     *
     * @param places of the row, {@code [factors]}; not to be written to
     * @param into receives the row's values
     * @param offset where in {@code into} to begin
     */
    void paint(int[] places, float[] into, int offset);
  }

  /**
   * The same rows under another shape of as many values.
   *
   * @param other the new shape
   * @return a copy
   * @throws ConfigException if the sizes differ
   */
  public FactorGrid withShape(RowShape other) {
    if (other.size() != shape.size()) {
      throw new ConfigException(
          "row shape", other, "one with " + shape.size() + " values, as " + shape + " has");
    }
    return new FactorGrid(axes, other, encoding, painter);
  }

  /**
   * Draws places, each value of each factor as likely as any other.
   *
   * @param random where chance comes from; takes one number an axis, in their order
   * @return {@code [factors]}
   */
  public int[] draw(SplittableRandom random) {
    return axes.stream().mapToInt(axis -> random.nextInt(axis.size())).toArray();
  }

  /**
   * Makes one row.
   *
   * @param places of the row, {@code [factors]}
   * @param into receives {@code shape().size()} values
   * @param offset where in {@code into} to begin
   * @throws ConfigException if there are more or fewer places than factors
   * @throws IndexOutOfBoundsException if a factor has no such value, or there is no room
   */
  public void paint(int[] places, float[] into, int offset) {
    if (places.length != axes.size()) {
      throw new ConfigException(
          "number of places", places.length, axes.size() + ", one for each factor");
    }
    for (int i = 0; i < places.length; i++) {
      Objects.checkIndex(places[i], axes.get(i).size());
    }
    Objects.checkFromIndexSize(offset, shape.size(), into.length);
    painter.paint(places, into, offset);
  }

  /**
   * Rows of chosen places, each made when it is read: any number takes no room.
   *
   * @param name what to call the data
   * @param rows how many, at least 0
   * @param places of each row by its number; asked from many threads, gives the same every time
   * @return the rows; each one's label is its place on the first axis of names, if there is one
   */
  public DataSet rows(String name, int rows, IntFunction<int[]> places) {
    return new GridRows(name, this, Check.atLeast("number of rows", rows, 0), places);
  }
}
