package org.vaetf.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaetf.model.Objective;

/**
 * What a run's {@code metrics.csv} holds, column by column; {@link RunFolder#readMetrics} reads it.
 *
 * @param epochs from 1, {@code [rows]}
 * @param steps done in all at the end of each, {@code [rows]}
 * @param seconds that each took, {@code [rows]}
 * @param learningRates of the last step of each, {@code [rows]}
 * @param train means of the objective's terms over the training rows, nats, by term, {@code [rows]}
 * @param test means of the same terms over the test rows
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record RunMetrics(
    double[] epochs,
    double[] steps,
    double[] seconds,
    double[] learningRates,
    Map<String, double[]> train,
    Map<String, double[]> test) {

  /**
   * Wraps the maps.
   *
   * @param epochs from 1, {@code [rows]}
   * @param steps done in all at the end of each, {@code [rows]}
   * @param seconds that each took, {@code [rows]}
   * @param learningRates of the last step of each, {@code [rows]}
   * @param train means of the objective's terms over the training rows, nats, by term
   * @param test means of the same terms over the test rows
   */
  public RunMetrics {
    train = Collections.unmodifiableMap(new LinkedHashMap<>(train));
    test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
  }

  /**
   * The objective's terms.
   *
   * @return their names, {@code loss} first
   */
  public List<String> terms() {
    return new ArrayList<>(test.keySet());
  }

  /**
   * An epoch, as it was reported when it was done.
   *
   * @param row its number, from 0
   * @param config says which term is watched, and how many epochs there are
   * @return what the epoch gave; it is the last where it has the last number
   */
  public EpochReport report(int row, TrainingConfig config) {
    int epoch = (int) epochs[row];
    return new EpochReport(
        epoch,
        (long) steps[row],
        seconds[row],
        learningRates[row],
        at(train, row),
        at(test, row),
        bestRow(config.metric(), row + 1) == row,
        epoch == config.epochs());
  }

  private static Map<String, Double> at(Map<String, double[]> terms, int row) {
    Map<String, Double> values = new LinkedHashMap<>();
    terms.forEach((name, all) -> values.put(name, all[row]));
    return values;
  }

  /**
   * The row of the best epoch: the first with the least value, as the run itself has it.
   *
   * @param metric the term on the test rows that says which epoch is best, or {@code last}
   * @return its number, from 0
   */
  public int bestRow(String metric) {
    return bestRow(metric, epochs.length);
  }

  /** Of the first epochs. */
  private int bestRow(String metric, int rows) {
    double[] values = test.getOrDefault(metric, test.get(Objective.LOSS));
    int best = rows - 1;
    if (!metric.equals(TrainingConfig.LAST) && values != null) {
      best = 0;
      for (int row = 1; row < rows; row++) {
        if (values[row] < values[best]) {
          best = row;
        }
      }
    }
    return best;
  }
}
