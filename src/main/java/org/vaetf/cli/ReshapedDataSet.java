package org.vaetf.cli;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.RowShape;
import org.vaetf.data.DataSet;
import org.vaetf.data.FactorGrid;

/**
 * The same rows under another shape of as many values, with other labels.
 *
 * @param data the rows
 * @param shape to see them in
 * @param labels of the rows
 * @param classes the labels' names
 * @param closing closes them, and what was opened with them
 */
record ReshapedDataSet(
    DataSet data, RowShape shape, Optional<int[]> labels, List<String> classes, Runnable closing)
    implements DataSet {

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public int rows() {
    return data.rows();
  }

  @Override
  public Encoding encoding() {
    return data.encoding();
  }

  @Override
  public void read(int row, float[] into, int offset) {
    data.read(row, into, offset);
  }

  @Override
  public void readBytes(int row, byte[] into, int offset) {
    data.readBytes(row, into, offset);
  }

  @Override
  public Optional<FactorGrid> factorGrid() {
    return data.factorGrid().map(grid -> grid.withShape(shape));
  }

  @Override
  public void close() {
    closing.run();
  }
}
