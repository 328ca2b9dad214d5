package org.vaetf.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.vaetf.base.ConfigException;

/**
 * Bars side by side, in two groups by colour.
 *
 * @param axes what the chart says around them
 * @param names of the bars, from left to right
 * @param values their heights, as many
 * @param strong which bars are in full colour; the others are faint
 * @param strongName what the legend says of those
 * @param faintName what the legend says of the others
 */
public record BarChart(
    Axes axes,
    List<String> names,
    List<Double> values,
    List<Boolean> strong,
    String strongName,
    String faintName) {
  private static final int MOST_NAMES = 25;
  private static final double FILL = 0.8;

  /**
   * Copies the lists.
   *
   * @param axes what the chart says around them
   * @param names of the bars, from left to right
   * @param values their heights, as many
   * @param strong which bars are in full colour; the others are faint
   * @param strongName what the legend says of those
   * @param faintName what the legend says of the others
   * @throws ConfigException if the lists are not of one length, or empty
   */
  public BarChart {
    names = List.copyOf(names);
    values = List.copyOf(values);
    strong = List.copyOf(strong);
    if (names.isEmpty() || names.size() != values.size() || names.size() != strong.size()) {
      throw new ConfigException(
          "bars",
          names.size() + " names, " + values.size() + " values, " + strong.size() + " colours",
          "as many of each, at least one");
    }
  }

  /**
   * Draws the chart.
   *
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public BufferedImage draw() {
    CategoryChart chart =
        new CategoryChartBuilder().width(axes.width()).height(axes.height()).build();
    Look.apply(chart, axes, true);
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setAvailableSpaceFill(FILL);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    if (names.size() > MOST_NAMES) {
      chart.getStyler().setXAxisMaxLabelCount(MOST_NAMES);
    }
    group(chart, strongName, true, Palette.of(0));
    group(chart, faintName, false, Palette.faint());
    return Look.draw(chart);
  }

  private void group(CategoryChart chart, String name, boolean isStrong, Color colour) {
    if (!strong.contains(isStrong)) {
      return;
    }
    List<Double> heights = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean drawn = strong.get(i) == isStrong && (!axes.logarithmic() || values.get(i) > 0);
      heights.add(drawn && Double.isFinite(values.get(i)) ? values.get(i) : null);
    }
    if (heights.stream().allMatch(height -> height == null)) {
      return;
    }
    CategorySeries series = chart.addSeries(name, names, heights);
    series.setFillColor(colour);
    series.setLineColor(colour);
  }
}
