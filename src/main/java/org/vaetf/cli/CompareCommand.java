package org.vaetf.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.vaetf.base.Json;
import org.vaetf.base.Png;
import org.vaetf.report.RunComparison;
import org.vaetf.report.RunComparison.Run;

/** Puts runs side by side. */
final class CompareCommand implements Command {
  private static final int GAP = 2;

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String operands() {
    return "RUN RUN…";
  }

  @Override
  public String summary() {
    return "Put runs side by side: epochs, time, each term on the test rows at the best epoch, and"
        + " the settings that differ; with --out a .png of their curves. Runs may be under way.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar compare runs/first runs/second --metric kl --out kl.png";
  }

  @Override
  public List<CliOption> options() {
    return List.of(CliOption.METRIC, CliOption.OUT, CliOption.JSON, CliOption.CSV);
  }

  @Override
  public void run(Arguments arguments, Console console) {
    if (arguments.has(CliOption.JSON) && arguments.has(CliOption.CSV)) {
      throw new UsageException("--json and --csv exclude each other; expected one of the two");
    }
    List<Path> folders = arguments.operands();
    if (folders.size() < 2) {
      throw new UsageException(
          "number of run folders is "
              + folders.size()
              + "; expected two or more, as in: "
              + example());
    }
    Optional<Path> out = arguments.path(CliOption.OUT);
    if (out.isPresent() && !Output.isPicture(out.get())) {
      throw UsageException.value(CliOption.OUT, out.get(), "a file that ends in .png");
    }
    if (out.isEmpty() && arguments.has(CliOption.METRIC)) {
      throw UsageException.inapplicable(
          CliOption.METRIC, "it names the curves to draw, and there is no --out for them");
    }
    RunComparison runs = RunComparison.of(folders);
    if (out.isPresent()) {
      String term = arguments.text(CliOption.METRIC).orElseGet(runs::usualTerm);
      Png.write(out.get(), runs.chart(term).draw());
    }
    if (arguments.has(CliOption.JSON)) {
      console.print(json(runs));
    } else if (arguments.has(CliOption.CSV)) {
      console.print(csv(runs));
    } else {
      console.print(text(runs));
    }
  }

  private static String json(RunComparison runs) {
    List<Map<String, Object>> each = new ArrayList<>();
    for (Run run : runs.runs()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("name", run.name());
      values.put("run", run.folder().toString());
      values.put("preset", run.preset());
      values.put("epochs", run.epochs());
      values.put("best_epoch", run.bestEpoch());
      values.put("seconds", run.seconds());
      Map<String, Double> best = new LinkedHashMap<>();
      runs.terms().forEach(term -> best.put(term, run.best(term)));
      values.put("best_test_nats", best);
      each.add(values);
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("runs", each);
    whole.put("differing_settings", runs.differences());
    return Json.write(whole);
  }

  /** A line a run. */
  private static String csv(RunComparison runs) {
    Map<String, List<Object>> columns = columns(runs, "test_%s_nats", value -> value);
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer =
        new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
      printer.printRecord(columns.keySet());
      for (int i = 0; i < runs.runs().size(); i++) {
        int run = i;
        printer.printRecord(columns.values().stream().map(column -> column.get(run)).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().stripTrailing();
  }

  /** A column a run. */
  private static String text(RunComparison runs) {
    Map<String, List<Object>> lines = columns(runs, "%s, nats", CompareCommand::rounded);
    int first = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < runs.runs().size(); i++) {
      int run = i;
      widths.add(
          lines.values().stream()
              .mapToInt(cells -> String.valueOf(cells.get(run)).length())
              .max()
              .orElse(0));
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (name, cells) -> {
          StringBuilder line = new StringBuilder(padded(name, first));
          for (int i = 0; i < cells.size(); i++) {
            line.append(" ".repeat(GAP))
                .append(padded(String.valueOf(cells.get(i)), widths.get(i)));
          }
          text.append(line.toString().stripTrailing()).append('\n');
        });
    return text.toString().stripTrailing();
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }

  /** What is told of each run, by name; a term's name goes into a pattern. */
  private static Map<String, List<Object>> columns(
      RunComparison runs, String pattern, Function<Double, Object> number) {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    columns.put("run", each(runs, Run::name));
    columns.put("preset", each(runs, Run::preset));
    columns.put("epochs", each(runs, Run::epochs));
    columns.put("best_epoch", each(runs, Run::bestEpoch));
    columns.put("seconds", each(runs, run -> number.apply(run.seconds())));
    for (String term : runs.terms()) {
      columns.put(
          String.format(Locale.ROOT, pattern, term),
          each(runs, run -> number.apply(run.best(term))));
    }
    runs.differences()
        .forEach(
            (key, values) ->
                columns.put(key, values.stream().map(value -> (Object) setting(value)).toList()));
    return columns;
  }

  private static List<Object> each(RunComparison runs, Function<Run, Object> value) {
    return runs.runs().stream().map(value).toList();
  }

  private static Object rounded(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String setting(Object value) {
    // People write 1 where the library has 1.0.
    return value == null
        ? "-"
        : (value instanceof String text ? text : Json.writeLine(value)).replaceFirst("\\.0$", "");
  }
}
