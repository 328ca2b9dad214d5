package org.vaetf.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, as Debian's packages chromium and chromium-driver install it. Closing
 * it ends it.
 */
public final class Browser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 1000;
  private static final long MOST_MILLIS = 20_000;

  private static final Pattern SENT =
      Pattern.compile("\"Network\\.requestWillBeSent\".*\"request\":\\{.*?\"url\":\"([^\"]*)\"");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is none; in CI, fails it. */
  public static Browser start() {
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
    everything.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", everything);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Opens a page anew in a light, wide window. */
  public void open(String address) {
    show(WIDTH, HEIGHT, "light");
    driver.get("about:blank");
    driver.get(address);
  }

  /** The size of the page, and whether it is light or dark. */
  public void show(int width, int height, String scheme) {
    show(width, height, scheme, "screen");
  }

  /** The same on a screen or in print. */
  public void show(int width, int height, String scheme, String media) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What drives it. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Moves of pointer and keys. */
  public Actions actions() {
    return new Actions(driver, Duration.ofMillis(20));
  }

  /** An element by its id. */
  public WebElement find(String id) {
    return driver.findElement(By.id(id));
  }

  /** Takes an entry of a list by its value. */
  public void choose(String id, String value) {
    String entry = "#" + id + " option[value='" + value + "']";
    driver.findElement(By.cssSelector(entry)).click();
  }

  /** Runs a script in the page. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** An entry of an element's data set; empty where there is none. */
  public String data(String id, String key) {
    return (String)
        run("return document.getElementById(arguments[0]).dataset[arguments[1]] ?? ''", id, key);
  }

  /** The colours of canvases, one after the other, without what is transparent. */
  public byte[] pixels(String selector, int channels) {
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
  public static void await(String what, BooleanSupplier done) {
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

  /** A finger goes down on an element, over it, and up again; offsets are from its middle. */
  public void touch(WebElement element, int fromX, int toX, int y) {
    PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
    PointerInput.Origin middle = PointerInput.Origin.fromElement(element);
    Sequence touch = new Sequence(finger, 0);
    touch.addAction(finger.createPointerMove(Duration.ZERO, middle, fromX, y));
    touch.addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()));
    touch.addAction(finger.createPointerMove(Duration.ofMillis(50), middle, toX, y));
    touch.addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
    driver.perform(List.of(touch));
  }

  /** axe-core has looked at the page and found no fault; contrast is among what it looks at. */
  public void requireAccessible() {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<?, ?> result =
        (Map<?, ?>) driver.executeAsyncScript("axe.run().then(arguments[arguments.length - 1])");
    List<String> passed =
        ((List<?>) result.get("passes"))
            .stream().map(rule -> (String) ((Map<?, ?>) rule).get("id")).toList();
    assertTrue(passed.size() > 20 && passed.contains("color-contrast"), "axe has looked");
    assertEquals(List.of(), result.get("violations"));
  }

  /**
   * The addresses that pages have asked for since this was last asked, but for data within them.
   */
  public List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
      Matcher sent = SENT.matcher(entry.getMessage());
      if (sent.find() && !sent.group(1).startsWith("data:")) {
        addresses.add(sent.group(1));
      }
    }
    return addresses;
  }

  /** The browser has had nothing to complain of since it was last asked. */
  public void requireNoComplaint() {
    List<LogEntry> log = driver.manage().logs().get(LogType.BROWSER).getAll();
    assertEquals(List.of(), log);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
