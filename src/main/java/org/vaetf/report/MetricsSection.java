package org.vaetf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vaetf.model.Objective;
import org.vaetf.train.RunMetrics;

/**
 * What a report says of how training went: figures, curves and a table with definitions.
 *
 * @param metrics of the run
 * @param metric that says which epoch is exported
 */
record MetricsSection(RunMetrics metrics, String metric) {
  /** What one asks for first; of these the loss only where it is none of the others. */
  private static final List<String> FIRST =
      List.of(
          Objective.NEGATIVE_ELBO, Objective.RECONSTRUCTION_ERROR, Objective.KL, Objective.LOSS);

  private static final String ABOUT =
      """
      <p>Means over rows, in nats (1 nat = 1.4427 bits). Those of the training rows are taken while the weights move.</p>
      """;

  /** Shown by the script, without which the charts stand still. */
  private static final String HINT =
      """
      <p id="hint" hidden>Point at a chart for the values of an epoch; drag over a range to zoom in, double click for all.
      By keyboard: <kbd>←</kbd> and <kbd>→</kbd> go from epoch to epoch, with <kbd>Shift</kbd> they choose a range,
      <kbd>Enter</kbd> zooms in, <kbd>Esc</kbd> shows all.</p>
      """;

  /** The few numbers at the top of the page. */
  String figures() {
    List<String> twins = TrainingCharts.twins(metrics);
    Map<String, String> figures = new LinkedHashMap<>();
    for (String term : FIRST) {
      double[] values = metrics.test().get(term);
      if (values != null
          && !(term.equals(Objective.LOSS) && FIRST.stream().anyMatch(twins::contains))) {
        figures.put(
            TrainingCharts.words(term) + ", test",
            String.format(Locale.ROOT, "%.2f nats", values[best()]));
      }
    }
    int epochs = metrics.epochs().length;
    figures.put(
        "epoch exported",
        String.format(Locale.ROOT, "%.0f of %.0f", bestEpoch(), metrics.epochs()[epochs - 1]));
    figures.put("time to train", duration(Arrays.stream(metrics.seconds()).sum()));
    return Html.values("figures", figures);
  }

  private int best() {
    return metrics.bestRow(metric);
  }

  private double bestEpoch() {
    return metrics.epochs()[best()];
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : whole < 7200
            ? String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole % 3600 / 60);
  }

  /** A chart for each term; those that are the loss are named with it. */
  String curves() {
    List<String> twins = TrainingCharts.twins(metrics);
    StringBuilder charts = new StringBuilder();
    for (String term : metrics.terms()) {
      if (!twins.contains(term)) {
        String title =
            term.equals(Objective.LOSS)
                ? TrainingCharts.title(term, twins)
                : TrainingCharts.words(term);
        charts.append(chart(term, title).html());
      }
    }
    return HINT + "<div class=\"gallery charts\">\n" + charts + "</div>\n";
  }

  private SvgChart chart(String term, String title) {
    List<SvgChart.Line> lines = new ArrayList<>();
    double[] train = metrics.train().get(term);
    if (train != null) {
      lines.add(new SvgChart.Line("training", "train", boxed(train)));
    }
    double[] test = metrics.test().get(term);
    lines.add(new SvgChart.Line("test", "test", boxed(test)));
    return new SvgChart(
        "curve-" + term.replace('_', '-'),
        title,
        "epoch",
        "nats",
        boxed(metrics.epochs()),
        lines,
        new SvgChart.Mark("exported", bestEpoch(), test[best()]));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Every term with its definition. */
  String table() {
    int best = best();
    int last = metrics.epochs().length - 1;
    List<String> header = new ArrayList<>(List.of("term", "train", "test"));
    if (last != best) {
      header.add(String.format(Locale.ROOT, "test, epoch %.0f", metrics.epochs()[last]));
    }
    List<Html.Row> rows = new ArrayList<>();
    for (String term : metrics.terms()) {
      double[] train = metrics.train().get(term);
      double[] test = metrics.test().get(term);
      List<String> numbers = new ArrayList<>();
      numbers.add(train == null ? "" : number(train[best]));
      numbers.add(number(test[best]));
      if (last != best) {
        numbers.add(number(test[last]));
      }
      rows.add(new Html.Row(TrainingCharts.words(term), TermDefinition.of(term), numbers));
    }
    String caption = String.format(Locale.ROOT, "Epoch %.0f, the one exported", bestEpoch());
    return Html.table(caption, header, rows) + ABOUT;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value).contains("e")
        ? String.valueOf(value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
