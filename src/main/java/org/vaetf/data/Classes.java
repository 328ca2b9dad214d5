package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;

/**
 * The classes that labels are of, as one model or one data set numbers them.
 *
 * @param count how many; 0 for no labels at all
 * @param names of label 0, label 1 and so on; empty where labels are numbers alone
 */
public record Classes(int count, List<String> names) {

  /**
   * Copies and checks the names.
   *
   * @param count how many; 0 for no labels at all
   * @param names of label 0, label 1 and so on; empty, or absent, where labels are numbers alone
   * @throws ConfigException if the count is below 0 or below the number of names
   */
  public Classes {
    names = names == null ? List.of() : List.copyOf(names);
    Check.atLeast("number of classes", count, names.size());
  }

  /**
   * Of rows without labels.
   *
   * @return no classes
   */
  public static Classes none() {
    return new Classes(0, List.of());
  }

  /**
   * The classes of a data set: those it names, else all up to its greatest label.
   *
   * @param data has labels
   * @return at least one class
   * @throws DataException if it has no labels, or one is below 0 or too great to be a class's
   *     number
   */
  public static Classes of(DataSet data) {
    int[] labels = labelsIn(data);
    int greatest = Arrays.stream(labels).max().orElse(-1);
    if (greatest >= ClassNames.MOST) {
      throw new DataException(
          data.name(),
          "has the label "
              + greatest
              + "; expected numbers below "
              + ClassNames.MOST
              + ", one for each class; choose a column of classes");
    }
    Classes classes = new Classes(Math.max(data.classes().size(), greatest + 1), data.classes());
    classes.labelsOf(data);
    return classes;
  }

  /**
   * The label that somebody writes.
   *
   * @param text a name, or a number
   * @return its number
   * @throws ConfigException if there is no such class; the message says which there are
   */
  public int label(String text) {
    int label = names.indexOf(text);
    if (label < 0 && text.matches("\\d{1,9}")) {
      label = Integer.parseInt(text);
    }
    if (label < 0 || label >= count) {
      throw new ConfigException("label", "'" + text + "'", known());
    }
    return label;
  }

  /**
   * The labels of a data set in these numbers.
   *
   * @param data its names, where it has names, are looked up among these
   * @return {@code [rows]}
   * @throws DataException if it has no labels, or one that is of none of these classes
   */
  public int[] labelsOf(DataSet data) {
    return translate(data.name(), data.classes(), labelsIn(data), 0);
  }

  private static int[] labelsIn(DataSet data) {
    return data.labels()
        .orElseThrow(
            () ->
                new DataException(
                    data.name(),
                    "holds rows without labels; expected one for each, as a conditional model is"
                        + " given it beside the row; name a table's column with --label-column, or"
                        + " choose labelled data"));
  }

  /**
   * Labels in these numbers.
   *
   * @param source where they come from, for messages
   * @param sourceNames the names that the source gives its own numbers; empty where it has none
   * @param labels of some rows
   * @param firstRow the number of the first of them, for messages
   * @return as many labels
   * @throws DataException if one is of none of these classes
   */
  public int[] translate(Object source, List<String> sourceNames, int[] labels, long firstRow) {
    if (!sourceNames.isEmpty() && names.isEmpty()) {
      throw new DataException(
          source,
          "names its classes ("
              + String.join(", ", sourceNames)
              + "); expected as labels "
              + known());
    }
    int[] translated = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      int label = labels[row];
      boolean named = label >= 0 && label < sourceNames.size();
      translated[row] = named ? names.indexOf(sourceNames.get(label)) : label;
      if (translated[row] < 0 || translated[row] >= count) {
        Object found = named ? "'" + sourceNames.get(label) + "'" : label;
        throw unknown(source, found, firstRow + row, known());
      }
    }
    return translated;
  }

  private static DataException unknown(Object source, Object label, long row, String expected) {
    return new DataException(
        source, "row " + row + " has the label " + label + "; expected " + expected);
  }

  /**
   * What a label may be.
   *
   * @return in words, for messages
   */
  public String known() {
    if (count == 0) {
      return "no label, as there are no classes";
    }
    String numbers = count == 1 ? "0" : "a whole number from 0 to " + (count - 1);
    return names.isEmpty() ? numbers : "one of: " + String.join(", ", names) + "; or " + numbers;
  }
}
