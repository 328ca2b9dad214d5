package org.vaetf.spark;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * A column of results.
 *
 * @param name in a table that holds lists
 * @param source the column of {@link BatchedRows} that it comes from
 * @param item of the list there; -1 for the whole list
 * @param width numbers in the list
 * @param prefix of the columns in a table that holds numbers alone, before each one's number
 */
record OutputColumn(String name, String source, int item, int width, String prefix) {

  static OutputColumn list(String name, boolean second, int width, String prefix) {
    return new OutputColumn(name, second ? "_3" : "_2", -1, width, prefix);
  }

  static OutputColumn number(String name, int item) {
    return new OutputColumn(name, "_2", item, 1, name);
  }

  /** As one column. */
  Column asOne() {
    Column values = col(source);
    return (item < 0 ? values : values.getItem(item)).as(name);
  }

  /** As columns of single numbers. */
  List<Column> asNumbers() {
    return item >= 0
        ? List.of(asOne())
        : IntStream.range(0, width).mapToObj(i -> col(source).getItem(i).as(prefix + i)).toList();
  }
}
