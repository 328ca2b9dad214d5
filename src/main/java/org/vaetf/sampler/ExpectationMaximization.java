package org.vaetf.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.tf.Workers;

/**
 * Expectation maximization for a {@link FullMixture}: Dempster et al. (1977); Bishop, "Pattern
 * Recognition and Machine Learning" (2006), equations 9.23 to 9.27. All sums are in double
 * precision. Rows are shared out in parts whose number never changes, and the parts' sums added in
 * order, so that no bit depends on the number of threads.
 *
 * <p>To each covariance's diagonal is added {@code regularization} times the mean variance of all
 * rows, so that a component on one point, or on points in a plane, keeps a density; the likelihood
 * may then fall by about as much from one turn to the next.
 *
 * <p>A component to which less than a millionth of a row belongs is begun anew: its mean at the row
 * with the lowest density, or the next lowest for the next such component, its covariance that of
 * all rows, its weight that of one row.
 */
final class ExpectationMaximization {
  private static final int PARTS = 16;
  private static final double LEAST_ROWS = 1e-6;

  private final Samples rows;
  private final int latent;
  private final double[] spread;
  private final double ridge;
  private final Workers workers;

  /**
   * Looks at the rows as a whole.
   *
   * @param rows {@code [rows, latent]}, finite
   * @param regularization share of the mean variance that is added to each variance, 0 or more
   * @param workers not closed
   * @throws VaeException if all rows are the same
   */
  ExpectationMaximization(Samples rows, double regularization, Workers workers) {
    this.rows = rows;
    this.latent = rows.shape().size();
    this.workers = workers;
    double[] covariance = covariance(rows);
    double variance = 0;
    for (int i = 0; i < latent; i++) {
      variance += covariance[i * latent + i] / latent;
    }
    if (!(variance > 0)) {
      throw new VaeException(
          "the latent points of all "
              + rows.rows()
              + " rows are the same; expected a spread; the model tells no row from another");
    }
    this.ridge = regularization * variance;
    this.spread = withRidge(covariance);
  }

  /** The covariance of all rows, regularized, {@code [latent * latent]}; its lower triangle. */
  double[] spread() {
    return spread;
  }

  /**
   * What came of it.
   *
   * @param mixture the last
   * @param logLikelihoods mean log-density of the rows before each turn, nats; the last is that of
   *     the mixture
   * @param converged whether the last turn gained less than the tolerance
   * @param begunAnew how often a component was
   */
  record Result(
      FullMixture mixture, List<Double> logLikelihoods, boolean converged, int begunAnew) {}

  /**
   * Turns until the mean log-density gains less than a tolerance.
   *
   * @param start the first mixture
   * @param mostTurns at least 1
   * @param tolerance nats a row
   * @param listener told of each turn
   */
  Result run(FullMixture start, int mostTurns, double tolerance, FitListener listener) {
    List<Double> history = new ArrayList<>();
    FullMixture mixture = start;
    int begunAnew = 0;
    boolean comparable = false;
    for (int turn = 1; ; turn++) {
      Sums sums = expectation(mixture);
      double mean = sums.logLikelihood / rows.rows();
      boolean converged = comparable && mean - history.get(history.size() - 1) < tolerance;
      history.add(mean);
      if (turn > 1) {
        listener.onTurn(turn - 1, mostTurns, mean);
      }
      if (converged || turn > mostTurns) {
        return new Result(mixture, List.copyOf(history), converged, begunAnew);
      }
      int[] empty = empty(sums);
      mixture = maximization(mixture, sums, empty);
      begunAnew += empty.length;
      comparable = empty.length == 0;
    }
  }

  private static int[] empty(Sums sums) {
    return IntStream.range(0, sums.rows.length).filter(k -> sums.rows[k] < LEAST_ROWS).toArray();
  }

  /** Sums over rows of the responsibilities, and of these with differences from the means. */
  private static final class Sums {
    private final double[] rows;
    private final double[][] differences;
    private final double[][] products;
    private double logLikelihood;

    Sums(int components, int latent) {
      rows = new double[components];
      differences = new double[components][latent];
      products = new double[components][latent * latent];
    }

    void add(int k, double responsibility, double[] difference) {
      int latent = difference.length;
      rows[k] += responsibility;
      for (int i = 0; i < latent; i++) {
        double part = responsibility * difference[i];
        differences[k][i] += part;
        for (int j = 0; j <= i; j++) {
          products[k][i * latent + j] += part * difference[j];
        }
      }
    }

