package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.vaetf.base.Json;
import org.vaetf.interop.Python;
import org.vaetf.report.RunReport;
import org.vaetf.testing.Browser;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;

/** The reports that {@code train} of the runnable jar leaves, in a real browser. */
class ReportIT {
  private static final String DIGITS = "digits";
  private static final String CLASSES = "classes";
  private static final String TABLE = "table";
  private static final String LONG =
      "a-name-as-runs-have-that-were-made-by-a-script-which-puts-all-its-settings-into-it";
  private static final List<String> RUNS = List.of(DIGITS, CLASSES, TABLE, LONG);
  private static final int EPOCHS = 6;

  /** A4 less its margins of 1.5 cm, in CSS pixels. */
  private static final int PAPER_WIDTH = 680;

  private static final int PAPER_HEIGHT = 1009;
  private static final double CENTIMETRES_A_INCH = 2.54;

  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void train() throws Exception {
    browser = Browser.start();
    Files.writeString(folder.resolve("table.csv"), table());
    train(DIGITS, "--data mnist-10k --latent 2 --hidden 32");
    train(CLASSES, "--preset cvae --data mnist-10k --latent 3 --hidden 32");
    train(TABLE, "--data table.csv --likelihood gaussian --latent 2 --hidden 8 --batch 20");
    train(
        LONG,
        "--preset beta-tc-vae --data shapes:count=300,size=12 --latent 20 --hidden 8 --batch 50");
  }

  private static void train(String run, String options) throws Exception {
    String command = "train --seed 1 --quiet --epochs " + EPOCHS + " --out " + run + " " + options;
    JarProcess.start(folder, command.split(" ", -1)).done();
  }

