package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the picture is what it was given. */
class SvgChartTest {
  private static final Pattern VIEW =
      Pattern.compile("class=\"view\".* viewBox=\"(\\S+) (\\S+) (\\S+) (\\S+)\"");

  private static String chart(List<Double> x, List<Double> y) {
    List<SvgChart.Line> lines = List.of(new SvgChart.Line("test rows", "test", y));
    SvgChart.Mark mark = new SvgChart.Mark("exported", x.get(0), y.get(0));
    return new SvgChart("id", "a < b", "epoch", "nats", x, lines, mark).html();
  }

  @Test
  void linesAreInTheUnitsOfTheDataAndUpIsUp() {
    String html = chart(List.of(1.0, 2.0, 3.0), List.of(150.25, -2.0, 1e-7));
    assertTrue(html.contains(" d=\"M1 -150.25L2 2L3 -0.0000001\""), html);
    assertTrue(html.contains("data-across=\"epoch\""), html);
    assertTrue(html.contains("a &lt; b"), html);
  }

  @Test
  void theViewHoldsAllOfThemWithRoomAround() {
    Matcher view = VIEW.matcher(chart(List.of(5.0, 9.0), List.of(100.0, 200.0)));
    assertTrue(view.find());
    assertEquals(
        List.of("4.84", "-204", "4.32", "108"),
        List.of(view.group(1), view.group(2), view.group(3), view.group(4)));
  }

  @Test
  void whatIsNotFiniteLeavesAGap() {
    String html = chart(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, Double.NaN, 3.0, 4.0));
    assertTrue(html.contains(" d=\"M1 -1h0M3 -3L4 -4\""), html);
  }

  @Test
  void oneValueHasRoomToo() {
    Matcher view = VIEW.matcher(chart(List.of(1.0), List.of(7.0)));
    assertTrue(view.find());
    assertEquals("-0.08", view.group(1));
    assertEquals("2.16", view.group(3));
    assertEquals("-8.08", view.group(2));
  }

  @Test
  void theMarkIsADotWhereThereIsANumber() {
    assertTrue(
        chart(List.of(1.0, 2.0), List.of(7.5, 8.0))
            .contains("class=\"mark\" vector-effect=\"non-scaling-stroke\" d=\"M1 -7.5h0\""));
    assertFalse(chart(List.of(1.0, 2.0), List.of(Double.NaN, 8.0)).contains("class=\"mark\""));
  }

  @Test
  void digitsAreThoseOfSvgInEveryLocale() {
    String expected = chart(List.of(1.0, 2.0), List.of(1.5, 2.5));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(expected, chart(List.of(1.0, 2.0), List.of(1.5, 2.5)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6, 0, '[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]'",
    "130, 290, 0, '[150.0, 200.0, 250.0]'",
    "-0.5, 0.5, 0, '[-0.4, -0.2, 0.0, 0.2, 0.4]'",
    "1, 1000, 0, '[200.0, 400.0, 600.0, 800.0, 1000.0]'",
    "1, 4, 0, '[1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0]'",
    "7, 7, 0, '[7.0]'",
    "1, 4, 1, '[1.0, 2.0, 3.0, 4.0]'",
    "1, 40, 1, '[10.0, 20.0, 30.0, 40.0]'",
  })
  void ticksAreRoundNumbersWithin(double least, double most, double apart, String expected) {
    String found =
        SvgChart.ticks(least, most, apart).stream()
            .map(t -> Math.round(t * 1e6) / 1e6)
            .toList()
            .toString();
    assertEquals(expected, found);
  }
}
