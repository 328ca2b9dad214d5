package org.vaetf.report;

import java.nio.file.Path;

/** A plot that is drawn, and what it is called. */
public sealed interface DrawnPlot permits NamedPicture, NamedAnimation {
  /**
   * What it is called.
   *
   * @return a file's name without its ending
   */
  String name();

  /**
   * What its file's name ends in.
   *
   * @return {@code .png} or {@code .gif}
   */
  String ending();

  /**
   * Writes it, whole or not at all.
   *
   * @param file to write or replace
   * @throws org.vaetf.base.OutputException if the file cannot be written
   */
  void write(Path file);
}
