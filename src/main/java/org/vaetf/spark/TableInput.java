package org.vaetf.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.Check;
import org.vaetf.base.DataException;
import org.vaetf.data.ImageFolder;
import org.vaetf.data.ReadOptions;

/**
 * Where the rows of a job come from.
 *
 * @param place any path that Hadoop knows
 * @param format how they lie there
 * @param column of numbers; empty for the usual one, or in a table of text all but the label and
 *     those that are kept
 * @param keep columns that go along to the result; empty for all that can
 * @param read the column of labels; a table's header; what images are brought to
 */
public record TableInput(
    String place,
    TableFormat format,
    String column,
    Optional<List<String>> keep,
    ReadOptions read) {
  static final String FEATURES = "features";
  static final String MEAN = "mean";
  static final String PATH = "path";
  static final String LABEL = "label";

  /** Images are listed by the driver and read by the tasks; so many make a partition worth it. */
  private static final int IMAGES_A_PARTITION = 64;

  /**
   * Checks that every part is there.
   *
   * @param place any path that Hadoop knows
   * @param format how they lie there
   * @param column of numbers; empty for the usual one, or in a table of text all but the label and
   *     those that are kept
   * @param keep columns that go along to the result; empty for all that can
   * @param read the column of labels; a table's header; what images are brought to
   */
  public TableInput {
    Check.present("in", place);
    Check.present("format", format);
    Check.present("column", column);
    Check.present("keep", keep);
    Check.present("read", read);
  }

  /**
   * All of a place, read as its ending says.
   *
   * @param place any path that Hadoop knows
   * @return the input
   */
  public static TableInput of(String place) {
    return new TableInput(
        place, TableFormat.of(place), "", Optional.empty(), ReadOptions.defaults());
  }

  /** Opens it for an operation. */
  InputTable open(SparkSession spark, Operation operation) {
    FileStatus status = existing(spark);
    return switch (format) {
      case PARQUET -> parquet(spark.read().parquet(place), operation);
      case CSV -> csv(spark);
      case IMAGES -> images(spark, status);
    };
  }

  private FileStatus existing(SparkSession spark) {
    try {
      Path path = new Path(place);
      FileSystem system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!system.exists(path)) {
        throw new DataException(place, "does not exist; check the path");
      }
      return system.getFileStatus(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(place, "cannot be read (" + e.getMessage() + "); check the path", e);
    }
  }

  private Optional<String> labelColumn() {
    return Optional.of(read.labelColumn()).filter(name -> !name.isEmpty());
  }

  private InputTable parquet(Dataset<Row> table, Operation operation) {
    String usual =
        operation.takesPoints() && Arrays.asList(table.columns()).contains(MEAN) ? MEAN : FEATURES;
    return InputTable.ofColumn(
        place,
        table,
        column.isEmpty() ? usual : column,
        labelColumn(),
        keep.orElseGet(() -> Arrays.asList(table.columns())));
  }

  private InputTable csv(SparkSession spark) {
    boolean header =
        switch (read.header()) {
          case PRESENT -> true;
          case ABSENT -> false;
          case AUTO -> firstLineIsHeader(spark);
        };
    Dataset<Row> table =
        spark
            .read()
            .option("header", header)
            .option("ignoreLeadingWhiteSpace", true)
            .option("ignoreTrailingWhiteSpace", true)
            .csv(place);
    Optional<String> label = labelColumn().map(name -> byNameOrNumber(table, name));
    List<String> kept = keep.orElseGet(() -> label.stream().toList());
    List<String> numbers = new ArrayList<>(Arrays.asList(table.columns()));
    numbers.removeAll(kept);
    label.ifPresent(numbers::remove);
    if (!column.isEmpty()) {
      numbers = List.of(column);
    }
    if (numbers.isEmpty()) {
      throw new DataException(place, "has no column of numbers besides those kept");
    }
    return InputTable.ofNumbers(place, table, numbers, label, kept);
  }

  /** As the commands on one machine decide: it is one if any field of it is not a number. */
  private boolean firstLineIsHeader(SparkSession spark) {
    Dataset<Row> lines = spark.read().csv(place);
    Row first = lines.first();
    return IntStream.range(0, first.length())
        .anyMatch(i -> first.isNullAt(i) || !isNumber(first.getString(i).strip()));
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  }

  private static String byNameOrNumber(Dataset<Row> table, String name) {
    List<String> columns = Arrays.asList(table.columns());
    boolean number =
        !columns.contains(name)
            && name.matches("[1-9]\\d{0,8}")
            && Integer.parseInt(name) <= columns.size();
    return number ? columns.get(Integer.parseInt(name) - 1) : name;
  }

  private InputTable images(SparkSession spark, FileStatus status) {
    ImageFolder<FileStatus> folder = ImageFolder.list(status, new Listing(spark));
    if (folder.files().isEmpty()) {
      throw new DataException(
          place, "holds no images; expected .png or .jpg files, or one sub-folder of them a class");
    }
    boolean labelled = folder.labels().isPresent();
    StructType schema = new StructType().add(PATH, DataTypes.StringType, false);
    if (labelled) {
      schema = schema.add(LABEL, DataTypes.StringType, false);
    }
    List<Row> rows = new ArrayList<>();
    for (FileStatus file : folder.files()) {
      String path = file.getPath().toString();
      rows.add(
          labelled
              ? RowFactory.create(path, file.getPath().getParent().getName())
              : RowFactory.create(path));
    }
    int partitions =
        Math.max(
            1,
            Math.min(
                4 * spark.sparkContext().defaultParallelism(), rows.size() / IMAGES_A_PARTITION));
    Dataset<Row> table =
        spark.createDataFrame(
            org.apache.spark.api.java.JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(rows, partitions),
            schema);
    return InputTable.ofImages(
        place,
        table,
        labelled ? Optional.of(LABEL) : Optional.empty(),
        keep.orElseGet(() -> Arrays.asList(table.columns())));
  }

  /** Folders as Hadoop has them. */
  private record Listing(SparkSession spark) implements ImageFolder.FileSystem<FileStatus> {
    @Override
    public List<FileStatus> entries(FileStatus folder) throws IOException {
      return Arrays.asList(
          folder
              .getPath()
              .getFileSystem(spark.sparkContext().hadoopConfiguration())
              .listStatus(folder.getPath()));
    }

    @Override
    public boolean isFolder(FileStatus entry) {
      return entry.isDirectory();
    }

    @Override
    public String name(FileStatus entry) {
      return entry.getPath().getName();
    }
  }
}
