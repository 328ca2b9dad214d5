package org.vaetf.report;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.vaetf.base.DataException;
import org.vaetf.model.Objective;
import org.vaetf.train.RunFolder;
import org.vaetf.train.TrainingConfig;

/**
 * What a run's {@code metrics.csv} holds, column by column.
 *
 * @param epochs from 1, {@code [rows]}
 * @param seconds that each took, {@code [rows]}
 * @param train means of the objective's terms over the training rows, nats, by term, {@code [rows]}
 * @param test means of the same terms over the test rows
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record RunMetrics(
    double[] epochs, double[] seconds, Map<String, double[]> train, Map<String, double[]> test) {
  private static final String TRAIN = "train_";
  private static final String TEST = "test_";
  private static final String UNIT = "_nats";

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
   * Reads the epochs that a run has done. A last line that is cut short, as while it is written, is
   * left out.
   *
   * @param run its folder
   * @return at least one epoch
   * @throws DataException if there is no file or no epoch in it yet, or it is damaged
   */
  public static RunMetrics read(RunFolder run) {
    Path file = run.metrics();
    if (!Files.exists(file)) {
      throw new DataException(
          run.path(), "has no metrics yet (no metrics.csv); train it, or check the path");
    }
    List<CSVRecord> records;
    try (Reader reader = Files.newBufferedReader(file)) {
      records = CSVFormat.DEFAULT.parse(reader).getRecords();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw DataException.unreadable(file, e.getCause());
    }
    List<String> header = records.isEmpty() ? List.of() : records.get(0).toList();
    int rows = wholeRows(records, header.size());
    if (rows == 0) {
      throw new DataException(
          file, "holds no epoch yet; expected at least one; wait for the first to end");
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int column = 0; column < header.size(); column++) {
      columns.put(header.get(column), column(file, records, column, rows));
    }
    return new RunMetrics(
        required(file, columns, "epoch"),
        required(file, columns, "seconds"),
        terms(columns, TRAIN),
        terms(columns, TEST));
  }

  private static int wholeRows(List<CSVRecord> records, int columns) {
    int last = records.size() - 1;
    boolean cut = last > 0 && records.get(last).size() < columns;
    return Math.max(0, cut ? last - 1 : last);
  }

  private static double[] column(Path file, List<CSVRecord> records, int column, int rows) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      CSVRecord record = records.get(row + 1);
      String text = column < record.size() ? record.get(column) : "";
      try {
        values[row] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new DataException(
            file, row + 2, column + 1, "'" + text + "' is no number; expected one in each column");
      }
    }
    return values;
  }

  private static double[] required(Path file, Map<String, double[]> columns, String name) {
    double[] values = columns.get(name);
    if (values == null) {
      throw new DataException(
          file, 1, 0, "has no column " + name + "; expected the metrics.csv of a run");
    }
    return values;
  }

  private static Map<String, double[]> terms(Map<String, double[]> columns, String prefix) {
    Map<String, double[]> terms = new LinkedHashMap<>();
    columns.forEach(
        (name, values) -> {
          if (name.startsWith(prefix) && name.endsWith(UNIT)) {
            terms.put(name.substring(prefix.length(), name.length() - UNIT.length()), values);
          }
        });
    return terms;
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
