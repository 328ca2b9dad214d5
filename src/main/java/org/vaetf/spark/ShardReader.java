package org.vaetf.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ClassNames;
import org.vaetf.data.DataSet;
import org.vaetf.data.ImageFit;
import org.vaetf.data.RowReader;

/** The rows that a worker is given, checked. */
final class ShardReader implements RowReader {
  private final String source;
  private final RowShape shape;
  private final boolean labelled;
  private final List<String> classes;
  private final Optional<ImageFit> images;
  private final Iterator<ShardRow> rows;
  private long number;

  /**
   * A reader.
   *
   * @param source for messages
   * @param labelled whether rows come with labels
   * @param classes their names; empty where labels are numbers
   * @param images how the rows are read from files; empty where they are numbers
   */
  ShardReader(
      String source,
      RowShape shape,
      boolean labelled,
      List<String> classes,
      Optional<ImageSettings> images,
      Iterator<ShardRow> rows) {
    this.source = source;
    this.shape = shape;
    this.labelled = labelled;
    this.classes = classes;
    this.images = images.map(settings -> settings.fit(shape));
    this.rows = rows;
  }

  @Override
  public RowShape shape() {
    return shape;
  }

  @Override
  public DataSet.Encoding encoding() {
    return images.isPresent() ? DataSet.Encoding.BYTES : DataSet.Encoding.REALS;
  }

  @Override
  public long rows() {
    return -1;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public Optional<Batch> next(int most) {
    List<float[]> values = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    while (values.size() < most && rows.hasNext()) {
      ShardRow row = rows.next();
      values.add(
          images
              .map(fit -> fit.read(row.text(), ImageFiles.bytes(row.text())))
              .orElseGet(() -> checked(row)));
      if (labelled) {
        labels.add(label(row));
      }
      number++;
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    float[] all = new float[Math.multiplyExact(values.size(), shape.size())];
    for (int i = 0; i < values.size(); i++) {
      System.arraycopy(values.get(i), 0, all, i * shape.size(), shape.size());
    }
    Samples samples = new Samples(shape, all);
    return Optional.of(
        labelled
            ? Batch.of(samples, labels.stream().mapToInt(label -> label).toArray())
            : Batch.of(samples));
  }

  private float[] checked(ShardRow row) {
    float[] values = row.values();
    if (values == null) {
      throw fault("holds " + row.text() + "; expected numbers alone");
    }
    if (values.length != shape.size()) {
      throw fault(
          "holds "
              + values.length
              + " numbers; expected "
              + shape.size()
              + ", as in the first row; give rows of one size");
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw fault("holds " + value + "; expected finite numbers");
      }
    }
    return values;
  }

  private int label(ShardRow row) {
    int label = row.label() == null ? -1 : ClassNames.label(row.label(), classes);
    if (label < 0) {
      throw fault("has the label " + row.label() + "; expected one of the training rows'");
    }
    return label;
  }

  private DataException fault(String what) {
    return new DataException(source, "row " + number + " of a worker's part " + what);
  }

  @Override
  public void close() {}
}
