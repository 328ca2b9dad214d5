package org.vaetf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Diamond;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over one x axis.
 *
 * @param axes what the chart says around them
 * @param curves the lines, later ones above earlier ones
 * @param legend where their names stand
 */
public record LineChart(Axes axes, List<Curve> curves, Legend legend) {
  /** Points are shown where lines have so few of them. */
  private static final int FEW_POINTS = 15;

  /** Room beside whole numbers: an axis from one of them to another would be labelled too often. */
  private static final double BESIDE = 0.5;

  private static final int DOT = 6;
  private static final float LINE = 2.2f;
  private static final float FAINT_LINE = 1.4f;
  private static final float[] DASHES = {7, 5};

  /** Where the names of lines stand. */
  public enum Legend {
    /** Nowhere. */
    NONE,
    /** Right of the lines. */
    BESIDE,
    /** In the corner that falling curves leave free. */
    UPPER_RIGHT
  }

  /**
   * Copies the list.
   *
   * @param axes what the chart says around them
   * @param curves the lines, later ones above earlier ones
   * @param legend where their names stand
   */
  public LineChart {
    curves = List.copyOf(curves);
  }

  /**
   * Draws the chart.
   *
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public BufferedImage draw() {
    XYChart chart = new XYChartBuilder().width(axes.width()).height(axes.height()).build();
    Look.apply(chart, axes, legend != Legend.NONE);
    if (legend == Legend.UPPER_RIGHT) {
      chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    }
    chart.getStyler().setMarkerSize(DOT);
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i).drawable(axes.logarithmic());
      if (curve.x().length > 0) {
        // Two lines may have one name.
        XYSeries series = chart.addSeries(String.valueOf(i), curve.x(), curve.y());
        series.setLabel(curve.name());
        show(series, curve);
      }
    }
    wholeTicks(chart);
    return Look.draw(chart);
  }

  private static void show(XYSeries series, Curve curve) {
    Color colour = curve.colour() < 0 ? Palette.faint() : Palette.of(curve.colour());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    series.setLineColor(colour);
    series.setMarkerColor(colour);
    series.setLineWidth(curve.colour() < 0 ? FAINT_LINE : LINE);
    series.setLineStyle(
        curve.stroke() == Curve.Stroke.DASHED
            ? new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
            : new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    boolean few = curve.x().length <= FEW_POINTS;
    switch (curve.stroke()) {
      case MARK -> {
        series.setMarker(new LargeDiamond());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      }
      case DOTS -> series.setMarker(SeriesMarkers.CIRCLE);
      case SOLID ->
          series.setMarker(few && curve.colour() >= 0 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      case DASHED ->
          series.setMarker(curve.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
  }

  /** A point that stands out from those of a line. */
  private static final class LargeDiamond extends Diamond {
    private static final int TIMES = 2;

    @Override
    public void paint(Graphics2D canvas, double x, double y, int size) {
      super.paint(canvas, x, y, TIMES * size);
    }
  }

  /** Between few whole numbers the axis would have ticks at halves; of many, at too many. */
  private void wholeTicks(XYChart chart) {
    double least = Double.MAX_VALUE;
    double most = 0;
    boolean whole = true;
    for (Curve curve : curves) {
      for (double x : curve.drawable(axes.logarithmic()).x()) {
        whole &= x == Math.rint(x) && x >= 0;
        least = Math.min(least, x);
        most = Math.max(most, x);
      }
    }
    if (whole) {
      chart.getStyler().setXAxisDecimalPattern("#");
      if (most <= FEW_POINTS) {
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(most + 1);
        chart.getStyler().setXAxisMaxLabelCount((int) most + 2);
      } else {
        chart.getStyler().setXAxisMin(least - BESIDE).setXAxisMax(most + BESIDE);
      }
    }
  }
}