  /** Two numbers that hang together, and one alone. */
  private static String table() {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder("length,width,age\n");
    for (int row = 0; row < 200; row++) {
      double length = random.nextGaussian();
      double width = 0.8 * length + 0.3 * random.nextGaussian();
      rows.append(
          String.format(Locale.ROOT, "%.3f,%.3f,%.3f%n", length, width, random.nextGaussian()));
    }
    return rows.toString();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nobodyComplains() {
    browser.requireNoComplaint();
  }

  private static RunFolder run(String name) {
    return new RunFolder(folder.resolve(name));
  }

  private static void open(String name) {
    browser.open(run(name).report().toUri().toString());
  }

  private static List<WebElement> all(String selector) {
    return browser.driver().findElements(By.cssSelector(selector));
  }

  private static List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  private static List<?> list(String script, Object... arguments) {
    return (List<?>) browser.run(script, arguments);
  }

  static Stream<Arguments> views() {
    return RUNS.stream()
        .flatMap(
            run ->
                Stream.of(1200, 390)
                    .flatMap(
                        width ->
                            Stream.of("light", "dark")
                                .map(scheme -> Arguments.of(run, width, scheme))));
  }

  @ParameterizedTest
  @MethodSource("views")
  void everySizeAndSchemeIsInOrder(String run, int width, String scheme) {
    open(run);
    browser.show(width, 844, scheme);
    assertEquals((long) width, browser.run("return innerWidth"));
    assertEquals((long) width, browser.run("return document.documentElement.scrollWidth"));
    assertEquals(
        scheme.equals("dark") ? "rgba(13, 17, 23, 1)" : "rgba(255, 255, 255, 1)", ground());
    browser.requireAccessible();
    List<?> small =
        list(
            "return [...document.querySelectorAll('.plot text')]"
                + ".map((text) => text.getBoundingClientRect().height).filter((h) => h < 10)");
    assertEquals(List.of(), small, "text of charts that is too small to read");
  }

  private static String ground() {
    return browser.driver().findElement(By.tagName("body")).getCssValue("background-color");
  }

  @ParameterizedTest
  @ValueSource(strings = {DIGITS, CLASSES, TABLE, LONG})
  void onePageHoldsAll(String run) throws IOException {
    assertTrue(Files.size(run(run).report()) < RunReport.MOST_BYTES);
    browser.requests();
    open(run);
    assertEquals(List.of(run(run).report().toUri().toString()), browser.requests());
    assertEquals(run, browser.driver().getTitle());
    assertEquals("en", browser.run("return document.documentElement.lang"));
    requireHeadingsInOrder(run);
    List<?> pictures =
        list("return [...document.images].map((i) => i.naturalWidth > 0 && i.alt.length > 10)");
    assertEquals(run.equals(TABLE) ? 3 : run.equals(CLASSES) ? 19 : 10, pictures.size());
    assertFalse(pictures.contains(false), "a picture is broken, or has no text instead");
    List<?> empty =
        list(
            "return [...document.querySelectorAll('section, dd, th, td, figcaption, figure, pre')]"
                + ".filter((e) => !e.textContent.trim()).map((e) => e.outerHTML)");
    assertEquals(List.of(), empty);
    List<String> jumps =
        all("nav a").stream().map(link -> link.getDomAttribute("href").substring(1)).toList();
    assertEquals(
        List.of("pictures", "curves", "metrics", "data", "configuration", "use-it", "provenance"),
        jumps);
    jumps.forEach(id -> assertTrue(browser.find(id).isDisplayed(), id));
  }

  private static void requireHeadingsInOrder(String run) {
    List<WebElement> headings = all("h1, h2, h3, h4, h5, h6");
    assertEquals(run, headings.get(0).getText());
    int before = 0;
    for (WebElement heading : headings) {
      int level = Integer.parseInt(heading.getTagName().substring(1));
      assertTrue(level <= before + 1, heading.getText());
      assertEquals(level == 1, before == 0, "one heading of the page");
      before = level;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DIGITS, CLASSES, TABLE, LONG})
  void numbersAreThoseOfTheRun(String run) {
    open(run);
    RunMetrics metrics = run(run).readMetrics();
    int best = metrics.bestRow("loss");
    int row = 0;
    List<WebElement> rows = all("#metrics tbody tr");
    assertEquals(metrics.terms().size(), rows.size());
    for (String term : metrics.terms()) {
      WebElement shown = rows.get(row++);
      String definition = shown.findElement(By.tagName("small")).getText();
      assertTrue(definition.length() > 10, term);
      assertEquals(
          term.replace("kl", "KL").replace("elbo", "ELBO").replace('_', ' ') + "\n" + definition,
          shown.findElement(By.tagName("th")).getText());
      List<WebElement> cells = shown.findElements(By.tagName("td"));
      double train = Double.parseDouble(cells.get(0).getText());
      double test = Double.parseDouble(cells.get(1).getText());
      assertNear(metrics.train().get(term)[best], train, 0.0006, term);
      assertNear(metrics.test().get(term)[best], test, 0.0006, term);
    }
    requireFigures(run, best + 1);
  }

  /** The figures at the top are those of the SavedModel. */
  private static void requireFigures(String run, int best) {
    Map<?, ?> manifest =
        Json.read(run(run).savedModel().resolve("assets.extra/vae.json"), Map.class);
    @SuppressWarnings("unchecked") // As the manifest has it.
    Map<String, Double> exported = (Map<String, Double>) manifest.get("metrics");
    List<String> expected = new ArrayList<>();
    for (String term : List.of("negative_elbo", "reconstruction_error", "kl")) {
      expected.add(String.format(Locale.ROOT, "%.2f nats", exported.get(term)));
    }
    if (run.equals(LONG)) {
      expected.add(String.format(Locale.ROOT, "%.2f nats", exported.get("loss")));
    }
    expected.add(best + " of " + EPOCHS);
    List<String> figures = texts(".figures dd");
    assertEquals(expected, figures.subList(0, figures.size() - 1));
    assertTrue(figures.get(figures.size() - 1).endsWith(" s"), figures.toString());
  }

  /** A chart of the loss by its id. */
  private static WebElement chart() {
    WebElement chart = browser.driver().findElement(By.cssSelector("#curve-loss .plot > svg"));
    browser.run("arguments[0].scrollIntoView({block: 'center'})", chart);
    return chart;
  }

  /** How far right of the chart's middle an epoch is. */
  private static int place(double epoch) {
    return ((Number)
            browser.run(
                "const view = document.querySelector('#curve-loss .view');"
                    + "const [from, , width] = view.getAttribute('viewBox').split(' ').map(Number);"
                    + "const outer = view.ownerSVGElement;"
                    + "const scale = outer.getBoundingClientRect().width / outer.viewBox.baseVal.width;"
                    + "const x = +view.getAttribute('x')"
                    + " + +view.getAttribute('width') * (arguments[0] - from) / width;"
                    + "return Math.round(scale * (x - outer.viewBox.baseVal.width / 2))",
                epoch))
        .intValue();
  }

  private static String told() {
    return browser.driver().findElement(By.cssSelector("#curve-loss output")).getText();
  }

  private static void requireTold(int epoch) {
    RunMetrics metrics = run(DIGITS).readMetrics();
    String[] told = told().split(", ", -1);
    assertEquals(3, told.length, told());
    assertEquals("epoch " + epoch, told[0]);
    assertTrue(told[1].startsWith("training ") && told[2].startsWith("test "), told());
    double train = Double.parseDouble(told[1].substring("training ".length()));
    double test = Double.parseDouble(told[2].substring("test ".length()));
    assertNear(metrics.train().get("loss")[epoch - 1], train, 0.0006, told());
    assertNear(metrics.test().get("loss")[epoch - 1], test, 0.0006, told());
  }

  @Test
  void pointingTellsTheValuesOfThatEpoch() {
    open(DIGITS);
    WebElement chart = chart();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      browser.actions().moveToElement(chart, place(epoch), 10).perform();
      requireTold(epoch);
    }
    browser.actions().moveToElement(browser.find("hint")).perform();
    assertEquals("", told());
  }

