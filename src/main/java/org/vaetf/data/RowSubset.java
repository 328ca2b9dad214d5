package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Some rows of a data set by their numbers. Closing it closes the data set beneath. */
final class RowSubset implements DataSet {
  private final DataSet data;
  private final int[] rows;
  private final Optional<int[]> labels;

  /** A view; the numbers are handed over. */
  RowSubset(DataSet data, int[] rows) {
    this.data = data;
    this.rows = rows;
    this.labels = data.labels().map(all -> Arrays.stream(rows).map(row -> all[row]).toArray());
  }

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public RowShape shape() {
    return data.shape();
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public Encoding encoding() {
    return data.encoding();
  }

  @Override
  public void read(int row, float[] into, int offset) {
    data.read(rows[row], into, offset);
  }

  @Override
  public void readBytes(int row, byte[] into, int offset) {
    data.readBytes(rows[row], into, offset);
  }

  @Override
  public Optional<int[]> labels() {
    return labels;
  }

  @Override
  public List<String> classes() {
    return data.classes();
  }

  @Override
  public Optional<Factors> factors() {
    return data.factors().map(this::pick);
  }

  @Override
  public Optional<FactorGrid> factorGrid() {
    return data.factorGrid();
  }

  private Factors pick(Factors factors) {
    Samples all = factors.values();
    int size = all.shape().size();
    float[] values = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(all.values(), rows[i] * size, values, i * size, size);
    }
    return new Factors(factors.names(), new Samples(all.shape(), values));
  }

  @Override
  public void close() {
    data.close();
  }
}
