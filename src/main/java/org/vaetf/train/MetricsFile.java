package org.vaetf.train;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
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

/** {@code metrics.csv}: one row an epoch, written as the run goes; the header names the units. */
final class MetricsFile {
  private static final String EPOCH = "epoch";

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

  /** The test part's terms of an epoch, as written. */
  Map<String, Double> test(int epoch) {
    List<String> row =
        rowsUpTo(epoch).stream()
            .filter(values -> values.get(0).equals(String.valueOf(epoch)))
            .findFirst()
            .orElse(List.of());
    Map<String, Double> test = new LinkedHashMap<>();
    for (int i = 0; i < terms.size() && !row.isEmpty(); i++) {
      test.put(
          terms.get(i),
          Double.valueOf(row.get(header().indexOf("test_" + terms.get(i) + "_nats"))));
    }
    return test;
  }

  private List<String> header() {
    List<String> names = new ArrayList<>(List.of(EPOCH, "step", "seconds", "learning_rate"));
    terms.forEach(term -> names.add("train_" + term + "_nats"));
    terms.forEach(term -> names.add("test_" + term + "_nats"));
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
