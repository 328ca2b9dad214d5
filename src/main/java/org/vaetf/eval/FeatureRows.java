package org.vaetf.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;

/** Gathers the features of rows, a batch at a time. */
final class FeatureRows {
  private static final int BATCH_VALUES = 1 << 20;
  private static final int MOST_ROWS = 1000;

  private final Features features;
  private final int most;
  private final Seed seed;
  private final IntConsumer progress;

  FeatureRows(Features features, GenerationSettings settings, IntConsumer progress) {
    this.features = features;
    this.most = settings.rows();
    this.seed = new Seed(settings.seed());
    this.progress = progress;
  }

  /**
   * Of all rows, or of some: one drawn from each of as many equal stretches. So every part of data
   * that is sorted by class has its share; and no rhythm of the data meets one of ours, as at equal
   * distances: MNIST's training digits come in turn from two sources.
   *
   * @param part {@code real} or {@code generated}: its draws are its own
   */
  Samples of(DataSet data, String part) {
    int count = Math.min(most, data.rows());
    int size = data.shape().size();
    int batch = batchRows(data.shape());
    SplittableRandom random = seed.named(part).random(0);
    List<Samples> parts = new ArrayList<>();
    for (int first = 0; first < count; first += batch) {
      float[] values = new float[Math.min(batch, count - first) * size];
      for (int i = 0; i < values.length / size; i++) {
        int from = stretch(first + i, count, data.rows());
        int to = stretch(first + i + 1, count, data.rows());
        data.read(random.nextInt(from, to), values, i * size);
      }
      parts.add(featuresOf(new Samples(data.shape(), values)));
    }
    return gathered(parts);
  }

  private static int stretch(int number, int count, int rows) {
    return (int) ((long) number * rows / count);
  }

  /** Of the first rows that come. */
  Samples of(Stream<Samples> rows, RowShape shape) {
    int batch = batchRows(shape);
    List<Samples> parts = new ArrayList<>();
    int count = 0;
    for (Iterator<Samples> all = rows.iterator(); count < most && all.hasNext(); ) {
      Samples some = all.next().requireShape("the generated rows", shape);
      int wanted = Math.min(some.rows(), most - count);
      for (int first = 0; first < wanted; first += batch) {
        parts.add(featuresOf(some.slice(first, Math.min(wanted, first + batch))));
      }
      count += wanted;
    }
    return gathered(parts);
  }

  private static int batchRows(RowShape shape) {
    return Math.max(1, Math.min(MOST_ROWS, BATCH_VALUES / shape.size()));
  }

  private Samples featuresOf(Samples rows) {
    Samples found = features.of(rows);
    if (found.rows() != rows.rows()) {
      throw new ConfigException(
          "number of rows of features", found.rows(), rows.rows() + ", one for each row");
    }
    progress.accept(rows.rows());
    return found;
  }

  private static Samples gathered(List<Samples> parts) {
    return parts.isEmpty() ? new Samples(RowShape.of(1), new float[0]) : Samples.concatenate(parts);
  }
}
