package org.vaetf.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Rows of chosen places on a grid. */
record GridRows(String name, FactorGrid grid, int rows, IntFunction<int[]> places)
    implements DataSet {

  @Override
  public RowShape shape() {
    return grid.shape();
  }

  @Override
  public Encoding encoding() {
    return grid.encoding();
  }

  @Override
  public void read(int row, float[] into, int offset) {
    grid.paint(places.apply(Objects.checkIndex(row, rows)), into, offset);
  }

  @Override
  public Optional<int[]> labels() {
    return IntStream.range(0, grid.axes().size())
        .filter(axis -> grid.axes().get(axis).kind() == FactorGrid.Kind.CATEGORICAL)
        .boxed()
        .findFirst()
        .map(axis -> IntStream.range(0, rows).map(row -> places.apply(row)[axis]).toArray());
  }

  @Override
  public Optional<Factors> factors() {
    List<FactorGrid.Axis> axes = grid.axes();
    float[] values = new float[Math.multiplyExact(rows, axes.size())];
    for (int row = 0; row < rows; row++) {
      int[] place = places.apply(row);
      for (int i = 0; i < place.length; i++) {
        values[row * place.length + i] = axes.get(i).values().get(place[i]);
      }
    }
    return Optional.of(
        new Factors(
            axes.stream().map(FactorGrid.Axis::name).toList(),
            new Samples(RowShape.of(axes.size()), values)));
  }

  @Override
  public Optional<FactorGrid> factorGrid() {
    return Optional.of(grid);
  }

  @Override
  public void close() {}
}
