package org.vaetf.eval;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;

/**
 * The mean structural similarity (SSIM) of two images: Wang, Bovik, Sheikh and Simoncelli, "Image
 * quality assessment: from error visibility to structural similarity", IEEE Transactions on Image
 * Processing 13 (2004), equations 13 to 17:
 *
 * <pre>
 *   SSIM = (2 μx μy + C1) (2 σxy + C2) / ((μx² + μy² + C1) (σx² + σy² + C2)),
 *   C1 = (0.01 L)², C2 = (0.03 L)²
 * </pre>
 *
 * with means, variances and covariance weighted by a Gaussian window of 11×11 pixels and σ = 1.5
 * that sums to one, at every place where the window lies inside the image; the mean over these
 * places, then over the channels. An image lower or narrower than 11 pixels gets the largest odd
 * window that fits, of the same σ. Nothing is scaled down first.
 */
final class StructuralSimilarity {
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double K1 = 0.01;
  private static final double K2 = 0.03;

  private final int height;
  private final int width;
  private final int channels;
  private final double c1;
  private final double c2;
  private final double[] window;

  /**
   * For images of one shape.
   *
   * @param shape {@code [height, width, channels]}
   * @param range L, how far the values can lie apart
   * @throws ConfigException if the shape is not an image's, or the range not above 0
   */
  StructuralSimilarity(RowShape shape, double range) {
    if (!shape.isImage()) {
      throw new ConfigException(
          "row shape", shape, "[height, width, 1] or [height, width, 3], as images have");
    }
    Check.positive("range of the values", range);
    this.height = shape.dimensions().get(0);
    this.width = shape.dimensions().get(1);
    this.channels = shape.channels();
    this.c1 = K1 * range * K1 * range;
    this.c2 = K2 * range * K2 * range;
    int fits = Math.min(height, width);
    this.window = gaussian(Math.min(WINDOW, fits % 2 == 0 ? fits - 1 : fits));
  }

  /** One side of the window, which is the product of its two sides. */
  private static double[] gaussian(int size) {
    double[] weights = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double distance = i - size / 2;
      weights[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
      sum += weights[i];
    }
    for (int i = 0; i < size; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /**
   * The similarity of two images.
   *
   * @param x values of images
   * @param y as many
   * @param offset where in both the images begin
   * @return at most 1, which equal images have
   */
  double of(float[] x, float[] y, int offset) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += channel(x, y, offset + channel);
    }
    return sum / channels;
  }

  private double channel(float[] first, float[] second, int offset) {
    int pixels = height * width;
    double[] x = new double[pixels];
    double[] y = new double[pixels];
    double[] xx = new double[pixels];
    double[] yy = new double[pixels];
    double[] xy = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      x[i] = first[offset + i * channels];
      y[i] = second[offset + i * channels];
      xx[i] = x[i] * x[i];
      yy[i] = y[i] * y[i];
      xy[i] = x[i] * y[i];
    }
    double[] meanX = filtered(x);
    double[] meanY = filtered(y);
    double[] meanXx = filtered(xx);
    double[] meanYy = filtered(yy);
    double[] meanXy = filtered(xy);
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double product = meanX[i] * meanY[i];
      double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
      double covariance = meanXy[i] - product;
      double variances = meanXx[i] + meanYy[i] - squares;
      sum += (2 * product + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
    }
    return sum / meanX.length;
  }

  /** Weighted means at every place where the window fits: along the rows, then down the columns. */
  private double[] filtered(double[] plane) {
    int places = width - window.length + 1;
    double[] along = new double[height * places];
    for (int row = 0; row < height; row++) {
      for (int i = 0; i < places; i++) {
        double sum = 0;
        for (int k = 0; k < window.length; k++) {
          sum += window[k] * plane[row * width + i + k];
        }
        along[row * places + i] = sum;
      }
    }
    double[] both = new double[(height - window.length + 1) * places];
    for (int at = 0; at < both.length; at++) {
      double sum = 0;
      for (int k = 0; k < window.length; k++) {
        sum += window[k] * along[at + k * places];
      }
      both[at] = sum;
    }
    return both;
  }
}
