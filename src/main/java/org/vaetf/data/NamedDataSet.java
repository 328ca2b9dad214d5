package org.vaetf.data;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.RowShape;

/** A data set under the name that people asked for it by. */
record NamedDataSet(String name, DataSet set) implements DataSet {

  @Override
  public RowShape shape() {
    return set.shape();
  }

  @Override
  public int rows() {
    return set.rows();
  }

  @Override
  public Encoding encoding() {
    return set.encoding();
  }

  @Override
  public void read(int row, float[] into, int offset) {
    set.read(row, into, offset);
  }

  @Override
  public void readBytes(int row, byte[] into, int offset) {
    set.readBytes(row, into, offset);
  }

  @Override
  public Optional<int[]> labels() {
    return set.labels();
  }

  @Override
  public List<String> classes() {
    return set.classes();
  }

  @Override
  public Optional<Factors> factors() {
    return set.factors();
  }

  @Override
  public Optional<FactorGrid> factorGrid() {
    return set.factorGrid();
  }

  @Override
  public void close() {
    set.close();
  }
}