  private static List<String> across() {
    return texts("#curve-loss .ticks text[text-anchor=middle]");
  }

  private static List<Double> up() {
    return texts("#curve-loss .ticks text[text-anchor=end]").stream()
        .map(Double::parseDouble)
        .toList();
  }

  private static void drag(double from, double to) {
    browser
        .actions()
        .moveToElement(chart(), place(from), 10)
        .clickAndHold()
        .moveByOffset(place(to) - place(from), 5)
        .release()
        .perform();
  }

  /** The axes are those of epochs 2 to 4. */
  private static void requireZoomed() {
    assertEquals(List.of("2", "3", "4"), across());
    RunMetrics metrics = run(DIGITS).readMetrics();
    double[] seen =
        Stream.of(metrics.train(), metrics.test())
            .flatMap(terms -> Arrays.stream(terms.get("loss"), 1, 4).boxed())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    double room = 0.05 * (seen[seen.length - 1] - seen[0]);
    assertTrue(up().size() > 2, up().toString());
    up().forEach(
            tick ->
                assertTrue(
                    tick >= seen[0] - room && tick <= seen[seen.length - 1] + room,
                    up()::toString));
    assertTrue(reset().isDisplayed());
  }

  private static WebElement reset() {
    return browser.driver().findElement(By.cssSelector("#curve-loss button"));
  }

