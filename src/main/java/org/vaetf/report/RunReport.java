package org.vaetf.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.export.Manifest;
import org.vaetf.model.Objective;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;

/**
 * One page of HTML about a run that needs nothing beside it: figures, pictures, curves, metrics
 * with their definitions, configuration, how to use the model, and where it comes from. It holds at
 * most {@link #MOST_BYTES} bytes; pictures that would go beyond are named instead of shown.
 *
 * @param run that has been exported
 * @param manifest of its SavedModel
 * @param pictures in the order to show them
 */
public record RunReport(RunFolder run, Manifest manifest, List<Picture> pictures) {
  /** Limit of the file's size. */
  public static final int MOST_BYTES = 5_000_000;

  /** What all but the pictures may take. */
  private static final int TEXT_BYTES = 1_000_000;

  private static final String KIND = "kind";

  /**
   * Copies the pictures' list.
   *
   * @param run that has been exported
   * @param manifest of its SavedModel
   * @param pictures in the order to show them
   */
  public RunReport {
    pictures = List.copyOf(pictures);
  }

  /**
   * The report of a run with all its pictures; the curves it draws itself.
   *
   * @param run that has been exported and whose plots are drawn
   * @param manifest of its SavedModel
   * @return the report
   * @throws org.vaetf.base.DataException if the plots cannot be listed
   */
  public static RunReport of(RunFolder run, Manifest manifest) {
    List<Picture> pictures = new ArrayList<>();
    for (PlotKind kind : PlotKind.values()) {
      if (kind.need() != PlotKind.Need.METRICS) {
        pictures.addAll(pictures(run, kind));
      }
    }
    return new RunReport(run, manifest, pictures);
  }

