package org.vaetf.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The library's own version, written into the jar when it is built. */
public final class Version {
  private static final Properties PROPERTIES = load();

  private Version() {}

  /**
   * The library's version.
   *
   * @return as in the Maven coordinates, {@code 0.1.0}
   */
  public static String library() {
    return PROPERTIES.getProperty("version");
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