    void add(Sums other) {
      logLikelihood += other.logLikelihood;
      for (int k = 0; k < rows.length; k++) {
        rows[k] += other.rows[k];
        addTo(differences[k], other.differences[k]);
        addTo(products[k], other.products[k]);
      }
    }

    private static void addTo(double[] sum, double[] part) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
  }

  private Sums expectation(FullMixture mixture) {
    List<Sums> parts =
        workers.map(
            PARTS,
            part -> {
              Sums sums = new Sums(mixture.components(), latent);
              FullMixture.Evaluator evaluator = mixture.new Evaluator();
              double[] difference = new double[latent];
              for (int row = start(part); row < start(part + 1); row++) {
                double log = evaluator.log(rows.values(), row);
                sums.logLikelihood += log;
                for (int k = 0; k < mixture.components(); k++) {
                  double responsibility = evaluator.responsibility(k, log);
                  if (responsibility > 0) {
                    evaluator.fill(difference, rows.values(), row, k);
                    sums.add(k, responsibility, difference);
                  }
                }
              }
              return sums;
            });
    Sums all = new Sums(mixture.components(), latent);
    parts.forEach(all::add);
    return all;
  }

  private int start(int part) {
    return (int) ((long) rows.rows() * part / PARTS);
  }

  private FullMixture maximization(FullMixture mixture, Sums sums, int[] empty) {
    List<Double> weights = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    List<double[]> covariances = new ArrayList<>();
    for (int k = 0; k < mixture.components(); k++) {
      double belonging = sums.rows[k];
      double[] shift = scaled(sums.differences[k], 1 / belonging);
      double[] covariance = scaled(sums.products[k], 1 / belonging);
      double[] mean = mixture.means().get(k).clone();
      for (int i = 0; i < latent; i++) {
        mean[i] += shift[i];
        for (int j = 0; j <= i; j++) {
          covariance[i * latent + j] -= shift[i] * shift[j];
        }
      }
      weights.add(belonging / rows.rows());
      means.add(mean);
      covariances.add(withRidge(covariance));
    }
    if (empty.length > 0) {
      begin(mixture, empty, weights, means, covariances);
    }
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    weights.replaceAll(weight -> weight / sum);
    return FullMixture.of(weights, means, covariances);
  }

  private void begin(
      FullMixture mixture,
      int[] empty,
      List<Double> weights,
      List<double[]> means,
      List<double[]> covariances) {
    int[] lowest = lowest(mixture, empty.length);
    for (int i = 0; i < empty.length; i++) {
      double[] mean = new double[latent];
      for (int j = 0; j < latent; j++) {
        mean[j] = rows.values()[lowest[i] * latent + j];
      }
      weights.set(empty[i], 1.0 / rows.rows());
      means.set(empty[i], mean);
      covariances.set(empty[i], spread);
    }
  }

  /** The rows with the lowest densities; of equal ones the first. */
  private int[] lowest(FullMixture mixture, int count) {
    FullMixture.Evaluator evaluator = mixture.new Evaluator();
    double[] logs =
        IntStream.range(0, rows.rows())
            .mapToDouble(row -> evaluator.log(rows.values(), row))
            .toArray();
    return IntStream.range(0, rows.rows())
        .boxed()
        .sorted(Comparator.comparingDouble(row -> logs[row]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Lower triangle and diagonal of Σ (z − m)(z − m)ᵀ / rows. */
  private static double[] covariance(Samples rows) {
    int latent = rows.shape().size();
    double[] mean = new double[latent];
    for (int at = 0; at < rows.values().length; at++) {
      mean[at % latent] += rows.values()[at];
    }
    Sums sums = new Sums(1, latent);
    double[] difference = new double[latent];
    for (int row = 0; row < rows.rows(); row++) {
      for (int i = 0; i < latent; i++) {
        difference[i] = rows.values()[row * latent + i] - mean[i] / rows.rows();
      }
      sums.add(0, 1, difference);
    }
    return scaled(sums.products[0], 1.0 / rows.rows());
  }

  private double[] withRidge(double[] covariance) {
    for (int i = 0; i < latent; i++) {
      covariance[i * latent + i] += ridge;
    }
    return covariance;
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