  /** One, or one for each class. */
  private static List<Picture> pictures(RunFolder run, PlotKind kind) {
    if (!Files.isDirectory(run.plots())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run.plots())) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches(kind.label() + "(-\\d+)?\\" + kind.ending()))
          .sorted()
          .map(
              file ->
                  new Picture(
                      words(
                          file.getFileName()
                              .toString()
                              .replace(kind.ending(), "")
                              .replace('-', ' ')),
                      kind.shows(),
                      file))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(run.plots(), e);
    }
  }

  /**
   * Writes the page.
   *
   * @param file to write or replace
   * @throws org.vaetf.base.DataException if the run's files or a picture cannot be read
   * @throws org.vaetf.base.VaeException if the file cannot be written
   */
  public void write(Path file) {
    String page = html();
    AtomicOutput.write(file, place -> Files.writeString(place, page));
  }

  private String html() {
    RunConfig config = run.readConfig();
    RunMetrics metrics = run.readMetrics();
    String metric = config.training().metric();
    String name = name();
    Map<String, String> sections = new LinkedHashMap<>();
    if (!pictures.isEmpty()) {
      sections.put("Pictures", "<div class=\"gallery\">\n" + gallery() + "</div>\n");
    }
    sections.put("Curves", "<div class=\"gallery\">\n" + curves(metrics) + "</div>\n");
    sections.put("Metrics", metrics(metrics, metric));
    sections.put("Model and training", configuration(config));
    sections.put("Use it", use());
    sections.put("Provenance", provenance(config));
    String contents =
        sections.keySet().stream()
            .map(title -> "<li><a href=\"#%s\">%s</a></li>".formatted(id(title), title))
            .collect(Collectors.joining("\n"));
    String body =
        sections.entrySet().stream()
            .map(
                section -> Html.section(id(section.getKey()), section.getKey(), section.getValue()))
            .collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <header>
        <h1>%1$s</h1>
        <p>%3$s</p>
        </header>
        <main>
        <dl class="figures">
        %4$s</dl>
        <nav aria-label="Contents"><ul>
        %5$s
        </ul></nav>
        %6$s
        </main>
        <script>
        %7$s</script>
        </body>
        </html>
        """
        .formatted(
            Html.text(name),
            resource("report.css"),
            Html.text(config.preset() + " on " + manifest.data().name()),
            figures(metrics, metric),
            contents,
            body,
            resource("report.js"));
  }

  /** The run folder's own name. */
  private String name() {
    return String.valueOf(run.path().toAbsolutePath().normalize().getFileName());
  }

  private static String id(String title) {
    return title.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private String figures(RunMetrics metrics, String metric) {
    StringBuilder figures = new StringBuilder();
    manifest
        .metrics()
        .forEach((name, value) -> figure(figures, words(name) + ", test", nats(value)));
    double best = metrics.epochs()[metrics.bestRow(metric)];
    int epochs = metrics.epochs().length;
    figure(figures, "epoch exported", String.format(Locale.ROOT, "%.0f of %d", best, epochs));
    figure(figures, "time to train", duration(Arrays.stream(metrics.seconds()).sum()));
    return figures.toString();
  }

  private static void figure(StringBuilder figures, String name, String value) {
    figures.append(
        "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(Html.text(name), Html.text(value)));
  }

  private static String nats(double value) {
    return String.format(Locale.ROOT, "%.2f nats", value);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : whole < 7200
            ? String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole % 3600 / 60);
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }

  private String gallery() {
    StringBuilder gallery = new StringBuilder();
    long room = MOST_BYTES - TEXT_BYTES;
    for (Picture picture : pictures) {
      byte[] image = bytes(picture.file());
      long taken = image.length * 4L / 3 + 4;
      if (taken > room) {
        gallery.append(
            "<p>%s: %s is too large for this page.</p>\n"
                .formatted(Html.text(picture.title()), Html.text(picture.file().getFileName())));
        continue;
      }
      room -= taken;
      gallery.append(Html.picture(picture, image));
    }
    return gallery.toString();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static String curves(RunMetrics metrics) {
    List<Double> x = boxed(metrics.epochs());
    StringBuilder charts = new StringBuilder();
    for (String term : metrics.terms()) {
      if (!repeatsLoss(term, metrics)) {
        charts.append(
            new SvgChart(
                    "curve-" + term.replace('_', '-'),
                    words(term),
                    "epoch",
                    "nats",
                    x,
                    List.of(
                        new SvgChart.Line(
                            "training rows", "train", boxed(metrics.train().get(term))),
                        new SvgChart.Line("test rows", "test", boxed(metrics.test().get(term)))))
                .html());
      }
    }
    return charts.toString();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** As the negative ELBO does where the objective is the bound itself. */
  private static boolean repeatsLoss(String term, RunMetrics metrics) {
    double[] loss = metrics.test().get(Objective.LOSS);
    double[] values = metrics.test().get(term);
    return !term.equals(Objective.LOSS)
        && IntStream.range(0, loss.length).allMatch(i -> Math.abs(values[i] - loss[i]) < 1e-3);
  }

  private static String metrics(RunMetrics metrics, String metric) {
    int best = metrics.bestRow(metric);
    int last = metrics.epochs().length - 1;
    List<List<String>> rows = new ArrayList<>();
    for (String term : metrics.terms()) {
      double[] test = metrics.test().get(term);
      rows.add(
          List.of(
              words(term),
              number(metrics.train().get(term)[best]),
              number(test[best]),
              number(test[last]),
              TermDefinition.of(term)));
    }
    String note =
        "<p>Means over rows, in nats (1 nat = 1.4427 bits). Those of the training rows are taken while the weights move.</p>\n";
    String caption =
        String.format(
            Locale.ROOT,
            "Terms in epoch %.0f, the one exported, and in epoch %.0f, the last",
            metrics.epochs()[best],
            metrics.epochs()[last]);
    return Html.table(
            caption, List.of("term", "train", "test", "test, last epoch", "definition"), rows)
        + note;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value).contains("e")
        ? String.valueOf(value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String configuration(RunConfig config) {
    List<List<String>> axes = new ArrayList<>();
    Json.toMap(config.model())
        .forEach(
            (axis, value) -> {
              Map<String, String> settings = new LinkedHashMap<>();
              flatten("", value, settings);
              String kind = settings.remove(settings.containsKey(KIND) ? KIND : "");
              axes.add(List.of(axis, kind, joined(settings)));
            });
    Map<String, String> training = new LinkedHashMap<>();
    flatten("", Json.toMap(config.training()), training);
    return Html.table("Model", List.of("axis", "value", "settings"), axes)
        + Html.table(
            "Training",
            List.of("setting", "value"),
            training.entrySet().stream()
                .map(setting -> List.of(setting.getKey(), setting.getValue()))
                .toList())
        + Html.details("config.json", Html.code("The run's configuration", Json.write(config)));
  }

  /** Single values by their path, with dots between the keys. */
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

  private static String joined(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " = " + setting.getValue())
        .collect(Collectors.joining("; "));
  }

  private String use() {
    // A report is passed on: where the run lies here is nobody else's business.
    String model = name() + "/" + run.savedModel().getFileName();
    String label = isConditional() ? ", 0" : "";
    String java =
        """
        try (SavedModelVae vae = SavedModelVae.load(Path.of("%s"))) {
          Samples images = vae.sample(16, 1L%s).x();
        }
        """
            .formatted(model.replace("\\", "\\\\").replace("\"", "\\\""), label);
    String python =
        """
        import tensorflow as tf

        vae = tf.saved_model.load(%s)
        %s
        """
            .formatted(Json.writeLine(model), pythonCall());
    String shell =
        """
        java -jar vae-tf.jar sample --model RUN --count 64 --out samples.png
        java -jar vae-tf.jar evaluate --model RUN --importance-samples 1000
        """;
    return "<h3>Java</h3>\n"
        + Html.code("Java", java)
        + "<h3>Python</h3>\n"
        + Html.code("Python", python)
        + "<h3>Command line</h3>\n"
        + Html.code("Command line", shell);
  }

  private String pythonCall() {
    String label = isConditional() ? ", label=tf.zeros([16], tf.int64)" : "";
    return "images = vae.signatures[\"sample\"](count=tf.constant(16), seed=tf.constant([1, 0], tf.int64)%s)[\"x\"]"
        .formatted(label);
  }

  private boolean isConditional() {
    return manifest.classes().count() > 0;
  }

  private String provenance(RunConfig config) {
    Manifest.Library library = manifest.library();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("library", library == null ? "unknown" : library.name() + " " + library.version()));
    rows.add(List.of("TensorFlow", String.valueOf(manifest.tensorflow())));
    rows.add(List.of("contract of the SavedModel", String.valueOf(manifest.contract())));
    rows.add(List.of("data", manifest.data().name()));
    rows.add(List.of("shape of a row", String.valueOf(manifest.data().shape())));
    rows.add(List.of("scaling", Json.writeLine(manifest.data().scaling())));
    rows.add(List.of("binarization", manifest.data().binarization().label()));
    rows.add(
        List.of("SHA-256 of the training rows", String.valueOf(manifest.data().fingerprint())));
    rows.add(List.of("seed", String.valueOf(config.training().seed())));
    rows.add(
        List.of("sampler", manifest.sampler() == null ? "the prior" : manifest.sampler().kind()));
    return Html.table("Where it comes from", List.of("what", "value"), rows)
        + "<p>The same seed, data and library give the same bytes again:</p>\n"
        + Html.code("To repeat it", "java -jar vae-tf.jar train --config config.json --out again");
  }

  private static String resource(String name) {
    try (InputStream in = RunReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
