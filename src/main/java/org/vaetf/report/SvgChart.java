package org.vaetf.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over a common axis as SVG for a page. It stands without a script; with the report's own it
 * tells the values under the pointer and zooms. The lines are in the units of the data, so that a
 * zoom changes a view box alone.
 *
 * @param id of the element
 * @param title what it shows
 * @param across name of the horizontal axis
 * @param up name of the vertical axis, with its unit
 * @param x of the points, rising
 * @param lines over x
 * @param mark a point that is told apart
 */
record SvgChart(
    String id,
    String title,
    String across,
    String up,
    List<Double> x,
    List<Line> lines,
    Mark mark) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 300;
  private static final int LEFT = 64;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int ACROSS = WIDTH - LEFT - RIGHT;
  private static final int UP = HEIGHT - TOP - BOTTOM;
  private static final int TICKS = 6;

  /**
   * One line.
   *
   * @param name in the legend
   * @param style the class of the page's style sheet: {@code train} or {@code test}
   * @param y for each x; NaN leaves a gap
   */
  record Line(String name, String style, List<Double> y) {}

  /**
   * One point.
   *
   * @param name in the legend
   * @param x where it is
   * @param y where it is; nothing is drawn where it is not finite
   */
  record Mark(String name, double x, double y) {}

  /** The figure with its legend. */
  String html() {
    double[] across = padded(range(x.stream()));
    double[] up = padded(range(lines.stream().flatMap(line -> line.y().stream())));
    return """
        <figure class="chart" id="%1$s" data-across="%2$s">
        <figcaption><strong>%3$s</strong>%4$s</figcaption>
        <div class="plot" tabindex="0" role="group" aria-label="%3$s" aria-describedby="hint">
        <svg viewBox="0 0 %5$s %6$s" role="img" aria-label="%7$s">
        <g class="ticks">
        %8$s</g>
        %9$s<rect class="frame" x="%10$s" y="%11$s" width="%12$s" height="%13$s"/>
        %14$s</svg>
        <output aria-live="polite"></output>
        </div>
        </figure>
        """
        .formatted(
            Html.text(id),
            Html.text(this.across),
            Html.text(title),
            legend(),
            WIDTH,
            HEIGHT,
            Html.text(title + ", " + this.up + ", by " + this.across),
            ticks(across, up),
            view(across, up),
            LEFT,
            TOP,
            ACROSS,
            UP,
            names());
  }

  private String legend() {
    StringBuilder legend = new StringBuilder();
    for (Line line : lines) {
      legend.append(key(line.style(), line.name()));
    }
    return legend.append(key("mark", mark.name())).toString();
  }

  private static String key(String style, String name) {
    return " <span class=\"key %s\">%s</span>".formatted(Html.text(style), Html.text(name));
  }

  private String ticks(double[] across, double[] up) {
    StringBuilder ticks = new StringBuilder();
    boolean whole = x.stream().allMatch(value -> value == Math.rint(value));
    for (double tick : ticks(x.get(0), x.get(x.size() - 1), whole ? 1 : 0)) {
      double place = LEFT + ACROSS * (tick - across[0]) / (across[1] - across[0]);
      ticks.append(
          """
          <line x1="%1$s" x2="%1$s" y1="%2$s" y2="%3$s"/><text x="%1$s" y="%4$s" text-anchor="middle">%5$s</text>
          """
              .formatted(number(place), TOP, TOP + UP, TOP + UP + 18, number(tick)));
    }
    for (double tick : ticks(up[0], up[1], 0)) {
      double place = TOP + UP * (up[1] - tick) / (up[1] - up[0]);
      ticks.append(
          """
          <line x1="%2$s" x2="%3$s" y1="%1$s" y2="%1$s"/><text x="%4$s" y="%1$s" dy="0.35em" text-anchor="end">%5$s</text>
          """
              .formatted(number(place), LEFT, LEFT + ACROSS, LEFT - 6, number(tick)));
    }
    return ticks.toString();
  }

  private String view(double[] across, double[] up) {
    StringBuilder view = new StringBuilder();
    view.append(
        """
        <svg class="view" x="%s" y="%s" width="%s" height="%s" viewBox="%s %s %s %s" preserveAspectRatio="none">
        """
            .formatted(
                LEFT,
                TOP,
                ACROSS,
                UP,
                number(across[0]),
                number(-up[1]),
                number(across[1] - across[0]),
                number(up[1] - up[0])));
    for (Line line : lines) {
      view.append(path(line.style(), path(line.y())));
    }
    if (Double.isFinite(mark.y())) {
      view.append(path("mark", "M" + number(mark.x()) + " " + number(-mark.y()) + "h0"));
    }
    return view.append("</svg>\n").toString();
  }

  private static String path(String style, String path) {
    return "<path class=\"%s\" vector-effect=\"non-scaling-stroke\" d=\"%s\"/>\n"
        .formatted(Html.text(style), path);
  }

  private String names() {
    return """
        <text class="axis" x="%s" y="%s" text-anchor="middle">%s</text>
        <text class="axis" transform="translate(16 %s) rotate(-90)" text-anchor="middle">%s</text>
        """
        .formatted(LEFT + ACROSS / 2, HEIGHT - 8, Html.text(across), TOP + UP / 2, Html.text(up));
  }

  /**
   * Moves where there is a gap before, lines elsewhere; the vertical axis points down in SVG. A
   * point alone has a line of no length, which is drawn as a dot.
   */
  private String path(List<Double> y) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < y.size(); i++) {
      boolean before = i > 0 && Double.isFinite(y.get(i - 1));
      boolean after = i + 1 < y.size() && Double.isFinite(y.get(i + 1));
      if (Double.isFinite(y.get(i))) {
        path.append(before ? 'L' : 'M')
            .append(number(x.get(i)))
            .append(' ')
            .append(number(-y.get(i)))
            .append(before || after ? "" : "h0");
      }
    }
    return path.toString();
  }

  private static double[] range(Stream<Double> values) {
    double[] finite = values.mapToDouble(each -> each).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double most = Arrays.stream(finite).max().orElse(1);
    return least < most ? new double[] {least, most} : new double[] {least - 1, most + 1};
  }

  private static double[] padded(double[] range) {
    double room = 0.04 * (range[1] - range[0]);
    return new double[] {range[0] - room, range[1] + room};
  }

  /** Multiples of 1, 2 or 5 times a power of ten, at least so far from one another. */
  static List<Double> ticks(double least, double most, double apart) {
    if (least == most) {
      return List.of(least);
    }
    double rough = Math.max((most - least) / TICKS, apart);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        DoubleStream.of(1, 2, 5, 10)
            .map(each -> each * power)
            .filter(s -> s >= rough)
            .min()
            .orElse(10 * power);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(least / step); i * step <= most; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Six digits, without an exponent. */
  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
