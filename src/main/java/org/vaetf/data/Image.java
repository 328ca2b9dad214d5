package org.vaetf.data;

/** Grey levels or colours of 0…255: values {@code [height, width, channels]} in C order. */
final class Image {
  private final int height;
  private final int width;
  private final int channels;
  private final float[] values;

  Image(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.values = new float[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int channels() {
    return channels;
  }

  float[] values() {
    return values;
  }

  float get(int y, int x, int channel) {
    return values[(y * width + x) * channels + channel];
  }

  void set(int y, int x, int channel, float value) {
    values[(y * width + x) * channels + channel] = value;
  }

  /** Whether the colours are all grey. */
  boolean isGrey() {
    for (int i = 0; channels == 3 && i < values.length; i += 3) {
      if (values[i] != values[i + 1] || values[i] != values[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /** The same picture in grey (by the luma weights of Rec. 601) or in colour. */
  Image withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    Image result = new Image(height, width, wanted);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (wanted == 1) {
          float luma = 0.299f * get(y, x, 0) + 0.587f * get(y, x, 1) + 0.114f * get(y, x, 2);
          result.set(y, x, 0, Math.round(luma));
        } else {
          for (int channel = 0; channel < wanted; channel++) {
            result.set(y, x, channel, get(y, x, 0));
          }
        }
      }
    }
    return result;
  }

  /**
   * The picture in another size, by linear interpolation; where it shrinks the triangle widens with
   * it, so that every pixel counts and nothing flickers. Values are rounded.
   */
  Image resize(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    Image wide = new Image(height, newWidth, channels);
    for (int x = 0; x < newWidth; x++) {
      Triangle weights = new Triangle(x, newWidth, width);
      for (int y = 0; y < height; y++) {
        for (int channel = 0; channel < channels; channel++) {
          float sum = 0;
          for (int i = 0; i < weights.values.length; i++) {
            sum += weights.values[i] * get(y, weights.first + i, channel);
          }
          wide.set(y, x, channel, sum);
        }
      }
    }
    Image result = new Image(newHeight, newWidth, channels);
    for (int y = 0; y < newHeight; y++) {
      Triangle weights = new Triangle(y, newHeight, height);
      for (int x = 0; x < newWidth; x++) {
        for (int channel = 0; channel < channels; channel++) {
          float sum = 0;
          for (int i = 0; i < weights.values.length; i++) {
            sum += weights.values[i] * wide.get(weights.first + i, x, channel);
          }
          result.set(y, x, channel, Math.round(sum));
        }
      }
    }
    return result;
  }

  /** What the pixels of one line weigh in one pixel of a longer or shorter line. */
  private static final class Triangle {
    private final int first;
    private final float[] values;

    Triangle(int pixel, int newLength, int length) {
      double ratio = (double) length / newLength;
      double reach = Math.max(1, ratio);
      double centre = (pixel + 0.5) * ratio - 0.5;
      this.first = Math.max(0, (int) Math.ceil(centre - reach));
      int last = Math.min(length - 1, (int) Math.floor(centre + reach));
      double[] weights = new double[last - first + 1];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(0, 1 - Math.abs(first + i - centre) / reach);
        sum += weights[i];
      }
      this.values = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        values[i] = (float) (weights[i] / sum);
      }
    }
  }
}