  @Test
  void draggingZoomsAndADoubleClickOrTheButtonShowsAll() {
    open(DIGITS);
    List<Double> before = up();
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), across());
    assertFalse(reset().isDisplayed());
    drag(1.6, 4.4);
    requireZoomed();
    // Within the range the values are still those of the epoch.
    browser.actions().moveToElement(chart(), place(3), 10).perform();
    requireTold(3);
    // A range within the range, from right to left.
    drag(3.5, 1.7);
    assertEquals(List.of("2", "3"), across());
    browser.actions().moveToElement(chart(), 0, 0).doubleClick().perform();
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), across());
    assertEquals(before, up());
    drag(1.6, 4.4);
    requireZoomed();
    reset().click();
    assertEquals(before, up());
    assertFalse(reset().isDisplayed());
  }

  @Test
  void aFingerDoesTheSame() {
    open(DIGITS);
    browser.show(390, 844, "light");
    WebElement chart = chart();
    browser.touch(chart, place(5), place(5), 10);
    requireTold(5);
    browser.touch(chart, place(1.6), place(4.4), 10);
    requireZoomed();
    reset().click();
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), across());
  }

  @Test
  void keysDoTheSame() {
    open(DIGITS);
    List<Double> before = up();
    WebElement plot = browser.driver().findElement(By.cssSelector("#curve-loss .plot"));
    // In the order of the tab key: the last link of the contents, what opens the animation, then
    // the first chart.
    all("nav a").get(6).sendKeys(Keys.TAB);
    assertEquals("Epochs", browser.driver().switchTo().activeElement().getText());
    browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
    assertEquals(plot, browser.driver().switchTo().activeElement());
    assertFalse(plot.getCssValue("outline-style").equals("none"), "where the focus is can be seen");
    assertTrue(browser.find(plot.getDomAttribute("aria-describedby")).isDisplayed());
    plot.sendKeys(Keys.ARROW_RIGHT);
    requireTold(1);
    plot.sendKeys(Keys.ARROW_RIGHT);
    requireTold(2);
    plot.sendKeys(Keys.END);
    requireTold(EPOCHS);
    plot.sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
    plot.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
    plot.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
    requireTold(4);
    plot.sendKeys(Keys.ENTER);
    requireZoomed();
    plot.sendKeys(Keys.HOME);
    requireTold(2);
    plot.sendKeys(Keys.ESCAPE);
    assertEquals(before, up());
    assertEquals("", told());
  }

  /** Whatever the screen's scheme is, paper is white. */
  @ParameterizedTest
  @CsvSource({DIGITS + ",5", CLASSES + ",6", TABLE + ",5", LONG + ",7"})
  void printsWithoutControlsAndWithoutCutCharts(String run, int mostPages) {
    open(run);
    browser.show(PAPER_WIDTH, PAPER_HEIGHT, "dark", "print");
    assertEquals("rgba(255, 255, 255, 1)", ground());
    List<?> controls =
        list(
            "return [...document.querySelectorAll('nav, button, summary, #hint, output')]"
                + ".filter((e) => e.offsetParent)");
    assertEquals(List.of(), controls);
    assertEquals((long) PAPER_WIDTH, browser.run("return document.documentElement.scrollWidth"));
    List<?> cut =
        list(
            "return [...document.querySelectorAll('figure, pre, tr')].filter((e) =>"
                + "getComputedStyle(e).breakInside !== 'avoid'"
                + "|| e.getBoundingClientRect().height > arguments[0] || e.scrollWidth > e.clientWidth)"
                + ".map((e) => e.outerHTML)",
            PAPER_HEIGHT);
    assertEquals(List.of(), cut, "what would be cut at the edge of a page");
    int pages = pages(pdf());
    assertTrue(pages >= 3 && pages <= mostPages, pages + " pages");
  }

  private static byte[] pdf() {
    Map<String, Object> paper =
        browser
            .driver()
            .executeCdpCommand(
                "Page.printToPDF",
                Map.of(
                    "paperWidth",
                    21 / CENTIMETRES_A_INCH,
                    "paperHeight",
                    29.7 / CENTIMETRES_A_INCH));
    return Base64.getDecoder().decode((String) paper.get("data"));
  }

  private static int pages(byte[] pdf) {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    return (int) Pattern.compile("/Type\\s*/Page\\b").matcher(text).results().count();
  }

  @Test
  void withoutAScriptItStandsStill() {
    try {
      browser
          .driver()
          .executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
      open(DIGITS);
      assertFalse(browser.find("hint").isDisplayed());
      assertEquals(List.of("1", "2", "3", "4", "5", "6"), across());
      assertEquals(0, all("button").size());
    } finally {
      browser
          .driver()
          .executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  /** The page's own examples, as they stand there. */
  @ParameterizedTest
  @CsvSource({DIGITS + ",'28, 28, 1'", CLASSES + ",'28, 28, 1'", TABLE + ",3"})
  void examplesRunAsTheyStand(String run, String shape) throws Exception {
    open(run);
    List<String> programs = texts("#use-it pre");
    Path sample = Files.writeString(folder.resolve("Sample.java"), programs.get(0));
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(JarProcess.JAR).toAbsolutePath().toString(),
                sample.toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor());
    assertEquals("16 rows of [" + shape + "]", said.strip());
    String where = "import os\nos.chdir(" + Json.writeLine(folder.toString()) + ")\n";
    String right = "assert " + (run.equals(TABLE) ? "rows" : "images");
    Python.run(
        folder, "-c", where + programs.get(1) + "\n" + right + ".shape == (16, " + shape + ")");
  }
}
