package org.vaetf.report;

import java.nio.file.Path;

/**
 * A picture of a run.
 *
 * @param title a few words
 * @param shows a sentence, for who cannot see it too
 * @param file a PNG or a GIF
 * @param form how a page shows it
 */
public record Picture(String title, String shows, Path file, Form form) {

  /** How a page shows a picture. */
  public enum Form {
    /** As it is. */
    IMAGE,
    /** Lines and text on white, which turn light on black where the page is dark. */
    CHART,
    /** One of a set, smaller and after the others. */
    PART,
    /** What moves, last and shown when asked for: it would draw the eye from all else. */
    ANIMATION
  }

  /**
   * A picture that is shown as it is.
   *
   * @param title a few words
   * @param shows a sentence, for who cannot see it too
   * @param file a PNG or a GIF
   */
  public Picture(String title, String shows, Path file) {
    this(title, shows, file, Form.IMAGE);
  }
}
