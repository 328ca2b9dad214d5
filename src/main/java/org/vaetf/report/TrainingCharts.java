package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.vaetf.model.Objective;
import org.vaetf.plot.Axes;
import org.vaetf.plot.Curve;
import org.vaetf.plot.LineChart;
import org.vaetf.plot.LineChart.Legend;
import org.vaetf.plot.Pictures;
import org.vaetf.train.RunMetrics;

/** How a training went. */
public final class TrainingCharts {
  private static final int PANEL_WIDTH = 480;
  private static final int PANEL_HEIGHT = 320;
  private static final int COLUMNS = 2;
  private static final int TEST = 0;
  private static final int TRAIN = 3;
  private static final int BEST = 1;
  private static final double SAME = 1e-6;

  private TrainingCharts() {}

  /**
   * A chart for each term, the loss first. A term that is the loss, as the negative ELBO is where
   * no weight differs from 1, is named with it.
   *
   * @param metrics of a run
   * @param metric that says which epoch is best
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public static BufferedImage loss(RunMetrics metrics, String metric) {
    List<String> twins = twins(metrics);
    List<BufferedImage> panels = new ArrayList<>();
    for (String term : metrics.terms()) {
      if (twins.contains(term)) {
        continue;
      }
      String title = term.equals(Objective.LOSS) ? title(term, twins) : words(term);
      panels.add(
          new LineChart(
                  Axes.of(title, "epoch", "nats").withSize(PANEL_WIDTH, PANEL_HEIGHT),
                  lossCurves(metrics, term, metric),
                  panels.isEmpty() ? Legend.UPPER_RIGHT : Legend.NONE)
              .draw());
    }
    return Pictures.tiled(panels, COLUMNS);
  }

  /** Training, test and the best epoch. */
  static List<Curve> lossCurves(RunMetrics metrics, String term, String metric) {
    int best = metrics.bestRow(metric);
    double epoch = metrics.epochs()[best];
    List<Curve> curves = new ArrayList<>();
    double[] train = metrics.train().get(term);
    if (train != null) {
      curves.add(new Curve("training", metrics.epochs(), train, TRAIN, Curve.Stroke.DASHED));
    }
    double[] test = metrics.test().get(term);
    curves.add(new Curve("test", metrics.epochs(), test, TEST, Curve.Stroke.SOLID));
    curves.add(Curve.mark("best epoch: " + (int) epoch, epoch, test[best], BEST));
    return curves;
  }

  /** Whether both terms that the picture needs are there, with numbers. */
  static boolean hasRate(RunMetrics metrics) {
    double[] kl = metrics.test().get(Objective.KL);
    return kl != null
        && metrics.test().containsKey(Objective.RECONSTRUCTION_ERROR)
        && Arrays.stream(kl).anyMatch(Double::isFinite);
  }

  /**
   * KL against reconstruction error, epoch by epoch: Alemi et al., "Fixing a broken ELBO", arXiv
   * 1711.00464, where the two are rate and distortion. Along the faint line the negative ELBO is
   * that of the best epoch.
   *
   * @param metrics of a run with both terms
   * @param metric that says which epoch is best
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public static BufferedImage rateDistortion(RunMetrics metrics, String metric) {
    return new LineChart(
            Axes.of("Rate and distortion on test rows", "KL, nats", "reconstruction error, nats"),
            rateCurves(metrics, metric),
            Legend.UPPER_RIGHT)
        .draw();
  }

  static List<Curve> rateCurves(RunMetrics metrics, String metric) {
    double[] rate = metrics.test().get(Objective.KL);
    double[] distortion = metrics.test().get(Objective.RECONSTRUCTION_ERROR);
    int best = metrics.bestRow(metric);
    double sum = rate[best] + distortion[best];
    double[] ends = ends(rate, distortion, sum);
    return List.of(
        new Curve(
            "same ELBO as the best",
            ends,
            Arrays.stream(ends).map(x -> sum - x).toArray(),
            -1,
            Curve.Stroke.SOLID),
        new Curve("epochs", rate, distortion, TEST, Curve.Stroke.DOTS),
        Curve.mark("epoch " + (int) metrics.epochs()[0], rate[0], distortion[0], TRAIN),
        Curve.mark(
            "best epoch: " + (int) metrics.epochs()[best], rate[best], distortion[best], BEST));
  }

  /** The line's part that lies among the points. */
  private static double[] ends(double[] rate, double[] distortion, double sum) {
    double low = Math.max(min(rate), sum - max(distortion));
    double high = Math.min(max(rate), sum - min(distortion));
    return low < high ? new double[] {low, high} : new double[0];
  }

  private static double min(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).min().orElse(Double.NaN);
  }

  private static double max(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NaN);
  }

  private static boolean equalsLoss(RunMetrics metrics, String term) {
    return near(metrics.test().get(term), metrics.test().get(Objective.LOSS))
        && near(
            metrics.train().getOrDefault(term, new double[0]),
            metrics.train().getOrDefault(Objective.LOSS, new double[0]));
  }

  private static boolean near(double[] a, double[] b) {
    boolean near = b != null && a.length == b.length;
    for (int i = 0; near && i < a.length; i++) {
      near = Math.abs(a[i] - b[i]) <= SAME * Math.abs(b[i]);
    }
    return near;
  }

  /** Terms other than the loss that are the loss. */
  static List<String> twins(RunMetrics metrics) {
    return metrics.terms().stream()
        .filter(term -> !term.equals(Objective.LOSS) && equalsLoss(metrics, term))
        .toList();
  }

  /** A term with those that are the same. */
  static String title(String term, List<String> twins) {
    return words(term)
        + twins.stream().map(twin -> " = " + words(twin)).collect(Collectors.joining());
  }

  /** A term as people say it. */
  static String words(String term) {
    return term.replace('_', ' ').replaceAll("\\bkl\\b", "KL").replaceAll("\\belbo\\b", "ELBO");
  }
}
