package org.vaetf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vaetf.base.ConfigException;
import org.vaetf.eval.PrincipalComponents;
import org.vaetf.plot.Axes;
import org.vaetf.plot.ScatterChart;

/**
 * Posterior means on a plane.
 *
 * @param points {@code [rows][2]}
 * @param labels of the rows
 * @param classes names of the labels, where they have names
 * @param x what the first coordinate is
 * @param y what the second coordinate is
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record LatentMap(
    double[][] points, Optional<int[]> labels, List<String> classes, String x, String y) {
  private static final int MOST_TSNE_ROWS = 1000;
  private static final int MOST_ROWS = Integer.MAX_VALUE;
  private static final int WIDTH = 600;
  private static final int HEIGHT = 500;

  /**
   * Brings a latent code onto a plane.
   *
   * @param code of rows, with at least two dimensions
   * @param projection how
   * @param seed of the projection
   * @return the points
   * @throws ConfigException if there are fewer than two dimensions, or too few rows
   */
  public static LatentMap of(LatentCode code, Projection projection, long seed) {
    if (code.latent() < 2) {
      throw new ConfigException(
          "latent", code.latent(), "2 or more, for a map of the latent space");
    }
    return switch (projection) {
      case DIMENSIONS -> {
        int[] two = code.mostUsed();
        double[][] points =
            Arrays.stream(code.points(MOST_ROWS))
                .map(row -> new double[] {row[two[0]], row[two[1]]})
                .toArray(double[][]::new);
        yield map(code, points, "mean of dimension " + two[0], "mean of dimension " + two[1]);
      }
      case PCA -> {
        double[][] rows = code.points(MOST_ROWS);
        PrincipalComponents components = PrincipalComponents.of(rows);
        yield map(
            code,
            components.plane(rows),
            component("first", components.shares()[0]),
            component("second", components.shares()[1]));
      }
      case TSNE ->
          map(
              code,
              TSne.seeded(seed).points(code.points(MOST_TSNE_ROWS)),
              "t-SNE, no unit",
              "t-SNE, no unit");
    };
  }

  private static LatentMap map(LatentCode code, double[][] points, String x, String y) {
    return new LatentMap(
        points, code.labels().map(all -> Arrays.copyOf(all, points.length)), code.classes(), x, y);
  }

  private static String component(String which, double share) {
    return String.format(
        Locale.ROOT, "%s principal component (%.0f %% of the variance)", which, 100 * share);
  }

  /**
   * The points, coloured by label. Without labels, or with more than colours can tell apart, all
   * have one colour.
   *
   * @return a chart of them
   */
  public ScatterChart chart() {
    Axes axes = Axes.of("Posterior means", x, y).withSize(WIDTH, HEIGHT);
    Map<Integer, List<double[]>> groups = new TreeMap<>();
    for (int row = 0; row < points.length; row++) {
      int label = labels.isPresent() ? labels.get()[row] : 0;
      groups.computeIfAbsent(label, any -> new ArrayList<>()).add(points[row]);
    }
    if (groups.size() > ScatterChart.MOST_GROUPS) {
      return new ScatterChart(axes, List.of(group("all", Arrays.asList(points))));
    }
    return new ScatterChart(
        axes,
        groups.entrySet().stream()
            .map(each -> group(name(each.getKey()), each.getValue()))
            .toList());
  }

  private String name(int label) {
    return label >= 0 && label < classes.size() ? classes.get(label) : String.valueOf(label);
  }

  private static ScatterChart.Group group(String name, List<double[]> points) {
    return new ScatterChart.Group(
        name,
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }
}
