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
 * @param seconds that each took, {@code [rows]}
 * @param train means of the objective's terms over the training rows, nats, by term, {@code [rows]}
 * @param test means of the same terms over the test rows
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record RunMetrics(
    double[] epochs, double[] seconds, Map<String, double[]> train, Map<String, double[]> test) {

  /**
   * Wraps the maps.
   *
   * @param epochs from 1, {@code [rows]}
   * @param seconds that each took, {@code [rows]}
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
   * The row of the best epoch: the first with the least value, as the run itself has it.
   *
   * @param metric the term on the test rows that says which epoch is best, or {@code last}
   * @return its number, from 0
   */
  public int bestRow(String metric) {
    double[] values = test.getOrDefault(metric, test.get(Objective.LOSS));
    int best = epochs.length - 1;
    if (!metric.equals(TrainingConfig.LAST) && values != null) {
      best = 0;
      for (int row = 1; row < values.length; row++) {
        if (values[row] < values[best]) {
          best = row;
        }
      }
    }
    return best;
  }
}
