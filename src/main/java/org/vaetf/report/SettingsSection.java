package org.vaetf.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaetf.base.Json;
import org.vaetf.data.Scaling;
import org.vaetf.export.Manifest;
import org.vaetf.train.RunConfig;

/**
 * What a report says of what was trained, on what, and by what.
 *
 * @param config of the run
 * @param manifest of its SavedModel
 */
record SettingsSection(RunConfig config, Manifest manifest) {
  private static final String STYLE = "settings";
  private static final String KIND = "kind";

  /** As many numbers of a scaling as are told one by one. */
  private static final int MOST_NUMBERS = 4;

  /** What the model was fitted to. */
  String data() {
    Manifest.Data data = manifest.data();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("data set", data.name());
    count(values, "training rows", data.trainingRows());
    count(values, "test rows", data.testRows());
    values.put("shape of a row", data.shape().toString());
    if (manifest.classes().count() > 0) {
      List<String> names = manifest.classes().names();
      values.put(
          "classes",
          manifest.classes().count() + (names.isEmpty() ? "" : ": " + String.join(", ", names)));
    }
    values.put("scaling", scaling(data.scaling()));
    values.put("binarization", data.binarization().label());
    values.put("SHA-256 of the training rows", String.valueOf(data.fingerprint()));
    return Html.values(STYLE, values);
  }

  private static void count(Map<String, String> values, String name, Integer rows) {
    if (rows != null) {
      values.put(name, rows.toString());
    }
  }

  private static String scaling(Scaling scaling) {
    return scaling.kind() == Scaling.Kind.NONE
        ? "none"
        : "%s: (value − %s) / %s"
            .formatted(scaling.kind().label(), numbers(scaling.shift()), numbers(scaling.scale()));
  }

  private static String numbers(float[] values) {
    if (values.length == 1) {
      return String.valueOf(values[0]);
    }
    String[] first = new String[Math.min(values.length, MOST_NUMBERS)];
    Arrays.setAll(first, i -> String.valueOf(values[i]));
    return "["
        + String.join(", ", first)
        + (values.length > MOST_NUMBERS ? ", … " + values.length + " in all" : "")
        + "]";
  }

  /** The model's axes and how it was trained. */
  String configuration() {
    Map<String, String> axes = new LinkedHashMap<>();
    Json.toMap(config.model()).forEach((axis, value) -> axes.put(axis, axis(value)));
    Map<String, String> training = new LinkedHashMap<>();
    flatten("", Json.toMap(config.training()), training);
    return "<h3>Model</h3>\n"
        + Html.values(STYLE, axes)
        + "<h3>Training</h3>\n"
        + Html.values(STYLE, training)
        + Html.details("config.json", Html.code("The run's configuration", Json.write(config)));
  }

  /** A kind with its settings. */
  private static String axis(Object value) {
    Map<String, String> settings = new LinkedHashMap<>();
    flatten("", value, settings);
    String kind = settings.remove(settings.containsKey(KIND) ? KIND : "");
    String others =
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + " = " + setting.getValue())
            .collect(Collectors.joining("; "));
    return others.isEmpty() ? kind : kind == null ? others : kind + " (" + others + ")";
  }

  /** Single values by their path, with dots between the keys, in the order of the object. */
  private static void flatten(String path, Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> below) {
      below.forEach(
          (key, each) -> flatten(path.isEmpty() ? key + "" : path + "." + key, each, into));
    } else {
      into.put(
          path,
          value instanceof List<?> list ? list.toString().replaceAll("[\\[\\]]", "") : value + "");
    }
  }

  /** What wrote the model, and how to have it again. */
  String provenance() {
    Manifest.Library library = manifest.library();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("library", library == null ? "unknown" : library.name() + " " + library.version());
    values.put("TensorFlow", String.valueOf(manifest.tensorflow()));
    values.put("contract of the SavedModel", String.valueOf(manifest.contract()));
    values.put("seed", String.valueOf(config.training().seed()));
    values.put("sampler", manifest.sampler() == null ? "the prior" : manifest.sampler().kind());
    return Html.values(STYLE, values)
        + "<p>The same seed, data and library give the same bytes again:</p>\n"
        + Html.code("To repeat it", "java -jar vae-tf.jar train --config config.json --out again");
  }
}
