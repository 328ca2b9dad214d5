package org.vaetf.train;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;

/**
 * {@code metrics.csv}: one row an epoch, written as the run goes; the header names the units. What
 * is written here is read here too: the names of the columns are nobody else's business.
 */
final class MetricsFile {
  private static final String EPOCH = "epoch";
  private static final String STEP = "step";
  private static final String SECONDS = "seconds";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String TRAIN = "train_";
  private static final String TEST = "test_";
  private static final String UNIT = "_nats";

  private final Path file;
  private final List<String> terms;

  /**
   * Opens the file for a run that has done some epochs; rows of later epochs, left by a run that
   * was cut off, are dropped.
   */
  MetricsFile(Path file, List<String> terms, int epochsDone) {
    this.file = file;
    this.terms = terms;
    dropAfter(epochsDone);
  }

  /** Drops the rows of later epochs. */
  void dropAfter(int epoch) {
    List<List<String>> kept = Files.exists(file) ? rowsUpTo(epoch) : List.of();
    AtomicOutput.write(
        file,
        place -> {
          try (CSVPrinter printer = printer(place)) {
            printer.printRecord(header());
            printer.printRecords(kept);
          }
        });
  }

  /** Adds a row. */
  void add(EpochReport report) {
    List<Object> row = new ArrayList<>();
    row.add(report.epoch());
    row.add(report.step());
    row.add(report.seconds());
    row.add(report.learningRate());
    terms.forEach(term -> row.add(report.train().get(term)));
    terms.forEach(term -> row.add(report.test().get(term)));
    long whole = file.toFile().length();
    try (CSVPrinter printer = printer(file)) {
      printer.printRecord(row);
    } catch (IOException e) {
      dropHalfRow(whole);
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  /** A disk that is full may have taken the beginning of a row. */
  private void dropHalfRow(long whole) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
    } catch (IOException e) {
      // Where the file has gone there is no half row. A resumed run drops it in any case.
    }
  }

  /**
   * Reads a file from outside, also while a run writes it: a last line that is cut short is left
   * out.
   *
   * @param file with a row an epoch
   * @return at least one epoch
   * @throws DataException if there is none yet, or the file is damaged
   */
  static RunMetrics read(Path file) {
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
        required(file, columns, EPOCH),
        required(file, columns, STEP),
        required(file, columns, SECONDS),
        required(file, columns, LEARNING_RATE),
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

  /** The test part's terms of an epoch, as written. */
  Map<String, Double> test(int epoch) {
    List<String> row =
        rowsUpTo(epoch).stream()
            .filter(values -> values.get(0).equals(String.valueOf(epoch)))
            .findFirst()
            .orElse(List.of());
    Map<String, Double> test = new LinkedHashMap<>();
    for (int i = 0; i < terms.size() && !row.isEmpty(); i++) {
      test.put(terms.get(i), Double.valueOf(row.get(header().indexOf(TEST + terms.get(i) + UNIT))));
    }
    return test;
  }

  private List<String> header() {
    List<String> names = new ArrayList<>(List.of(EPOCH, STEP, SECONDS, LEARNING_RATE));
    terms.forEach(term -> names.add(TRAIN + term + UNIT));
    terms.forEach(term -> names.add(TEST + term + UNIT));
    return names;
  }

  private List<List<String>> rowsUpTo(int epoch) {
    try (Reader reader = Files.newBufferedReader(file)) {
      List<List<String>> rows = new ArrayList<>();
      for (CSVRecord record : CSVFormat.DEFAULT.parse(reader)) {
        if (record.getRecordNumber() > 1
            && record.size() == header().size()
            && Integer.parseInt(record.get(0)) <= epoch) {
          rows.add(record.toList());
        }
      }
      return rows;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  private static CSVPrinter printer(Path place) throws IOException {
    BufferedWriter writer =
        Files.newBufferedWriter(place, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new CSVPrinter(writer, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
  }
}
