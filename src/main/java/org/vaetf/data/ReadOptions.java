package org.vaetf.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;

/**
 * What a file does not say of itself. Each setting concerns one kind of file and is ignored by the
 * others.
 *
 * @param labelColumn tables: the column of labels, by its name or by its number from 1; empty for
 *     none
 * @param header tables: whether the first line names the columns
 * @param height images: the height to resize to; 0 to leave them as they are, which must then be
 *     all of one size
 * @param width images: the width to resize to; 0 exactly where the height is
 * @param channels images: 1 for grey, 3 for colour, 0 for what the first image is
 */
public record ReadOptions(String labelColumn, Header header, int height, int width, int channels) {

  /** Whether the first line of a table names its columns. */
  public enum Header implements Named {
    /** It does if any field of it is not a number. */
    AUTO,
    /** It does. */
    PRESENT,
    /** It does not: it is the first row. */
    ABSENT
  }

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[x×](\\d{1,5})");

  /**
   * Checks the settings.
   *
   * @param labelColumn tables: the column of labels, by its name or by its number from 1; empty for
   *     none
   * @param header tables: whether the first line names the columns
   * @param height images: the height to resize to; 0 to leave them as they are, which must then be
   *     all of one size
   * @param width images: the width to resize to; 0 exactly where the height is
   * @param channels images: 1 for grey, 3 for colour, 0 for what the first image is
   * @throws ConfigException if a component is missing, a size is negative or alone, or there are
   *     neither 0, 1 nor 3 channels
   */
  public ReadOptions {
    Check.present("label column", labelColumn);
    Check.present("header", header);
    Check.atLeast("height", height, 0);
    Check.atLeast("width", width, 0);
    if ((height == 0) != (width == 0)) {
      throw new ConfigException("resize", height + "x" + width, "both sizes, as in 28x28");
    }
    if (channels != 0 && channels != 1 && channels != 3) {
      throw new ConfigException("channels", channels, "1 (grey), 3 (colour) or 0 (as found)");
    }
  }

  /**
   * No labels, a header where one is found, images as they are.
   *
   * @return the settings
   */
  public static ReadOptions defaults() {
    return new ReadOptions("", Header.AUTO, 0, 0, 0);
  }

  /**
   * The same with a column of labels.
   *
   * @param column its name, or its number from 1
   * @return the settings
   */
  public ReadOptions withLabelColumn(String column) {
    return new ReadOptions(column, header, height, width, channels);
  }

  /**
   * The same, told about the header.
   *
   * @param value whether the first line names the columns
   * @return the settings
   */
  public ReadOptions withHeader(Header value) {
    return new ReadOptions(labelColumn, value, height, width, channels);
  }

  /**
   * The same with another size of images.
   *
   * @param newHeight in pixels
   * @param newWidth in pixels
   * @return the settings
   */
  public ReadOptions withResize(int newHeight, int newWidth) {
    return new ReadOptions(labelColumn, header, newHeight, newWidth, channels);
  }

  /**
   * The same with another size of images.
   *
   * @param size height and width, as in {@code 28x28}
   * @return the settings
   * @throws ConfigException if it is not written so
   */
  public ReadOptions withResize(String size) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw new ConfigException("resize", "'" + size + "'", "HEIGHTxWIDTH, as in 28x28");
    }
    return withResize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * The same with grey or colour images.
   *
   * @param value 1, 3, or 0 for what the first image is
   * @return the settings
   */
  public ReadOptions withChannels(int value) {
    return new ReadOptions(labelColumn, header, height, width, value);
  }
}
