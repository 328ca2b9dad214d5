package org.vaetf.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.DataException;
import scala.Tuple3;
import scala.Tuple4;

/**
 * The rows of a table through a model: {@code encode}, {@code decode}, {@code reconstruct} and
 * {@code score}.
 *
 * @param model what they pass through
 * @param settings what is done with them
 */
public record RowsJob(DistributedModel model, RowSettings settings) {

  /**
   * Does it, from one place to another.
   *
   * @param spark the session
   * @param in where rows come from
   * @param out where they go, with results
   * @param partitions how many tasks work on them; 0 for as many as Spark cuts the input into
   * @return what was done
   * @throws org.vaetf.base.VaeException if it fails; then nothing is written
   */
  public JobMetrics run(SparkSession spark, TableInput in, TableOutput out, int partitions) {
    return JobFailure.inOneLine(
        () -> {
          JobMetrics metrics = JobMetrics.begin(spark, "vae-tf " + settings.operation().label());
          TableOutput.Place place = out.begin(spark);
          try {
            InputTable table = in.open(spark, settings.operation());
            requireLabels(table);
            PartitionWork work = work(table, in, metrics);
            Dataset<Tuple3<Row, float[], float[]>> results = results(table, work, partitions);
            place.write(results.select(columns(table, out)));
            metrics.requireAllWritten(place.rows(metrics.rowsOut()), metrics.rowsIn());
            place.commit();
            return metrics;
          } finally {
            place.close();
          }
        });
  }

  /** Where no place of the batches among all is known, and none is needed. */
  static PartitionWork work(
      InputTable table,
      DistributedModel model,
      RowSettings settings,
      Optional<ImageSettings> images,
      PartitionCounts counts) {
    return new PartitionWork(
        model, settings, table.source(), images.orElse(null), counts, new long[0][]);
  }

  private PartitionWork work(InputTable table, TableInput in, JobMetrics metrics) {
    Optional<ImageSettings> images =
        table.images() ? Optional.of(ImageSettings.of(in.read())) : Optional.empty();
    return work(table, model, settings, images, metrics.counts());
  }

  private Dataset<Tuple3<Row, float[], float[]>> results(
      InputTable table, PartitionWork work, int partitions) {
    Dataset<Tuple4<Row, float[], String, String>> rows = table.rows();
    int now = partitions > 0 ? rows.rdd().getNumPartitions() : 0;
    boolean more = partitions > now;
    if (partitions < now) {
      rows = rows.coalesce(partitions);
    }
    if (!more && settings.operation() != Operation.SCORE) {
      return mapped(rows, work, table);
    }
    int batchRows = batchRows();
    PartitionStarts starts = PartitionStarts.counted(rows);
    if (more) {
      PartitionStarts even = starts.evenly(partitions, batchRows);
      rows = starts.cut(rows, even);
      starts = even;
    }
    return mapped(rows, work.withStarts(starts.rowsAndBatches(batchRows)), table);
  }

  private int batchRows() {
    return settings.batchRows() > 0
        ? settings.batchRows()
        : TaskLease.call(model, vae -> vae.scaled().batchRows());
  }

  static Dataset<Tuple3<Row, float[], float[]>> mapped(
      Dataset<Tuple4<Row, float[], String, String>> rows, PartitionWork work, InputTable table) {
    return rows.mapPartitions(
        work,
        Encoders.tuple(Encoders.row(table.carriedSchema()), InputTable.FLOATS, InputTable.FLOATS));
  }

  private void requireLabels(InputTable table) {
    if (model.traits().conditional() && settings.label().isEmpty() && !table.labelled()) {
      throw new DataException(
          table.source(),
          "holds rows without labels; expected one for each, as this model is conditional; give"
              + " --label for all rows, or name the column with --label-column");
    }
  }

  private Column[] columns(InputTable table, TableOutput out) {
    List<Column> columns = new ArrayList<>();
    StructType kept = table.keptSchema();
    for (StructField field : kept.fields()) {
      if (out.format() != TableFormat.CSV || !isList(field)) {
        columns.add(kept(field));
      } else if (out.refusesLists()) {
        throw new DataException(
            table.source(),
            "column '"
                + field.name()
                + "' is a list, which a CSV file cannot keep; leave it out of --keep, or write"
                + " --format parquet");
      }
    }
    List<Column> results = new ArrayList<>();
    for (OutputColumn column : settings.operation().columns(model.traits())) {
      requireNew(table, column);
      results.addAll(
          out.format() == TableFormat.CSV ? column.asNumbers() : List.of(column.asOne()));
    }
    // As the commands on one machine have it: the label last.
    List<Column> ordered = new ArrayList<>(out.format() == TableFormat.CSV ? results : columns);
    ordered.addAll(out.format() == TableFormat.CSV ? columns : results);
    return ordered.toArray(Column[]::new);
  }

  private static boolean isList(StructField field) {
    return field.dataType() instanceof ArrayType || InputTable.isNumbers(field.dataType());
  }

  /** A column that went along, with what Spark knows of it. */
  static Column kept(StructField field) {
    return InputTable.quoted("_1").getField(field.name()).as(field.name(), field.metadata());
  }

  private static void requireNew(InputTable table, OutputColumn column) {
    if (table.kept().contains(column.name())) {
      throw new DataException(
          table.source(),
          "has a column '"
              + column.name()
              + "' already, which the result would have twice; leave it out with --keep");
    }
  }
}
