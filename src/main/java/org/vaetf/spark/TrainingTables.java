package org.vaetf.spark;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.data.ClassNames;
import org.vaetf.data.ImageFit;
import org.vaetf.data.ReadOptions;
import scala.Tuple4;

/**
 * What a model is fitted to on a cluster: rows to learn from, rows to test on, and their shape.
 *
 * @param train to learn from
 * @param test to test on; where there is none, each worker sets a part of its own rows aside
 * @param shape of a row
 * @param labelled whether rows come with labels
 * @param classes names of the labels; empty where they are numbers
 * @param images how rows are read from files; empty where the tables hold numbers
 */
record TrainingTables(
    InputTable train,
    Optional<InputTable> test,
    RowShape shape,
    boolean labelled,
    List<String> classes,
    Optional<ImageSettings> images) {

  /**
   * Tables by their places.
   *
   * @param train any place
   * @param test the same; empty for none
   * @param shape of a row; empty for that of an image, or a flat one of the size of the first
   */
  static TrainingTables open(
      SparkSession spark, TableInput train, Optional<TableInput> test, Optional<RowShape> shape) {
    InputTable rows = train.open(spark, Operation.ENCODE);
    Optional<InputTable> testRows = test.map(input -> input.open(spark, Operation.ENCODE));
    testRows.ifPresent(found -> requireSameKind(rows, found));
    return rows.images()
        ? ofImages(rows, testRows, shape, train.read())
        : of(rows, testRows, shape, rows.labelled());
  }

  private static void requireSameKind(InputTable train, InputTable test) {
    if (train.images() != test.images()) {
      throw new DataException(
          test.source(),
          test.images()
              ? "is a folder of images; expected rows of numbers, as the training rows are"
              : "is a table; expected a folder of images, as the training rows are");
    }
  }

  /** The first image says which shape all have. */
  private static TrainingTables ofImages(
      InputTable train, Optional<InputTable> test, Optional<RowShape> shape, ReadOptions read) {
    String first = train.rows().first()._4();
    RowShape found = ImageFit.as(first, ImageFiles.bytes(first), read).shape();
    if (shape.isPresent() && !shape.get().equals(found)) {
      throw new ConfigException("shape", shape.get(), found + ", as the first image has");
    }
    return new TrainingTables(
        train,
        test,
        found,
        train.labelled(),
        train.labelled() ? classes(train) : List.of(),
        Optional.of(ImageSettings.of(read)));
  }

  /**
   * The rows of a column.
   *
   * @param train rows to learn from
   * @param column of numbers
   * @param label column of labels; empty for none
   * @param shape of a row; empty for a flat one of the size of the first
   */
  static TrainingTables of(
      Dataset<Row> train, String column, Optional<String> label, Optional<RowShape> shape) {
    InputTable table = InputTable.ofColumn("the table", train, column, label, List.of());
    return of(table, Optional.empty(), shape, label.isPresent());
  }

  private static TrainingTables of(
      InputTable train, Optional<InputTable> test, Optional<RowShape> shape, boolean labelled) {
    int size = sizeOfFirst(train);
    if (shape.isPresent() && shape.get().size() != size) {
      throw new ConfigException(
          "shape", shape.get(), "one of " + size + " numbers, as the first row has");
    }
    return new TrainingTables(
        train,
        test,
        shape.orElseGet(() -> RowShape.of(size)),
        labelled,
        labelled ? classes(train) : List.of(),
        Optional.empty());
  }

  private static int sizeOfFirst(InputTable table) {
    List<Tuple4<Row, float[], String, String>> first = table.rows().takeAsList(1);
    if (first.isEmpty() || first.get(0)._2() == null) {
      throw new DataException(
          table.source(), "begins with no row of numbers; expected at least one row, without gaps");
    }
    return first.get(0)._2().length;
  }

  private static List<String> classes(InputTable table) {
    ClassNames names = new ClassNames();
    for (String name :
        table.rows().select(col("_3")).distinct().as(Encoders.STRING()).collectAsList()) {
      if (name != null && !names.add(name)) {
        throw new DataException(
            table.source(), "has too many different labels to be classes; choose another column");
      }
    }
    return names.list();
  }
}
