package org.vaetf.eval;

/**
 * The aggregated posterior of n rows, {@code q(z) = (1/n) Σ_i q(z|x_i)}: a mixture of as many
 * diagonal Gaussians. Holds two numbers a row and dimension.
 */
final class AggregatedPosterior {
  private final int latent;
  private final double[] means;
  private final double[] deviations;

  /** The logarithm of each Gaussian's density at its mean. */
  private final double[] peaks;

  /** Posteriors row after row, {@code [n · latent]} each; the log-variances are finite. */
  AggregatedPosterior(int latent, double[] means, double[] logVariances) {
    this.latent = latent;
    this.means = means;
    this.deviations = new double[logVariances.length];
    this.peaks = new double[means.length / latent];
    for (int i = 0; i < logVariances.length; i++) {
      deviations[i] = Math.exp(logVariances[i] / 2);
      peaks[i / latent] -= (Math.log(2 * Math.PI) + logVariances[i]) / 2;
    }
  }

  int rows() {
    return peaks.length;
  }

  int latent() {
    return latent;
  }

  /** {@code μ + σ ε} of a row. */
  double[] draw(int row, double[] noise) {
    double[] z = new double[latent];
    for (int i = 0; i < latent; i++) {
      z[i] = means[row * latent + i] + deviations[row * latent + i] * noise[i];
    }
    return z;
  }

  /** log q(z|x) of a row, nats. */
  double logDensity(int row, double[] z) {
    double squares = 0;
    for (int i = 0, at = row * latent; i < latent; i++, at++) {
      double distance = (z[i] - means[at]) / deviations[at];
      squares += distance * distance;
    }
    return peaks[row] - squares / 2;
  }

  /** log q(z), nats: time grows with n · latent. */
  double logDensity(double[] z) {
    double[] terms = new double[rows()];
    double most = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < terms.length; row++) {
      terms[row] = logDensity(row, z);
      most = Math.max(most, terms[row]);
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - most);
    }
    return most + Math.log(sum / terms.length);
  }
}
