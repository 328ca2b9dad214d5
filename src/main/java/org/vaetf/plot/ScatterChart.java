package org.vaetf.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Points in groups, each with a colour and a shape of its own up to {@link #MOST_GROUPS} groups.
 *
 * @param axes what the chart says around them
 * @param groups the points; a single group has no legend
 */
public record ScatterChart(Axes axes, List<Group> groups) {
  /** More groups than that cannot be told apart. */
  public static final int MOST_GROUPS = 2 * Palette.SIZE;

  private static final int SIZE = 6;
  private static final int ALPHA = 190;
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN);

  /**
   * Points of one colour.
   *
   * @param name as the legend has it
   * @param x of each point
   * @param y of each point
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
  public record Group(String name, double[] x, double[] y) {}

  /**
   * Copies the list.
   *
   * @param axes what the chart says around them
   * @param groups the points; a single group has no legend
   */
  public ScatterChart {
    groups = List.copyOf(groups);
  }

  /**
   * Draws the chart.
   *
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public BufferedImage draw() {
    XYChart chart = new XYChartBuilder().width(axes.width()).height(axes.height()).build();
    Look.apply(chart, axes, groups.size() > 1);
    chart.getStyler().setMarkerSize(SIZE);
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.x().length > 0) {
        XYSeries series = chart.addSeries(String.valueOf(i), group.x(), group.y());
        series.setLabel(group.name());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(marker(i));
        Color colour = Palette.of(i);
        series.setMarkerColor(
            new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), ALPHA));
      }
    }
    return Look.draw(chart);
  }

  /** Where the colours begin again, the shapes are others. */
  private static Marker marker(int number) {
    return MARKERS.get((number + number / Palette.SIZE) % MARKERS.size());
  }
}
