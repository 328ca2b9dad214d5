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
 */
record SvgChart(
    String id, String title, String across, String up, List<Double> x, List<Line> lines) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 300;
  private static final int LEFT = 64;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int TICKS = 6;

  /**
   * One line.
   *
   * @param name in the legend
   * @param style the class of the page's style sheet: {@code train} or {@code test}
   * @param y for each x; NaN leaves a gap
   */
  record Line(String name, String style, List<Double> y) {}

  /** The figure with its legend. */
  String html() {
    double[] across = range(x.stream());
    double[] up = padded(range(lines.stream().flatMap(line -> line.y().stream())));
    int width = WIDTH - LEFT - RIGHT;
    int height = HEIGHT - TOP - BOTTOM;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<figure class=\"chart\" id=\"%s\" data-across=\"%s\">\n"
            .formatted(Html.text(id), Html.text(this.across)));
    svg.append("<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"")
        .append(Html.text(title + "; arrow keys move through the values"))
        .append("\">\n");
    svg.append(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(title)));
    svg.append("<g class=\"ticks\">\n");
    for (double tick : ticks(across[0], across[1])) {
      double place = LEFT + width * (tick - across[0]) / (across[1] - across[0]);
      svg.append(tick("across", place, tick, height));
    }
    for (double tick : ticks(up[0], up[1])) {
      double place = TOP + height * (up[1] - tick) / (up[1] - up[0]);
      svg.append(tick("up", place, tick, width));
    }
    svg.append("</g>\n");
    svg.append(
        """
        <svg class="view" x="%s" y="%s" width="%s" height="%s" viewBox="%s %s %s %s" preserveAspectRatio="none">
        """
            .formatted(
                LEFT,
                TOP,
                width,
                height,
                number(across[0]),
                number(-up[1]),
                number(across[1] - across[0]),
                number(up[1] - up[0])));
    for (Line line : lines) {
      svg.append(
          "<path class=\"%s\" vector-effect=\"non-scaling-stroke\" d=\"%s\"/>\n"
              .formatted(Html.text(line.style()), path(line.y())));
    }
    svg.append("</svg>\n");
    svg.append(
        """
        <rect class="frame" x="%s" y="%s" width="%s" height="%s"/>
        <text class="axis" x="%s" y="%s" text-anchor="middle">%s</text>
        <text class="axis" transform="translate(16 %s) rotate(-90)" text-anchor="middle">%s</text>
        </svg>
        <output aria-live="polite"></output>
        </div>
        """
            .formatted(
                LEFT,
                TOP,
                width,
                height,
                LEFT + width / 2,
                HEIGHT - 8,
                Html.text(this.across),
                TOP + height / 2,
                Html.text(this.up)));
    svg.append("<figcaption><strong>").append(Html.text(title)).append("</strong>");
    for (Line line : lines) {
      svg.append(
          " <span class=\"key %s\">%s</span>"
              .formatted(Html.text(line.style()), Html.text(line.name())));
    }
    return svg.append("</figcaption>\n</figure>\n").toString();
  }

  private static String tick(String axis, double place, double value, int length) {
    return axis.equals("across")
        ? "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$s\" y2=\"%3$s\"/><text x=\"%1$s\" y=\"%4$s\" text-anchor=\"middle\">%5$s</text>\n"
            .formatted(number(place), TOP, TOP + length, TOP + length + 18, number(value))
        : "<line x1=\"%2$s\" x2=\"%3$s\" y1=\"%1$s\" y2=\"%1$s\"/><text x=\"%4$s\" y=\"%1$s\" dy=\"0.35em\" text-anchor=\"end\">%5$s</text>\n"
            .formatted(number(place), LEFT, LEFT + length, LEFT - 6, number(value));
  }

  /** Moves where there is a gap before, lines elsewhere; the vertical axis points down in SVG. */
  private String path(List<Double> y) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < y.size(); i++) {
      if (Double.isFinite(y.get(i))) {
        path.append(drawing ? 'L' : 'M')
            .append(number(x.get(i)))
            .append(' ')
            .append(number(-y.get(i)));
      }
      drawing = Double.isFinite(y.get(i));
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

  /** Multiples of 1, 2 or 5 times a power of ten. */
  static List<Double> ticks(double least, double most) {
    double rough = (most - least) / TICKS;
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
