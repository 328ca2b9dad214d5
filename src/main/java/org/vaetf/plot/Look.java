package org.vaetf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.vaetf.base.VaeException;

/** The look that all charts share. */
final class Look {
  static final Color TEXT = new Color(0x222222);
  private static final Color GRID = new Color(0xE4E4E4);
  private static final int TITLE = 18;
  private static final int LABEL = 16;
  private static final int TICK = 14;
  private static final int LEGEND_LINE = 26;
  private static final int Y_TICKS = 56;

  private Look() {}

  static void apply(AxesChart<?, ?> chart, Axes axes, boolean legend) {
    AxesChartStyler styler = chart.getStyler();
    chart.setTitle(axes.title());
    chart.setXAxisTitle(axes.x());
    chart.setYAxisTitle(axes.y());
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartFontColor(TEXT);
    styler.setChartTitleVisible(!axes.title().isEmpty());
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(font(TITLE));
    styler.setAxisTitleFont(font(LABEL));
    styler.setAxisTickLabelsFont(font(TICK));
    styler.setAxisTickLabelsColor(TEXT);
    styler.setLegendFont(font(TICK));
    styler.setLegendVisible(legend);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendSeriesLineLength(LEGEND_LINE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setYAxisTickMarkSpacingHint(Y_TICKS);
    styler.setYAxisLogarithmic(axes.logarithmic());
    styler.setAntiAlias(true);
    styler.setTextAntiAlias(true);
  }

  static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  static BufferedImage draw(AxesChart<?, ?> chart) {
    requireFonts();
    return BitmapEncoder.getBufferedImage(chart);
  }

  /**
   * Refuses to draw where nothing can be written on a picture.
   *
   * @throws VaeException if this machine has no fonts
   */
  static void requireFonts() {
    Fonts.fault()
        .ifPresent(
            fault -> {
              throw new VaeException(fault);
            });
  }

  static FontMetrics metrics(Font font) {
    Graphics2D canvas = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY).createGraphics();
    try {
      return canvas.getFontMetrics(font);
    } finally {
      canvas.dispose();
    }
  }

  static Graphics2D canvas(BufferedImage picture) {
    Graphics2D canvas = picture.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return canvas;
  }
}
