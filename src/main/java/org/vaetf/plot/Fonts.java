package org.vaetf.plot;

import java.util.Optional;

/** Whether Java can write on a picture: small containers often have no fonts. */
public final class Fonts {
  private static final int SIZE = 12;

  private Fonts() {}

  /**
   * Why nothing can be written.
   *
   * @return one line that says what to do, or empty where there are fonts
   */
  public static Optional<String> fault() {
    return Known.FAULT;
  }

  /** Looked for once. */
  private static final class Known {
    private static final Optional<String> FAULT = find();

    private static Optional<String> find() {
      try {
        boolean there = Look.metrics(Look.font(SIZE)).stringWidth("x") > 0;
        return there ? Optional.empty() : Optional.of(line("no glyphs"));
      } catch (RuntimeException | LinkageError | InternalError e) {
        // Each Java has its own way to say that there is none.
        return Optional.of(line(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      }
    }

    private static String line(String cause) {
      return "charts cannot be drawn: Java finds no fonts here ("
          + cause
          + "); install fontconfig and a font, as in: apt-get install fontconfig fonts-dejavu-core";
    }
  }
}
