package org.vaetf.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vaetf.base.Check;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.model.Objective;
import org.vaetf.plot.Axes;
import org.vaetf.plot.Curve;
import org.vaetf.plot.LineChart;
import org.vaetf.plot.LineChart.Legend;
import org.vaetf.plot.Palette;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;
import org.vaetf.train.TrainingConfig;

/**
 * Runs side by side.
 *
 * @param runs at least two
 */
public record RunComparison(List<Run> runs) {
  private static final String METRIC = "training.metric";
  private static final String PRESET = "preset";
  private static final int LEAST = 2;

  /**
   * One of them.
   *
   * @param name the folder's, or its path where two have one name
   * @param folder where it lies
   * @param preset the name the model goes by
   * @param bestEpoch the exported one, from 1
   * @param metrics of its epochs
   * @param settings its configuration, leaf by leaf
   */
  public record Run(
      String name,
      Path folder,
      String preset,
      int bestEpoch,
      RunMetrics metrics,
      Map<String, Object> settings) {

    static Run read(Path folder, boolean known) {
      if (!Files.isRegularFile(new RunFolder(folder).config())) {
        throw new VaeException(
            folder + ": is no run folder: it has no config.json; expected one; check the path");
      }
      RunFolder run = RunFolder.existing(folder);
      RunMetrics metrics = run.readMetrics();
      Map<String, Object> settings = settings(run);
      int best =
          metrics.bestRow(String.valueOf(settings.getOrDefault(METRIC, TrainingConfig.LAST)));
      return new Run(
          known ? folder.toString() : nameOf(folder),
          folder,
          String.valueOf(settings.get(PRESET)),
          (int) metrics.epochs()[best],
          metrics,
          settings);
    }

    /** What the run's version did not have yet is at its default. */
    private static Map<String, Object> settings(RunFolder run) {
      Map<?, ?> written = Json.read(run.config(), Map.class);
      try {
        return Json.leaves(Json.toMap(RunConfig.read(run.config())));
      } catch (DataException e) {
        // A value that was given in Java cannot be read back.
        return Json.leaves(written);
      }
    }

    /**
     * How many epochs it has done.
     *
     * @return at least 1
     */
    public int epochs() {
      return (int) metrics.epochs()[metrics.epochs().length - 1];
    }

    /**
     * How long they took.
     *
     * @return seconds, evaluation included
     */
    public double seconds() {
      return Arrays.stream(metrics.seconds()).sum();
    }

    /**
     * A term on the test rows at the best epoch.
     *
     * @param term its name
     * @return nats
     */
    public double best(String term) {
      int row = 0;
      while ((int) metrics.epochs()[row] != bestEpoch) {
        row++;
      }
      return metrics.test().get(term)[row];
    }
  }

  /**
   * Copies the list.
   *
   * @param runs at least two
   * @throws org.vaetf.base.ConfigException if there are fewer
   */
  public RunComparison {
    runs = List.copyOf(runs);
    Check.atLeast("number of runs", runs.size(), LEAST);
  }

  /**
   * Reads runs; they may still be under way.
   *
   * @param folders of at least two runs
   * @return the runs
   * @throws VaeException if one is no run folder or has no metrics yet
   * @throws org.vaetf.base.ConfigException if there are fewer than two
   */
  public static RunComparison of(List<Path> folders) {
    List<String> names = folders.stream().map(RunComparison::nameOf).toList();
    boolean distinct = names.stream().distinct().count() == names.size();
    return new RunComparison(folders.stream().map(folder -> Run.read(folder, !distinct)).toList());
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  /**
   * The terms that all runs have.
   *
   * @return names in the order of the first run
   */
  public List<String> terms() {
    return runs.get(0).metrics().terms().stream()
        .filter(term -> runs.stream().allMatch(run -> run.metrics().test().containsKey(term)))
        .toList();
  }

  /**
   * The term to draw where none is asked for: losses of different objectives cannot be compared.
   *
   * @return {@code negative_elbo} where all runs have it, else {@code loss}
   */
  public String usualTerm() {
    return terms().contains(Objective.NEGATIVE_ELBO) ? Objective.NEGATIVE_ELBO : Objective.LOSS;
  }

  /**
   * The settings in which the runs are not alike.
   *
   * @return by path, a value for each run; null where a run has none
   */
  public Map<String, List<Object>> differences() {
    Set<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    keys.remove(PRESET);
    Map<String, List<Object>> different = new TreeMap<>();
    for (String key : keys) {
      List<Object> values = new ArrayList<>();
      runs.forEach(run -> values.add(run.settings().get(key)));
      if (!values.stream().allMatch(value -> Objects.equals(value, values.get(0)))) {
        different.put(key, values);
      }
    }
    return new LinkedHashMap<>(different);
  }

  /**
   * A term on the test rows, run by run.
   *
   * @param term that all runs have
   * @return a chart of the curves
   * @throws org.vaetf.base.ConfigException if a run has no such term
   */
  public LineChart chart(String term) {
    Check.known("metric", term, terms());
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunMetrics metrics = runs.get(i).metrics();
      curves.add(
          new Curve(
              runs.get(i).name(),
              metrics.epochs(),
              metrics.test().get(term),
              i,
              i < Palette.SIZE ? Curve.Stroke.SOLID : Curve.Stroke.DASHED));
    }
    String words = TrainingCharts.words(term);
    return new LineChart(
        Axes.of("", "epoch", words + " on test rows, nats"), curves, Legend.BESIDE);
  }
}
