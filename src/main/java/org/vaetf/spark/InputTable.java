package org.vaetf.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.DataException;
import scala.Tuple4;

/**
 * A table on its way into a model: of each row the columns that are kept, the numbers, the label,
 * and a text, which is the path of an image to read, or tells what is wrong with the numbers.
 */
final class InputTable {
  /** A list of floats that is an array here. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's Array[Float] is Java's float[].
  static final Encoder<float[]> FLOATS =
      (Encoder)
          new AgnosticEncoders.ArrayEncoder(AgnosticEncoders.PrimitiveFloatEncoder$.MODULE$, false);

  /** A structure needs a field: this one is there where nothing is kept. */
  private static final String CARRIED = "vae_tf_row";

  private final String source;
  private final Dataset<Row> table;
  private final Column values;
  private final Column label;
  private final Column text;
  private final List<String> kept;
  private final boolean images;

  private InputTable(
      String source,
      Dataset<Row> table,
      Column values,
      Column label,
      Column text,
      List<String> kept,
      boolean images) {
    this.source = source;
    this.table = table;
    this.values = values;
    this.label = label;
    this.text = text;
    this.kept = List.copyOf(kept);
    this.images = images;
  }

  /**
   * Rows whose numbers are a list or a vector.
   *
   * @param source for messages
   * @param column of numbers
   * @param labelColumn empty for none
   * @param kept columns that go along
   * @throws DataException if there is no such column, or it is of another type
   */
  static InputTable ofColumn(
      String source,
      Dataset<Row> table,
      String column,
      Optional<String> labelColumn,
      List<String> kept) {
    requireColumns(source, table, kept);
    labelColumn.ifPresent(label -> requireColumns(source, table, List.of(label)));
    requireColumns(source, table, List.of(column));
    DataType type = table.schema().apply(column).dataType();
    Column numbers = quoted(column);
    if (type.equals(SQLDataTypes.VectorType())) {
      numbers = functions.vector_to_array(numbers, "float32");
    } else if (isNumbers(type)) {
      numbers = numbers.cast("array<float>");
    } else {
      throw new DataException(
          source,
          "column '"
              + column
              + "' is of type "
              + type.simpleString()
              + "; expected a vector or a list of numbers");
    }
    return new InputTable(
        source,
        table,
        withoutGaps(numbers),
        label(labelColumn),
        when(hasGap(numbers), lit("no value, or one that is none")),
        kept,
        false);
  }

  /**
   * Rows of text, a column for each number, as a CSV file has them.
   *
   * @param columns of the numbers
   */
  static InputTable ofNumbers(
      String source,
      Dataset<Row> table,
      List<String> columns,
      Optional<String> labelColumn,
      List<String> kept) {
    requireColumns(source, table, kept);
    labelColumn.ifPresent(label -> requireColumns(source, table, List.of(label)));
    Column texts = array(columns.stream().map(InputTable::quoted).toArray(Column[]::new));
    Column numbers =
        array(
            columns.stream()
                .map(column -> quoted(column).try_cast("float"))
                .toArray(Column[]::new));
    Column fault =
        coalesce(
            element_at(filter(texts, text -> text.try_cast("float").isNull()), 1), lit("nothing"));
    return new InputTable(
        source,
        table,
        withoutGaps(numbers),
        label(labelColumn),
        when(hasGap(numbers), inQuotes(fault)),
        kept,
        false);
  }

  private static Column inQuotes(Column text) {
    return org.apache.spark.sql.functions.concat(lit("'"), text, lit("'"));
  }

  /** Rows whose numbers are in image files. */
  static InputTable ofImages(
      String source, Dataset<Row> table, Optional<String> labelColumn, List<String> kept) {
    requireColumns(source, table, kept);
    return new InputTable(
        source,
        table,
        lit(null).cast("array<float>"),
        label(labelColumn),
        quoted(TableInput.PATH),
        kept,
        true);
  }

  /** Whether a column is of numbers that a model can be given. */
  static boolean isNumbers(DataType type) {
    return (type instanceof ArrayType list && list.elementType() instanceof NumericType)
        || type.equals(SQLDataTypes.VectorType());
  }

  private static Column label(Optional<String> column) {
    return column.map(InputTable::quoted).orElseGet(() -> lit(null)).cast("string");
  }

  private static Column withoutGaps(Column numbers) {
    return when(hasGap(numbers), lit(null)).otherwise(numbers);
  }

  /** Whether the list is null or holds one: only then is it unknown whether it has this number. */
  private static Column hasGap(Column numbers) {
    return array_contains(numbers, lit(Float.NaN)).isNull();
  }

  /** A column by its name, whatever signs are in that. */
  static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  static void requireColumns(String source, Dataset<Row> table, List<String> columns) {
    List<String> there = Arrays.asList(table.columns());
    for (String column : columns) {
      if (!there.contains(column)) {
        throw new DataException(
            source, "has no column '" + column + "'; expected one of: " + String.join(", ", there));
      }
    }
  }

  String source() {
    return source;
  }

  boolean images() {
    return images;
  }

  boolean labelled() {
    return !label.equals(label(Optional.empty()));
  }

  /** The columns that go along. */
  List<String> kept() {
    return kept;
  }

  /** Their types. */
  StructType keptSchema() {
    StructType schema = new StructType();
    for (String column : kept) {
      schema = schema.add(table.schema().apply(column));
    }
    return schema;
  }

  /** The rows as tasks take them. */
  Dataset<Tuple4<Row, float[], String, String>> rows() {
    return table
        .select(struct(keptColumns()).as("_1"), values.as("_2"), label.as("_3"), text.as("_4"))
        .as(
            Encoders.tuple(
                Encoders.row(carriedSchema()), FLOATS, Encoders.STRING(), Encoders.STRING()));
  }

  StructType carriedSchema() {
    return keptSchema().add(CARRIED, "boolean", false);
  }

  private Column[] keptColumns() {
    Column[] columns = new Column[kept.size() + 1];
    for (int i = 0; i < kept.size(); i++) {
      columns[i] = quoted(kept.get(i));
    }
    columns[kept.size()] = lit(true).as(CARRIED);
    return columns;
  }
}
