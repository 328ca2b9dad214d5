package org.vaetf.base;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/**
 * A file or folder does not hold the data it should: {@code file:line:column: what, got, expected,
 * what to do}.
 */
public class DataException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** The file or folder. */
  private final String source;

  /** From 1, or 0 for the whole file. */
  private final long line;

  /** From 1, or 0 for the whole line. */
  private final int column;

  /**
   * A fault of a whole file.
   *
   * @param source the file or folder
   * @param fault what, got, expected, what to do
   */
  public DataException(Object source, String fault) {
    this(source, 0, 0, fault, null);
  }

  /**
   * A fault of a whole file, with the failure behind it.
   *
   * @param source the file or folder
   * @param fault what, got, expected, what to do
   * @param cause what a library reported
   */
  public DataException(Object source, String fault, Throwable cause) {
    this(source, 0, 0, fault, cause);
  }

  /**
   * A fault at one place of a text.
   *
   * @param source the file
   * @param line its line, from 1
   * @param column its column, from 1; 0 where the whole line is meant
   * @param fault what, got, expected, what to do
   */
  public DataException(Object source, long line, int column, String fault) {
    this(source, line, column, fault, null);
  }

  private DataException(Object source, long line, int column, String fault, Throwable cause) {
    super(
        source + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "") + ": " + fault,
        cause);
    this.source = String.valueOf(source);
    this.line = line;
    this.column = column;
  }

  /**
   * The one line for a file or folder that cannot be read.
   *
   * @param source the file or folder
   * @param cause why
   * @return an exception to throw
   */
  public static DataException unreadable(Object source, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new DataException(source, "does not exist; check the path", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new DataException(source, "may not be read; check its permissions", cause);
    }
    if (cause instanceof EOFException) {
      return new DataException(source, "is cut short; copy or download it again", cause);
    }
    if (cause instanceof ZipException) {
      return new DataException(
          source,
          "is damaged or not compressed as its name says ("
              + cause.getMessage()
              + "); copy or download it again",
          cause);
    }
    return new DataException(
        source,
        "cannot be read ("
            + cause.getClass().getSimpleName()
            + ": "
            + cause.getMessage()
            + "); check the path",
        cause);
  }

  /**
   * Where the data came from.
   *
   * @return the file or folder
   */
  public String source() {
    return source;
  }

  /**
   * The line at fault.
   *
   * @return from 1, or 0 for the whole file
   */
  public long line() {
    return line;
  }

  /**
   * The column at fault.
   *
   * @return from 1, or 0 for the whole line
   */
  public int column() {
    return column;
  }
}
