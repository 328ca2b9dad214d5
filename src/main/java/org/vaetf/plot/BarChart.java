package org.vaetf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.Styler.LegendLayout;
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
 * @param threshold height of a line across the chart
 */
public record BarChart(
    Axes axes,
    List<String> names,
    List<Double> values,
    List<Boolean> strong,
    String strongName,
    String faintName,
    OptionalDouble threshold) {
  private static final int MOST_NAMES = 25;
  private static final double FILL = 0.8;
  private static final float LINE = 1.5f;

  /** What is smaller is 0 but for rounding. */
  private static final double LEAST = 1e-8;

  /**
   * Copies the lists.
   *
   * @param axes what the chart says around them
   * @param names of the bars, from left to right
   * @param values their heights, as many
   * @param strong which bars are in full colour; the others are faint
   * @param strongName what the legend says of those
   * @param faintName what the legend says of the others
   * @param threshold height of a line across the chart
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
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    if (names.size() > MOST_NAMES) {
      chart.getStyler().setXAxisMaxLabelCount(MOST_NAMES);
    } else {
      chart.getStyler().setXAxisTickMarkSpacingHint(1);
    }
    threshold.ifPresent(
        height -> {
          chart.addAnnotation(new AnnotationLine(height, false, false));
          chart.getStyler().setAnnotationLineColor(Palette.of(1));
          chart.getStyler().setAnnotationLineStroke(new BasicStroke(LINE));
        });
    // A bar of another group has no height; on a logarithmic axis that is the axis's foot.
    double foot = axes.logarithmic() ? decadeBelow() : 0;
    chart.getStyler().setYAxisMin(foot);
    group(chart, strongName, true, Palette.of(0), foot);
    group(chart, faintName, false, Palette.faint(), foot);
    return Look.draw(chart);
  }

  private double decadeBelow() {
    double least =
        DoubleStream.concat(values.stream().mapToDouble(Double::doubleValue), threshold.stream())
            .filter(value -> value > LEAST && value < Double.POSITIVE_INFINITY)
            .min()
            .orElse(1);
    return Math.pow(10, Math.ceil(Math.log10(least)) - 1);
  }

  private void group(
      CategoryChart chart, String name, boolean isStrong, Color colour, double foot) {
    if (!strong.contains(isStrong)) {
      return;
    }
    List<Double> heights = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      boolean drawn = strong.get(i) == isStrong && Double.isFinite(value);
      heights.add(drawn ? Math.max(foot, value) : foot);
    }
    CategorySeries series = chart.addSeries(name, names, heights);
    series.setFillColor(colour);
    series.setLineColor(colour);
  }
}
