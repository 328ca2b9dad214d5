package org.vaetf.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, as Debian's packages chromium and chromium-driver install it. Closing
 * it ends it.
 */
final class Browser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 1000;
  private static final long MOST_MILLIS = 20_000;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is none; in CI, fails it. */
  static Browser start() {
    if (!CHROMIUM.canExecute() || !DRIVER.canExecute()) {
      String missing = "no " + CHROMIUM + " or no " + DRIVER + ": apt-get install chromium-driver";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      assumeTrue(false, missing);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
    LoggingPreferences everything = new LoggingPreferences();
    everything.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", everything);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Opens a page in a light, wide window, and waits until the picture of its point is there. */
  void open(String address) {
    show(WIDTH, HEIGHT, "light");
    driver.get("about:blank");
    driver.get(address);
    await("a picture of the point", () -> !data("picture", "z").isEmpty());
    await("samples", () -> !data("samples", "asked").isEmpty());
  }

  /** The size of the page, and whether it is light or dark. */
  void show(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  ChromeDriver driver() {
    return driver;
  }

  Actions actions() {
    return new Actions(driver, Duration.ofMillis(20));
  }

  WebElement find(String id) {
    return driver.findElement(By.id(id));
  }

  /** Takes an entry of a list by its value. */
  void choose(String id, String value) {
    String entry = "#" + id + " option[value='" + value + "']";
    driver.findElement(By.cssSelector(entry)).click();
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  String data(String id, String key) {
    return (String)
        run("return document.getElementById(arguments[0]).dataset[arguments[1]] ?? ''", id, key);
  }

  /** The colours of canvases, one after the other, without what is transparent. */
  byte[] pixels(String selector, int channels) {
    List<?> values =
        (List<?>)
            run(
                "return [...document.querySelectorAll(arguments[0])].flatMap((canvas) => [..."
                    + "canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"
                    + ".filter((_, i) => i % 4 < arguments[1]))",
                selector, channels);
    byte[] pixels = new byte[values.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = ((Number) values.get(i)).byteValue();
    }
    return pixels;
  }

  /** Waits for what the page does in its own time. */
  static void await(String what, BooleanSupplier done) {
    long end = System.nanoTime() + MOST_MILLIS * 1_000_000;
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "never came: " + what);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The browser has had nothing to complain of since it was last asked. */
  void requireNoComplaint() {
    List<LogEntry> log = driver.manage().logs().get(LogType.BROWSER).getAll();
    assertEquals(List.of(), log);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
