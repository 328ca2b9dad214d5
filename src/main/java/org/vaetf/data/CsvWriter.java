package org.vaetf.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.vaetf.base.AtomicOutput;

/**
 * A table with a header: a column for each value, and {@code label} last where there are labels.
 */
final class CsvWriter implements RowWriter {
  private final Path path;
  private final RowFormat format;
  private final Optional<AtomicOutput> output;
  private final CSVPrinter printer;

  CsvWriter(Path path, RowFormat format) {
    this(path, format, AtomicOutput.begin(path));
  }

  private CsvWriter(Path path, RowFormat format, AtomicOutput output) {
    this(path, format, Optional.of(output), () -> Files.newOutputStream(output.temporary()));
  }

  /** To a stream, which is flushed but stays open. */
  CsvWriter(OutputStream stream, RowFormat format) {
    this(Path.of("output"), format, Optional.empty(), () -> stream);
  }

  private CsvWriter(Path path, RowFormat format, Optional<AtomicOutput> output, Opening opening) {
    this.path = path;
    this.format = format;
    this.output = output;
    List<String> header =
        new ArrayList<>(
            format.columns().isEmpty()
                ? IntStream.range(0, format.shape().size()).mapToObj(i -> "x" + i).toList()
                : format.columns());
    if (format.labelled()) {
      header.add("label");
    }
    try {
      BufferedWriter writer =
          new BufferedWriter(new OutputStreamWriter(opening.open(), StandardCharsets.UTF_8));
      this.printer =
          new CSVPrinter(writer, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    try {
      printer.printRecord(header);
    } catch (IOException e) {
      close();
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  @FunctionalInterface
  private interface Opening {
    OutputStream open() throws IOException;
  }

  @Override
  public void write(Batch batch) {
    int[] labels = format.labelsOf(batch);
    float[] values = batch.samples().requireShape("rows to write", format.shape()).values();
    int size = format.shape().size();
    try {
      for (int row = 0; row < batch.samples().rows(); row++) {
        for (int i = 0; i < size; i++) {
          printer.print(DecimalNumber.format(values[row * size + i]));
        }
        if (format.labelled()) {
          printer.print(labels[row]);
        }
        printer.println();
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  @Override
  public void commit() {
    try {
      printer.flush();
      if (output.isPresent()) {
        printer.close();
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    output.ifPresent(AtomicOutput::commit);
  }

  @Override
  public void close() {
    if (output.isEmpty()) {
      return;
    }
    try {
      printer.close();
    } catch (IOException e) {
      // What was not committed is thrown away.
    }
    output.get().close();
  }
}
