package org.vaetf.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Rows in an array: grey levels stay bytes, a quarter of the room. Closing does nothing. */
public final class InMemoryDataSet implements DataSet {
  private final String name;
  private final RowShape shape;
  private final byte[] bytes;
  private final float[] reals;
  private final Optional<int[]> labels;
  private final List<String> classes;

  private InMemoryDataSet(
      String name,
      RowShape shape,
      byte[] bytes,
      float[] reals,
      Optional<int[]> labels,
      List<String> classes) {
    this.name = name;
    this.shape = shape;
    this.bytes = bytes;
    this.reals = reals;
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Rows of real numbers.
   *
   * @param name what to call the data
   * @param rows handed over, not copied
   * @return the data set, without labels
   * @throws ConfigException if a value is not finite
   */
  public static InMemoryDataSet of(String name, Samples rows) {
    int bad = ElementType.firstNotFinite(rows.values(), 0, rows.values().length);
    if (bad >= 0) {
      throw new ConfigException(
          "value " + bad % rows.shape().size() + " of row " + bad / rows.shape().size(),
          rows.values()[bad],
          "a finite number");
    }
    return new InMemoryDataSet(
        name, rows.shape(), null, rows.values(), Optional.empty(), List.of());
  }

  /**
   * Rows of grey levels.
   *
   * @param name what to call the data
   * @param shape of a row
   * @param values {@code [rows * shape.size()]}, unsigned; handed over, not copied
   * @return the data set, without labels
   * @throws ConfigException if the values are not whole rows
   */
  public static InMemoryDataSet of(String name, RowShape shape, byte[] values) {
    if (values.length % shape.size() != 0) {
      throw new ConfigException(
          "number of values", values.length, "a multiple of " + shape.size() + ", the row's size");
    }
    return new InMemoryDataSet(name, shape, values, null, Optional.empty(), List.of());
  }

  /**
   * The same rows with labels.
   *
   * @param values one for each row; handed over, not copied
   * @return a data set over the same rows
   * @throws ConfigException if there are more or fewer than rows
   */
  public InMemoryDataSet withLabels(int[] values) {
    if (values.length != rows()) {
      throw new ConfigException("number of labels", values.length, rows() + ", one for each row");
    }
    return new InMemoryDataSet(name, shape, bytes, reals, Optional.of(values), classes);
  }

  /**
   * The same rows with names for their labels.
   *
   * @param names of label 0, label 1 and so on
   * @return a data set over the same rows
   */
  public InMemoryDataSet withClasses(List<String> names) {
    return new InMemoryDataSet(name, shape, bytes, reals, labels, List.copyOf(names));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RowShape shape() {
    return shape;
  }

  @Override
  public int rows() {
    return (bytes == null ? reals.length : bytes.length) / shape.size();
  }

  @Override
  public Encoding encoding() {
    return bytes == null ? Encoding.REALS : Encoding.BYTES;
  }

  @Override
  public Optional<int[]> labels() {
    return labels;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public void read(int row, float[] into, int offset) {
    Objects.checkIndex(row, rows());
    int size = shape.size();
    int from = row * size;
    if (bytes == null) {
      System.arraycopy(reals, from, into, offset, size);
    } else {
      Objects.checkFromIndexSize(offset, size, into.length);
      for (int i = 0; i < size; i++) {
        into[offset + i] = bytes[from + i] & 0xFF;
      }
    }
  }

  @Override
  public void readBytes(int row, byte[] into, int offset) {
    if (bytes == null) {
      DataSet.super.readBytes(row, into, offset);
    } else {
      System.arraycopy(bytes, row * shape.size(), into, offset, shape.size());
    }
  }

  @Override
  public void close() {}
}
