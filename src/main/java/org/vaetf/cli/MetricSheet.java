package org.vaetf.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vaetf.base.Json;
import org.vaetf.eval.Estimate;

/** Measured numbers in the order they are shown, as lines for people and as JSON for programs. */
final class MetricSheet {
  private final Map<String, Object> json = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  /** A whole number. */
  void count(String key, String label, long value) {
    json.put(key, value);
    lines.add(String.format(Locale.ROOT, "%-25s %d", label, value));
  }

  /** A number alone, and what it is counted in. */
  void number(String key, String label, double value, String unit) {
    json.put(key, value);
    line(label, value, "", unit);
  }

  /** Numbers that programs may want and people need not see. */
  void list(String key, List<Double> values) {
    json.put(key, values);
  }

  /** A mean with its standard error, where there is one, and what it is counted in. */
  void estimate(String key, String label, Estimate estimate, String unit) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("mean", estimate.mean());
    entry.put("standard_error", estimate.standardError());
    json.put(key, entry);
    String error =
        Double.isNaN(estimate.standardError())
            ? ""
            : String.format(Locale.ROOT, " ± %.4g", estimate.standardError());
    line(label, estimate.mean(), error, unit);
  }

  private void line(String label, double value, String error, String unit) {
    lines.add(String.format(Locale.ROOT, "%-25s %.4f%s %s", label, value, error, unit).strip());
  }

  /** A remark for people. */
  void note(String text) {
    lines.add(text);
  }

  String json() {
    return Json.write(json);
  }

  String text() {
    return String.join("\n", lines);
  }
}
