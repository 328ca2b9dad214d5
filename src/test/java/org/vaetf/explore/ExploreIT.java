package org.vaetf.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSources;
import org.vaetf.data.DataSplit;
import org.vaetf.data.GreyLevels;
import org.vaetf.export.SavedModelVae;
import org.vaetf.latent.LatentPath;
import org.vaetf.testing.Browser;
import org.vaetf.testing.TinyModel;

/**
 * The page in a real browser: what it shows is what the library computes, to the pixel. With {@code
 * -Dvaetf.screenshot=docs/images/explore.png} it leaves a picture of itself.
 */
class ExploreIT {
  private static final String SCREENSHOT = System.getProperty("vaetf.screenshot", "");
  private static final List<String> FAULTS = new ArrayList<>();

  @TempDir static Path folder;

  private static SavedModelVae vae;
  private static ExploreServer server;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    vae = SavedModelVae.load(Path.of("saved_models/mnist-2d"));
    try (DataSplit digits = new DataSources().split(DataRequest.of("mnist-10k"), new Seed(0))) {
      server = ExploreServer.start(Explorer.of(vae, digits.test()), "127.0.0.1", 0, FAULTS::add);
    }
  }

  @AfterAll
  static void stop() {
    // Without a browser there is nothing but the browser's absence.
    if (browser != null) {
      browser.close();
      server.close();
      vae.close();
    }
  }

  @AfterEach
  void nobodyComplains() {
    browser.requireNoComplaint();
    assertEquals(List.of(), FAULTS);
    assertFalse(browser.find("fault").isDisplayed(), () -> browser.find("fault").getText());
  }

  private static void open(String fragment) {
    open(server, fragment);
  }

  /** Opens the page and waits until it shows something. */
  private static void open(ExploreServer from, String fragment) {
    openAddress(from.address() + fragment);
  }

  private static void openAddress(String address) {
    browser.open(address);
    Browser.await("a picture of the point", () -> !browser.data("picture", "z").isEmpty());
    Browser.await("samples", () -> !browser.data("samples", "asked").isEmpty());
  }

  private static byte[] greys(Samples x) {
    return GreyLevels.bytes(x, DataSet.Encoding.BYTES);
  }

  private static byte[] decoded(float... z) {
    return greys(vae.decode(new Samples(RowShape.of(2), z)));
  }

  private static float[] point(String text) {
    float[] z = new float[text.split(",", -1).length];
    for (int i = 0; i < z.length; i++) {
      z[i] = Float.parseFloat(text.split(",", -1)[i]);
    }
    return z;
  }

  /** The point that the page's link names, once the page has come to rest. */
  private static float[] settledPoint() {
    String[] last = {""};
    Browser.await(
        "a link to the picture's point",
        () -> {
          String before = last[0];
          last[0] = browser.data("picture", "z");
          return last[0].equals(before) && linkOf("z").equals(before);
        });
    return point(last[0]);
  }

  private static String linkOf(String key) {
    String fragment = (String) browser.run("return location.hash");
    return Arrays.stream(fragment.replaceFirst("^#", "").split("&", -1))
        .filter(field -> field.startsWith(key + "="))
        .map(field -> field.substring(key.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static void pointAt(int right, int down) {
    browser.actions().moveToElement(browser.find("map"), right, down).perform();
  }

  @Test
  void pointingDecodesThatPlace() {
    open("");
    assertArrayEquals(new float[] {0, 0}, settledPoint());
    assertArrayEquals(decoded(0, 0), browser.pixels("#picture", 1));
    // Many places in a row: the last one counts.
    for (int i = 0; i < 30; i++) {
      pointAt(-100 + 8 * i, 70 - 5 * i);
    }
    float[] z = settledPoint();
    assertTrue(
        z[0] > 0.5 && z[1] > 0.5, () -> "right of the middle, and above: " + Arrays.toString(z));
    assertArrayEquals(decoded(z), browser.pixels("#picture", 1));
    pointAt(-120, 90);
    float[] other = settledPoint();
    assertTrue(other[0] < z[0] && other[1] < z[1]);
    assertArrayEquals(decoded(other), browser.pixels("#picture", 1));
  }

  @Test
  void aFingerMovesThePointToo() {
    open("");
    float[] before = settledPoint();
    browser.touch(browser.find("map"), 0, 80, 40);
    Browser.await("another point", () -> !Arrays.equals(before, settledPoint()));
    assertArrayEquals(decoded(settledPoint()), browser.pixels("#picture", 1));
  }

  @Test
  void keysMoveThePointAndHoldIt() {
    open("");
    // In the order of the tab key: the link, then the map.
    browser.find("link").sendKeys(Keys.TAB);
    WebElement map = browser.driver().switchTo().activeElement();
    assertEquals("map", map.getAttribute("id"));
    assertNotEquals("0px", map.getCssValue("outline-width"));
    map.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    float[] right = settledPoint();
    assertTrue(right[0] > 0 && right[1] == 0, () -> Arrays.toString(right));
    map.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_UP));
    float[] up = settledPoint();
    assertTrue(up[0] == right[0] && up[1] > right[0], () -> Arrays.toString(up));
    assertArrayEquals(decoded(up), browser.pixels("#picture", 1));
    map.sendKeys(Keys.ENTER);
    assertTrue(browser.find("held").isDisplayed());
    pointAt(40, 40);
    assertArrayEquals(up, settledPoint());
    browser.actions().click().perform();
    pointAt(60, 40);
    assertFalse(Arrays.equals(up, settledPoint()));
    browser.find("z0").sendKeys(Keys.HOME);
    float[] left = settledPoint();
    assertTrue(left[0] <= -3, () -> Arrays.toString(left));
    assertArrayEquals(decoded(left), browser.pixels("#picture", 1));
  }

  @Test
  void aDrawnDigitIsEncodedAndReconstructed() {
    open("");
    WebElement pad = browser.find("pad");
    browser.run("arguments[0].scrollIntoView({block: 'center'})", pad);
    browser
        .actions()
        .moveToElement(pad, -40, -70)
        .clickAndHold()
        .moveByOffset(70, 0)
        .moveByOffset(-40, 140)
        .release()
        .perform();
    requirePosteriorOf(settledInput());
    browser.find("clear").click();
    assertEquals("", browser.find("evidence").getText());
    assertFalse(browser.find("go").isEnabled());
  }

  @Test
  void aChosenPictureIsTakenInTheModelsSize() throws Exception {
    BufferedImage picture = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 80 * 40; i++) {
      picture.setRGB(i % 80, i / 80, i % 80 < 40 ? 0xff0000 : 0xffffff);
    }
    Path file = folder.resolve("picture.png");
    ImageIO.write(picture, "png", file.toFile());
    open("");
    browser.find("file").sendKeys(file.toAbsolutePath().toString());
    byte[] input = settledInput();
    requirePosteriorOf(input);
    // In the middle, with black above and below; red is a grey of 0.299 · 255.
    assertEquals(0, input[2 * 28 + 14]);
    assertEquals(76, input[14 * 28 + 3]);
    assertEquals(255, input[14 * 28 + 24] & 0xff);
  }

  private static byte[] settledInput() {
    Browser.await(
        "what the model makes of the picture",
        () ->
            browser.find("draw-section").getAttribute("aria-busy").equals("false")
                && !browser.find("evidence").getText().isEmpty());
    return browser.pixels("#input", 1);
  }

  private static void requirePosteriorOf(byte[] input) {
    float[] values = new float[input.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = input[i] & 0xff;
    }
    Samples x = new Samples(vae.shape(), values);
    assertArrayEquals(greys(vae.reconstruct(x)), browser.pixels("#reconstruction", 1));
    double elbo = vae.score(x, 64, 0).elbo()[0];
    String evidence = browser.find("evidence").getText();
    assertTrue(
        evidence.contains(String.format(Locale.ROOT, "%.2f nats", elbo)),
        () -> evidence + "\nlacks " + elbo);
    String bars = (String) browser.run("return document.querySelector('svg').ariaLabel");
    float[] mean = vae.encode(x).mean().values();
    for (MatchResult bar :
        Pattern.compile("z(\\d) (-?[\\d.]+) ± ([\\d.]+)").matcher(bars).results().toList()) {
      assertNear(
          mean[Integer.parseInt(bar.group(1))], Double.parseDouble(bar.group(2)), 0.006, bars);
    }
    assertEquals(8, browser.driver().findElements(By.cssSelector("#neighbours canvas")).size());
    browser.find("go").click();
    float[] z = settledPoint();
    assertNear(mean, z, 1e-4, "the point goes to the mean");
  }

  @Test
  void thePathGoesFromOnePointToTheOther() {
    open("#z=1,0.5");
    WebElement map = browser.find("map");
    map.sendKeys("a");
    map.sendKeys(Keys.ARROW_LEFT, Keys.chord(Keys.SHIFT, Keys.ARROW_DOWN));
    map.sendKeys("b");
    Browser.await("both ends in the link", () -> !linkOf("to").isEmpty());
    float[] from = point(linkOf("from"));
    float[] to = point(linkOf("to"));
    assertArrayEquals(new float[] {1, 0.5f}, from);
    requireStrip(LatentPath.LINEAR.points(from, to, 11));
    browser.choose("method", "spherical");
    requireStrip(LatentPath.SPHERICAL.points(from, to, 11));
  }

  private static void requireStrip(Samples path) {
    byte[] expected = greys(vae.decode(path));
    Browser.await(
        "the pictures of the path",
        () -> Arrays.equals(expected, browser.pixels("#strip canvas", 1)));
  }

  @Test
  void samplesAreThoseOfSeedAndTemperature() {
    open("#seed=5");
    requireSamples("5,1", greys(vae.sample(64, 5).x()));
    browser.find("next-seed").click();
    requireSamples("6,1", greys(vae.sample(64, 6).x()));
    browser.find("temperature").sendKeys(Keys.HOME);
    byte[] middle = decoded(0, 0);
    requireSamples("6,0", repeated(middle, 64));
    // One picture is in the tab order; keys go on to the next.
    WebElement first = browser.driver().findElement(By.cssSelector("#samples button"));
    first.sendKeys(Keys.ARROW_RIGHT);
    WebElement second = browser.driver().switchTo().activeElement();
    assertEquals("sample 2", second.getAccessibleName());
    second.sendKeys(Keys.ENTER);
    assertArrayEquals(new float[] {0, 0}, settledPoint());
  }

  private static void requireSamples(String asked, byte[] expected) {
    Browser.await("samples of " + asked, () -> browser.data("samples", "asked").equals(asked));
    assertArrayEquals(expected, browser.pixels("#samples canvas", 1));
  }

  private static byte[] repeated(byte[] one, int times) {
    byte[] all = new byte[one.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = one[i % one.length];
    }
    return all;
  }

  @Test
  void aLinkBringsTheViewBack() {
    open("#z=0.5,-1.25&from=1,1&to=-1,0&seed=9&temperature=0.5&method=spherical&mode=held");
    settledPoint();
    String link = browser.find("link").getAttribute("href");
    assertFalse(link.substring(link.indexOf('#')).contains("token"), link);
    assertTrue(link.startsWith(server.address().toString()), link);
    openAddress(link);
    assertArrayEquals(new float[] {0.5f, -1.25f}, settledPoint());
    assertArrayEquals(decoded(0.5f, -1.25f), browser.pixels("#picture", 1));
    assertTrue(browser.find("held").isDisplayed());
    assertEquals("9", browser.find("seed").getAttribute("value"));
    assertEquals("0.5", browser.find("temperature").getAttribute("value"));
    assertEquals("spherical", browser.find("method").getAttribute("value"));
    Samples path = LatentPath.SPHERICAL.points(new float[] {1, 1}, new float[] {-1, 0}, 11);
    requireStrip(path);
    // A link that says nonsense says nothing.
    open("#z=1,x&seed=&temperature=hot&mode=up");
    assertArrayEquals(new float[] {0, 0}, settledPoint());
    assertFalse(browser.find("held").isDisplayed());
  }

  @ParameterizedTest
  @CsvSource({"1200,light", "1200,dark", "390,light", "390,dark", "320,light"})
  void everySizeAndSchemeIsInOrder(int width, String scheme) throws Exception {
    open("#z=0.5,0.5&from=1,1&to=-1,0");
    browser.find("file").sendKeys(drawing().toAbsolutePath().toString());
    settledInput();
    browser.show(width, 844, scheme);
    Browser.await(
        "the page in that width", () -> browser.run("return innerWidth").equals((long) width));
    assertEquals((long) width, browser.run("return document.documentElement.scrollWidth"));
    String paper = browser.driver().findElement(By.tagName("body")).getCssValue("background-color");
    assertEquals(scheme.equals("dark"), paper.startsWith("rgba(22, 22, 26"), paper);
    browser.requireAccessible();
  }

  private static Path drawing() throws Exception {
    Path file = folder.resolve("drawing.png");
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 4; y < 24; y++) {
      image.setRGB(14, y, 0xffffff);
      image.setRGB(15, y, 0xffffff);
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aPictureIsSaved() throws Exception {
    open("#z=0.5,0.5");
    settledPoint();
    browser
        .driver()
        .executeCdpCommand(
            "Browser.setDownloadBehavior",
            Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
    browser.driver().findElement(By.cssSelector("[data-save=picture]")).click();
    Path file = folder.resolve("point.png");
    Browser.await("the file", () -> Files.exists(file));
    BufferedImage saved = ImageIO.read(file.toFile());
    byte[] expected = decoded(0.5f, 0.5f);
    int factor = saved.getWidth() / 28;
    assertEquals(10, factor);
    for (int i = 0; i < expected.length; i++) {
      int x = i % 28 * factor;
      int y = i / 28 * factor;
      assertEquals(expected[i], (byte) saved.getRGB(x, y), "pixel " + i);
      assertEquals(expected[i], (byte) saved.getRGB(x + factor - 1, y + factor - 1), "pixel " + i);
    }
  }

  /** In colour, with an empty map. */
  @Test
  void aConditionalModelIsGivenTheChosenLabel() {
    TinyModel tiny = TinyModel.conditional().findFirst().orElseThrow().of(RowShape.image(3, 5, 3));
    Path saved = tiny.export(folder.resolve("cvae"), tiny.weights(1));
    try (SavedModelVae conditional = SavedModelVae.load(saved);
        ExploreServer other =
            ExploreServer.start(Explorer.of(conditional), "127.0.0.1", 0, FAULTS::add)) {
      open(other, "#z=1,-1");
      for (int label : new int[] {2, 0}) {
        browser.choose("label", String.valueOf(label));
        Samples z = new Samples(RowShape.of(2), new float[] {1, -1});
        byte[] expected =
            GreyLevels.bytes(conditional.decode(Batch.of(z, label)), DataSet.Encoding.REALS);
        Browser.await(
            "the picture of label " + label,
            () -> Arrays.equals(expected, browser.pixels("#picture", 3)));
      }
      browser.requireNoComplaint();
    }
  }

  @Test
  void leavesAPictureOfItselfWhereToldTo() throws Exception {
    open("#z=0.55,1.1&from=-2,-0.5&to=1.4,1.2&seed=4&mode=held");
    WebElement pad = browser.find("pad");
    browser.run("arguments[0].scrollIntoView({block: 'center'})", pad);
    browser
        .actions()
        .moveToElement(pad, -45, -60)
        .clickAndHold()
        .moveByOffset(40, -15)
        .moveByOffset(35, 15)
        .moveByOffset(0, 35)
        .moveByOffset(-70, 85)
        .moveByOffset(90, 5)
        .release()
        .perform();
    settledInput();
    // Up to the samples: a page of documentation has no use for sixty more digits.
    Number height =
        (Number)
            browser.run(
                "return Math.floor(scrollY + document.querySelector("
                    + "'[aria-labelledby=samples-title]').getBoundingClientRect().top)");
    browser.show(1200, height.intValue(), "light");
    browser.run("scrollTo(0, 0)");
    byte[] picture = browser.driver().getScreenshotAs(OutputType.BYTES);
    assertTrue(picture.length > 10_000, "a picture, not a blank page");
    if (!SCREENSHOT.isEmpty()) {
      Files.write(Path.of(SCREENSHOT), picture);
    }
  }
}
