package org.vaetf.eval;

import java.util.Arrays;

/**
 * A linear classifier: multinomial logistic regression. With features made to have mean 0 and
 * variance 1 over the n rows to learn from, it minimises
 *
 * <pre>
 * −(1/n) Σ log softmax(W x + b)_label  +  |W|² / 2n
 * </pre>
 *
 * which is scikit-learn's {@code LogisticRegression} with its default strength of the penalty.
 */
final class SoftmaxRegression {
  private static final double TOLERANCE = 1e-9;

  private final double[] means;
  private final double[] scales;

  /** W and b, class after class: {@code [classes][features + 1]}, the bias last. */
  private final double[][] weights;

  private SoftmaxRegression(double[] means, double[] scales, double[][] weights) {
    this.means = means;
    this.scales = scales;
    this.weights = weights;
  }

  /** Fits the classifier to features {@code [rows][features]} and labels {@code [rows]}. */
  static SoftmaxRegression fit(double[][] features, int[] labels, int classes) {
    int width = features[0].length;
    Estimate.Gatherer[] columns = Estimate.Gatherer.columns(width);
    for (double[] row : features) {
      for (int i = 0; i < width; i++) {
        columns[i].add(row[i]);
      }
    }
    double[] means = Arrays.stream(columns).mapToDouble(c -> c.estimate().mean()).toArray();
    double[] scales =
        Arrays.stream(columns)
            .mapToDouble(c -> c.squares() > 0 ? Math.sqrt(features.length / c.squares()) : 0)
            .toArray();
    double[][] inputs =
        Arrays.stream(features).map(row -> input(row, means, scales)).toArray(double[][]::new);
    double[] best =
        Lbfgs.minimise(
            (at, gradient) -> loss(inputs, labels, classes, at, gradient),
            new double[classes * (width + 1)],
            TOLERANCE);
    return new SoftmaxRegression(means, scales, rows(best, width + 1));
  }

  /** Standardised, with a 1 for the bias. */
  private static double[] input(double[] features, double[] means, double[] scales) {
    double[] input = new double[features.length + 1];
    for (int i = 0; i < features.length; i++) {
      input[i] = (features[i] - means[i]) * scales[i];
    }
    input[features.length] = 1;
    return input;
  }

  private static double[][] rows(double[] flat, int width) {
    double[][] rows = new double[flat.length / width][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    return rows;
  }

  private static double loss(
      double[][] inputs, int[] labels, int classes, double[] at, double[] gradient) {
    int width = inputs[0].length;
    int n = inputs.length;
    double sum = 0;
    Arrays.fill(gradient, 0);
    for (int i = 0; i < at.length; i++) {
      boolean isBias = i % width == width - 1;
      if (!isBias) {
        sum += at[i] * at[i] / (2 * n);
        gradient[i] = at[i] / n;
      }
    }
    double[][] weights = rows(at, width);
    for (int row = 0; row < n; row++) {
      double[] logits = logits(weights, inputs[row]);
      double normaliser = logSumExp(logits);
      sum += (normaliser - logits[labels[row]]) / n;
      for (int c = 0; c < classes; c++) {
        double error = Math.exp(logits[c] - normaliser) - (c == labels[row] ? 1 : 0);
        for (int i = 0; i < width; i++) {
          gradient[c * width + i] += error * inputs[row][i] / n;
        }
      }
    }
    return sum;
  }

  private static double[] logits(double[][] weights, double[] input) {
    double[] logits = new double[weights.length];
    for (int c = 0; c < logits.length; c++) {
      for (int i = 0; i < input.length; i++) {
        logits[c] += weights[c][i] * input[i];
      }
    }
    return logits;
  }

  private static double logSumExp(double[] values) {
    double most = Arrays.stream(values).max().orElseThrow();
    return most + Math.log(Arrays.stream(values).map(value -> Math.exp(value - most)).sum());
  }

  /** The likeliest class; of several the first. */
  int classOf(double[] features) {
    double[] logits = logits(weights, input(features, means, scales));
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    return best;
  }

  /** W and b for standardised features, {@code [classes][features + 1]}, the bias last. */
  double[][] weights() {
    return weights;
  }
}
