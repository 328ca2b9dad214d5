package org.vaetf.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Png;

/** What is drawn is where it should be, in its colour; the pixels are looked at. */
class ChartsTest {
  private static final Axes AXES = Axes.of("title", "x, epochs", "y, nats");
  private static final double[] NONE = {};

  @TempDir Path folder;

  /** Places of a colour. */
  private record Found(int count, double x, double y, int lowest, int highest) {
    static Found of(BufferedImage picture, Color colour) {
      int count = 0;
      double x = 0;
      double y = 0;
      int lowest = Integer.MIN_VALUE;
      int highest = Integer.MAX_VALUE;
      for (int row = 0; row < picture.getHeight(); row++) {
        for (int column = 0; column < picture.getWidth(); column++) {
          if (near(new Color(picture.getRGB(column, row)), colour)) {
            count++;
            x += column;
            y += row;
            lowest = Math.max(lowest, row);
            highest = Math.min(highest, row);
          }
        }
      }
      return new Found(count, x / count, y / count, lowest, highest);
    }

    private static boolean near(Color a, Color b) {
      return Math.abs(a.getRed() - b.getRed()) <= 2
          && Math.abs(a.getGreen() - b.getGreen()) <= 2
          && Math.abs(a.getBlue() - b.getBlue()) <= 2;
    }
  }

  private static LineChart line(Axes axes, Curve... curves) {
    return new LineChart(axes, List.of(curves), LineChart.Legend.NONE);
  }

  @Test
  void marksAreWhereTheirNumbersSay() {
    BufferedImage picture =
        line(AXES, Curve.mark("a", 2, 10, 0), Curve.mark("b", 6, 20, 1), Curve.mark("c", 18, 50, 2))
            .draw();
    Found a = Found.of(picture, Palette.of(0));
    Found b = Found.of(picture, Palette.of(1));
    Found c = Found.of(picture, Palette.of(2));
    assertTrue(Math.min(a.count, Math.min(b.count, c.count)) > 20, a + " " + b + " " + c);
    assertEquals(a.x + (c.x - a.x) / 4, b.x, 1, "a quarter of the way to the right");
    assertEquals(a.y + (c.y - a.y) / 4, b.y, 1, "a quarter of the way up");
    assertTrue(c.y < a.y, "up is more");
  }

  @Test
  void aLogarithmicAxisHasEqualFactorsEqualFar() {
    BufferedImage picture =
        line(
                AXES.withLogarithmicY(),
                Curve.mark("a", 1, 1, 0),
                Curve.mark("b", 2, 10, 1),
                Curve.mark("c", 3, 100, 2),
                Curve.mark("left out", 4, 0, 4))
            .draw();
    Found a = Found.of(picture, Palette.of(0));
    Found b = Found.of(picture, Palette.of(1));
    Found c = Found.of(picture, Palette.of(2));
    assertEquals((a.y + c.y) / 2, b.y, 1);
    assertEquals(0, Found.of(picture, Palette.of(4)).count);
  }

  @Test
  void numbersThatAreNotFiniteAreLeftOut() {
    double[] x = {1, 2, 3};
    BufferedImage with =
        line(
                AXES,
                new Curve(
                    "a",
                    new double[] {1, 2, 2, 3, Double.NaN},
                    new double[] {5, Double.NaN, 6, 7, 1},
                    0,
                    Curve.Stroke.SOLID))
            .draw();
    BufferedImage without =
        line(AXES, new Curve("a", x, new double[] {5, 6, 7}, 0, Curve.Stroke.SOLID)).draw();
    assertArrayEquals(pixels(without), pixels(with));
    assertEquals(0, Found.of(line(AXES, curve("none", NONE)).draw(), Palette.of(0)).count);
  }

  private static Curve curve(String name, double[] values) {
    return new Curve(name, values, values, 0, Curve.Stroke.SOLID);
  }

  @Test
  void equalNamesMayStandBesideEachOther() {
    LineChart chart =
        new LineChart(
            AXES,
            List.of(curve("run", new double[] {1, 2}), Curve.mark("run", 1, 2, 1)),
            LineChart.Legend.BESIDE);
    assertTrue(Found.of(chart.draw(), Palette.of(1)).count > 0);
  }

  /** Labels of an axis of epochs stand apart, however many there are. */
  @ParameterizedTest
  @ValueSource(ints = {5, 15, 16, 37, 80, 300, 1500, 9000})
  void labelsOfManyWholeNumbersDoNotRunIntoEachOther(int count) {
    double[] epochs = IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    List<int[]> labels =
        lowestWords(line(new Axes("", "", "", false, 460, 300), curve("", epochs)).draw());
    assertTrue(labels.size() >= 3, labels.size() + " labels");
    for (int[] label : labels) {
      assertTrue(label[1] - label[0] < 48, "no label is wider than a number of four digits");
    }
  }

  /** First and last column of each run of ink in the lowest line of text, gaps of digits closed. */
  private static List<int[]> lowestWords(BufferedImage picture) {
    int lowest = picture.getHeight() - 1;
    while (IntStream.range(0, picture.getWidth()).noneMatch(dark(picture, lowest))) {
      lowest--;
    }
    int line = lowest;
    List<int[]> words = new ArrayList<>();
    IntStream.range(0, picture.getWidth())
        .filter(
            column ->
                IntStream.rangeClosed(line - 8, line).anyMatch(row -> isDark(picture, column, row)))
        .forEach(
            column -> {
              int[] last = words.isEmpty() ? null : words.get(words.size() - 1);
              if (last != null && column - last[1] <= 5) {
                last[1] = column;
              } else {
                words.add(new int[] {column, column});
              }
            });
    return words;
  }

