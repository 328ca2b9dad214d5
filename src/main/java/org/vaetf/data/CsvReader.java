package org.vaetf.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.vaetf.base.Check;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Rows of a table in UTF-8, separated by commas, quoted where need be. The column in a message is
 * the number of the field, from 1. Where a column of labels is asked for, the file is read twice:
 * first for the names of the classes.
 */
final class CsvReader implements RowReader {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();

  private static final int FIRST_VALUES = 1 << 12;

  private final Path path;
  private final List<String> names;
  private final int width;
  private final int labelIndex;
  private final List<String> classes;
  private final Rows rows;

  CsvReader(Path path, ReadOptions options) {
    this.path = path;
    CSVRecord first;
    try (Rows begin = new Rows(path)) {
      first = begin.next();
      if (first == null) {
        throw new DataException(path, "is empty; expected a table of numbers");
      }
    }
    boolean header =
        switch (options.header()) {
          case PRESENT -> true;
          case ABSENT -> false;
          case AUTO -> first.stream().anyMatch(field -> Float.isNaN(DecimalNumber.parse(field)));
        };
    this.names = header ? first.toList() : List.of();
    this.width = first.size();
    this.labelIndex = labelIndex(options.labelColumn(), width);
    if (width == (labelIndex < 0 ? 0 : 1)) {
      throw new DataException(path, "has no column of numbers besides the labels");
    }
    this.classes = labelIndex < 0 ? List.of() : findClasses();
    this.rows = new Rows(path);
    if (header) {
      rows.next();
    }
  }

  private int labelIndex(String column, int columns) {
    if (column.isEmpty()) {
      return -1;
    }
    if (names.contains(column)) {
      return names.indexOf(column);
    }
    if (column.matches("\\d{1,9}")
        && Integer.parseInt(column) >= 1
        && Integer.parseInt(column) <= columns) {
      return Integer.parseInt(column) - 1;
    }
    throw new DataException(
        path,
        "has no label column '"
            + column
            + "'; expected "
            + (names.isEmpty() ? "" : "one of: " + String.join(", ", names) + "; or ")
            + "a number from 1 to "
            + columns);
  }

  private List<String> findClasses() {
    ClassNames found = new ClassNames();
    try (Rows all = new Rows(path)) {
      if (!names.isEmpty()) {
        all.next();
      }
      for (CSVRecord row = all.next(); row != null; row = all.next()) {
        requireWidth(all, row);
        String name = row.get(labelIndex);
        if (name.isEmpty()) {
          throw fault(all, labelIndex, "is empty; expected a label");
        }
        if (!found.add(name)) {
          throw new DataException(
              path,
              "has more than "
                  + ClassNames.MOST
                  + " different labels in "
                  + columnText(labelIndex)
                  + "; choose a column of classes");
        }
      }
    }
    return found.list();
  }

  @Override
  public RowShape shape() {
    return RowShape.of(labelIndex < 0 ? width : width - 1);
  }

  @Override
  public DataSet.Encoding encoding() {
    return DataSet.Encoding.REALS;
  }

  @Override
  public long rows() {
    return -1;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public Optional<Batch> next(int most) {
    Check.atLeast("number of rows", most, 1);
    int size = shape().size();
    // Grown as rows come: nobody knows yet how many there are.
    int begun = Math.min(most, Math.max(1, FIRST_VALUES / size));
    float[] values = new float[begun * size];
    int[] labels = new int[begun];
    int count = 0;
    while (count < most) {
      CSVRecord row = rows.next();
      if (row == null) {
        break;
      }
      requireWidth(rows, row);
      if (count == labels.length) {
        int room = (int) Math.min(most, 2L * count);
        values = Arrays.copyOf(values, Math.multiplyExact(room, size));
        labels = Arrays.copyOf(labels, room);
      }
      parse(row, values, count * size);
      if (labelIndex >= 0) {
        labels[count] = ClassNames.label(row.get(labelIndex), classes);
      }
      count++;
    }
    if (count == 0) {
      return Optional.empty();
    }
    Samples samples = new Samples(shape(), Arrays.copyOf(values, count * size));
    return Optional.of(
        new Batch(
            samples,
            labelIndex < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(labels, count))));
  }

  private void parse(CSVRecord row, float[] values, int offset) {
    int at = offset;
    for (int column = 0; column < width; column++) {
      if (column == labelIndex) {
        continue;
      }
      float value = DecimalNumber.parse(row.get(column));
      if (!Float.isFinite(value)) {
        throw fault(
            rows,
            column,
            (row.get(column).isEmpty() ? "is empty" : "is '" + row.get(column) + "'")
                + "; expected a finite number; correct or remove the row");
      }
      values[at++] = value;
    }
  }

  private void requireWidth(Rows from, CSVRecord row) {
    if (row.size() != width) {
      throw new DataException(
          path,
          from.line(),
          Math.min(row.size(), width) + 1,
          "the row has " + row.size() + " fields; expected " + width + ", as in the first line");
    }
  }

  private DataException fault(Rows from, int column, String text) {
    return new DataException(path, from.line(), column + 1, columnText(column) + " " + text);
  }

  private String columnText(int column) {
    return names.isEmpty() ? "column " + (column + 1) : "column '" + names.get(column) + "'";
  }

  @Override
  public void close() {
    rows.close();
  }

  /** The records of the file, with its failures made into one line. */
  private static final class Rows implements AutoCloseable {
    private final Path path;
    private final long size;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;

    Rows(Path path) {
      this.path = path;
      try {
        this.size = Files.size(path);
        BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
        reader.mark(1);
        // Spreadsheets put an invisible mark in front.
        if (reader.read() != '\uFEFF') {
          reader.reset();
        }
        this.parser = CSVParser.parse(reader, FORMAT);
        this.records = parser.iterator();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    /** The next record, or null after the last. */
    CSVRecord next() {
      long start = line() + 1;
      try {
        if (records.hasNext()) {
          return records.next();
        }
        requireWhole();
        return null;
      } catch (IOException e) {
        throw unreadable(e);
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CSVException) {
          throw new DataException(
              path,
              start,
              0,
              "begins a row with a quote that is not closed, or that text follows; double quotes"
                  + " inside a quoted field");
        }
        throw unreadable(e.getCause());
      } catch (IllegalStateException e) {
        throw new DataException(
            path,
            line(),
            0,
            "is not a row of a table: " + e.getMessage().lines().findFirst().orElse(""));
      }
    }

    /** A table that was cut between two rows, or within a number, looks like a shorter one. */
    private void requireWhole() throws IOException {
      if (Files.size(path) < size) {
        throw new DataException(
            path, "has become shorter since it was opened; do not change data in use");
      }
    }

    long line() {
      return parser.getCurrentLineNumber();
    }

    private DataException unreadable(IOException e) {
      return e instanceof CharacterCodingException
          ? new DataException(path, "is not text in UTF-8; save it as UTF-8", e)
          : DataException.unreadable(path, e);
    }

    @Override
    public void close() {
      try {
        parser.close();
      } catch (IOException e) {
        // What was read was read.
      }
    }
  }
}
