package org.vaetf.eval;

import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;

/**
 * How far rows lie from their reconstructions, both in the units of the data as stored: mean
 * squared error, peak signal-to-noise ratio, and for images structural similarity. Safe for use by
 * many threads.
 */
public final class ReconstructionMetrics {
  private static final double GREATEST_BYTE = 255;
  private static final int READ_VALUES = 1 << 18;

  private final RowShape shape;
  private final double peak;
  private final Optional<StructuralSimilarity> similarity;

  /**
   * For rows of one shape.
   *
   * @param shape of a row
   * @param peak how far values can lie apart; 0 if they are all the same
   * @throws ConfigException if the peak is negative or not finite
   */
  public ReconstructionMetrics(RowShape shape, double peak) {
    this.shape = shape;
    this.peak = Check.notNegative("peak", peak);
    this.similarity =
        shape.isImage() && peak > 0
            ? Optional.of(new StructuralSimilarity(shape, peak))
            : Optional.empty();
  }

  /**
   * For the rows of a data set. The peak is 255 for bytes; for real numbers it is the greatest less
   * the smallest value of all rows, for which they are read once.
   *
   * @param data not closed
   * @return the metrics
   * @throws org.vaetf.base.DataException if the rows cannot be read
   */
  public static ReconstructionMetrics of(DataSet data) {
    return new ReconstructionMetrics(
        data.shape(), data.encoding() == DataSet.Encoding.BYTES ? GREATEST_BYTE : range(data));
  }

  private static double range(DataSet data) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    int most = Math.max(1, READ_VALUES / data.shape().size());
    for (int row = 0; row < data.rows(); row += most) {
      for (float value : data.slice(row, Math.min(data.rows(), row + most)).values()) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    return Math.max(0, greatest - least);
  }

  /**
   * How far values can lie apart.
   *
   * @return 255 for bytes, the range of the data for real numbers
   */
  public double peak() {
    return peak;
  }

  /**
   * The mean squared error of each row: {@code Σ (x − y)² / size}.
   *
   * @param x {@code [rows, shape...]}
   * @param y as many
   * @return {@code [rows]}, in the units of the data, squared
   * @throws ConfigException if shapes or numbers of rows differ
   */
  public double[] squaredErrors(Samples x, Samples y) {
    requirePairs(x, y);
    int size = shape.size();
    double[] errors = new double[x.rows()];
    for (int row = 0; row < errors.length; row++) {
      double sum = 0;
      for (int i = row * size; i < (row + 1) * size; i++) {
        double difference = (double) y.values()[i] - x.values()[i];
        sum += difference * difference;
      }
      errors[row] = sum / size;
    }
    return errors;
  }

  /**
   * The peak signal-to-noise ratio of each row: {@code 10 log10(peak² / mean squared error)}.
   *
   * @param x {@code [rows, shape...]}
   * @param y as many
   * @return {@code [rows]}, in decibels, infinite where nothing differs; empty if the peak is 0
   * @throws ConfigException if shapes or numbers of rows differ
   */
  public Optional<double[]> peakSignalToNoiseDecibels(Samples x, Samples y) {
    double[] ratios = squaredErrors(x, y);
    for (int row = 0; row < ratios.length; row++) {
      ratios[row] = 10 * Math.log10(peak * peak / ratios[row]);
    }
    return peak > 0 ? Optional.of(ratios) : Optional.empty();
  }

  /**
   * The mean structural similarity of each image to its reconstruction: Wang et al., IEEE
   * Transactions on Image Processing 13 (2004), equations 13 to 17, with their 11×11 Gaussian
   * window (σ = 1.5; in smaller images the largest odd one that fits), K1 = 0.01, K2 = 0.03 and the
   * peak as the range of the values; for each channel, then their mean.
   *
   * @param x {@code [rows, height, width, channels]}
   * @param y as many
   * @return {@code [rows]}, at most 1; empty if the rows are no images, or the peak is 0
   * @throws ConfigException if shapes or numbers of rows differ
   */
  public Optional<double[]> structuralSimilarities(Samples x, Samples y) {
    requirePairs(x, y);
    return similarity.map(
        one -> {
          double[] similarities = new double[x.rows()];
          for (int row = 0; row < similarities.length; row++) {
            similarities[row] = one.of(x.values(), y.values(), row * shape.size());
          }
          return similarities;
        });
  }

  private void requirePairs(Samples x, Samples y) {
    x.requireShape("the original", shape);
    y.requireShape("the reconstruction", shape);
    if (x.rows() != y.rows()) {
      throw new ConfigException(
          "number of reconstructed rows", y.rows(), x.rows() + ", one for each original");
    }
  }
}