  private static IntPredicate dark(BufferedImage picture, int row) {
    return column -> isDark(picture, column, row);
  }

  private static boolean isDark(BufferedImage picture, int column, int row) {
    return new Color(picture.getRGB(column, row)).getRed() < 100;
  }

  @Test
  void barsAreAsHighAsTheirValues() {
    BarChart chart =
        new BarChart(
            AXES,
            List.of("3", "1", "2"),
            List.of(4.0, 2.0, 1.0),
            List.of(true, true, false),
            "strong",
            "faint",
            OptionalDouble.empty());
    Found strong = Found.of(chart.draw(), Palette.of(0));
    Found faint = Found.of(chart.draw(), Palette.faint());
    // 4 + 2 of one, 1 of the other; squares in the legend and edges add a little.
    assertEquals(6, strong.count / (double) faint.count, 0.3);
  }

  @Test
  void aThresholdIsDrawnAcross() {
    BarChart chart =
        new BarChart(
            AXES.withLogarithmicY(),
            List.of("0", "1"),
            List.of(1.0, 0.0),
            List.of(true, false),
            "strong",
            "faint",
            OptionalDouble.of(0.1));
    BufferedImage picture = chart.draw();
    Found line = Found.of(picture, Palette.of(1));
    Found bar = Found.of(picture, Palette.of(0));
    assertTrue(line.count > picture.getWidth() / 2, line.toString());
    assertTrue(line.lowest - line.highest <= 2, line.toString());
    assertTrue(bar.highest < line.highest, "the bar is higher than the line");
  }

  @Test
  void eachGroupHasItsColour() {
    List<ScatterChart.Group> groups =
        IntStream.range(0, Palette.SIZE)
            .mapToObj(
                i ->
                    new ScatterChart.Group(
                        "class " + i, new double[] {i, i + 0.3}, new double[] {i % 3, i % 2}))
            .toList();
    BufferedImage picture = new ScatterChart(AXES, groups).draw();
    for (int i = 0; i < Palette.SIZE; i++) {
      Color colour = Palette.of(i);
      assertTrue(Found.of(picture, onWhite(colour)).count >= 10, "group " + i);
    }
    assertEquals(AXES.width(), picture.getWidth());
    assertEquals(AXES.height(), picture.getHeight());
  }

  /** Points are not quite opaque. */
  private static Color onWhite(Color colour) {
    double share = 190 / 255.0;
    return new Color(
        (int) Math.round(colour.getRed() * share + 255 * (1 - share)),
        (int) Math.round(colour.getGreen() * share + 255 * (1 - share)),
        (int) Math.round(colour.getBlue() * share + 255 * (1 - share)));
  }

  @Test
  void theSamePictureIsTheSameBytes() throws IOException {
    for (String name : List.of("a.png", "b.png")) {
      Png.write(folder.resolve(name), line(AXES, curve("a", new double[] {1, 2, 9})).draw());
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.png")), Files.readAllBytes(folder.resolve("b.png")));
    BufferedImage read = ImageIO.read(folder.resolve("a.png").toFile());
    assertArrayEquals(pixels(line(AXES, curve("a", new double[] {1, 2, 9})).draw()), pixels(read));
  }

  @Test
  void tilesAndCaptionsLeaveThePicturesAsTheyAre() {
    BufferedImage blue = filled(30, 20, 0);
    BufferedImage orange = filled(30, 20, 1);
    BufferedImage tiled = Pictures.tiled(List.of(blue, orange, orange), 2);
    assertEquals(60, tiled.getWidth());
    assertEquals(40, tiled.getHeight());
    assertEquals(600, Found.of(tiled, Palette.of(0)).count);
    assertEquals(1200, Found.of(tiled, Palette.of(1)).count);
    BufferedImage captioned = Pictures.captioned(blue, List.of("one", "two"));
    assertEquals(600, Found.of(captioned, Palette.of(0)).count);
    assertTrue(captioned.getWidth() > 30 + Look.metrics(Look.font(14)).stringWidth("two"));
  }

  private static BufferedImage filled(int width, int height, int colour) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, Palette.of(colour).getRGB());
    }
    return picture;
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThrows(ConfigException.class, () -> AXES.withSize(10, 500));
    assertThrows(
        ConfigException.class,
        () -> new Curve("a", new double[2], new double[3], 0, Curve.Stroke.SOLID));
    assertThrows(
        ConfigException.class,
        () -> new BarChart(AXES, List.of(), List.of(), List.of(), "", "", OptionalDouble.empty()));
  }

  @Test
  void noTwoColoursAreAlike() {
    double[] lightness =
        IntStream.range(0, Palette.SIZE).mapToDouble(i -> luminance(Palette.of(i))).toArray();
    for (int i = 0; i < Palette.SIZE; i++) {
      assertTrue(lightness[i] < 0.55, "colour " + i + " can be seen on white");
      for (int j = 0; j < i; j++) {
        assertTrue(!Palette.of(i).equals(Palette.of(j)));
      }
    }
    assertNear(1, luminance(Color.WHITE), 1e-12, "white");
  }

  /** WCAG 2.2, relative luminance. */
  private static double luminance(Color colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    float[] parts = colour.getRGBColorComponents(null);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum +=
          weights[i]
              * (parts[i] <= 0.04045
                  ? parts[i] / 12.92
                  : Math.pow((parts[i] + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }
}
