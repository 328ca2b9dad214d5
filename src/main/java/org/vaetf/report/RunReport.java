package org.vaetf.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaetf.base.AtomicOutput;
import org.vaetf.export.Manifest;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;

/**
 * One page of HTML about a run that needs nothing beside it: figures, pictures, curves, metrics
 * with their definitions, data, configuration, how to use the model, and where it comes from. It
 * holds at most {@link #MOST_BYTES} bytes; pictures that would go beyond are named instead of
 * shown.
 *
 * @param run that has been exported
 * @param manifest of its SavedModel
 * @param pictures in the order to show them
 */
public record RunReport(RunFolder run, Manifest manifest, List<Picture> pictures) {
  /** Limit of the file's size. */
  public static final int MOST_BYTES = 5_000_000;

  private static final String PICTURES = "Pictures";

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
   * The report of a run with all its pictures, those that the model makes first; the curves it
   * draws itself.
   *
   * @param run that has been exported and whose plots are drawn
   * @param manifest of its SavedModel
   * @return the report
   * @throws org.vaetf.base.DataException if the plots cannot be listed
   */
  public static RunReport of(RunFolder run, Manifest manifest) {
    List<Picture> pictures = new ArrayList<>();
    Arrays.stream(PlotKind.values())
        .filter(kind -> kind.need() != PlotKind.Need.METRICS)
        .sorted(Comparator.comparing(PlotKind::need).reversed())
        .forEach(kind -> pictures.addAll(RunPictureFiles.of(kind, run, manifest)));
    return new RunReport(run, manifest, pictures);
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
    MetricsSection metrics = new MetricsSection(run.readMetrics(), config.training().metric());
    SettingsSection settings = new SettingsSection(config, manifest);
    Map<String, String> sections = new LinkedHashMap<>();
    if (!pictures.isEmpty()) {
      sections.put(PICTURES, "");
    }
    sections.put("Curves", metrics.curves());
    sections.put("Metrics", metrics.table());
    sections.put("Data", settings.data());
    sections.put("Configuration", settings.configuration());
    sections.put("Use it", new UseSection(name(), manifest).html());
    sections.put("Provenance", settings.provenance());
    // The pictures have the room that all else leaves.
    long taken = page(config, metrics, sections).getBytes(StandardCharsets.UTF_8).length;
    sections.computeIfPresent(
        PICTURES, (title, none) -> new Gallery(pictures).html(MOST_BYTES - taken));
    return page(config, metrics, sections);
  }

  private String page(RunConfig config, MetricsSection metrics, Map<String, String> sections) {
    String contents =
        sections.keySet().stream()
            .map(title -> "<li><a href=\"#%s\">%s</a></li>".formatted(Html.id(title), title))
            .collect(Collectors.joining("\n"));
    String body =
        sections.entrySet().stream()
            .map(section -> Html.section(section.getKey(), section.getValue()))
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
        %4$s<nav aria-label="Contents"><ul>
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
            Html.text(name()),
            resource("report.css"),
            Html.text(subtitle(config)),
            metrics.figures(),
            contents,
            body,
            resource("report.js"));
  }

  /** The run folder's own name. */
  private String name() {
    return String.valueOf(run.path().toAbsolutePath().normalize().getFileName());
  }

  /** What a file of data is called tells enough here; where it lies is told under Data. */
  private String subtitle(RunConfig config) {
    int latent = config.model().latent();
    return "%s on %s, %d latent %s"
        .formatted(
            config.preset(),
            manifest.data().name().replaceFirst("^.*[/\\\\](?=.)", ""),
            latent,
            latent == 1 ? "dimension" : "dimensions");
  }

  private static String resource(String name) {
    try (InputStream in = RunReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
