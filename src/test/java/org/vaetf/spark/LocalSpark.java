package org.vaetf.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Samples;
import org.vaetf.data.Scaling;
import org.vaetf.testing.TinyModel;

/** One session for all tests of a process, two tasks at a time, and small models for it. */
public final class LocalSpark {
  private static SparkSession session;
  private static Path folder;

  private LocalSpark() {}

  /** The session. */
  public static synchronized SparkSession session() {
    if (session == null) {
      Configurator.setRootLevel(Level.OFF);
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("tests")
              .config("spark.ui.enabled", false)
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", 2)
              .config("spark.sql.warehouse.dir", folder().resolve("warehouse").toString())
              .getOrCreate();
    }
    return session;
  }

  private static synchronized Path folder() {
    if (folder == null) {
      try {
        Path made = Files.createTempDirectory("vae-tf-spark-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> AtomicOutput.deleteTree(made)));
        folder = made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  /** A preset with random weights. */
  static TinyModel tiny(String preset) {
    return TinyModel.preset(preset);
  }

  /** That model, exported once. */
  static synchronized Path exported(String preset) {
    Path path = folder().resolve(preset);
    return Files.exists(path)
        ? path
        : tiny(preset).export(path, tiny(preset).weights(1), Scaling.none());
  }

  static DistributedModel model(String preset) {
    return DistributedModel.of(session(), exported(preset).toString());
  }

  /** Rows with numbers, a list and a label of each. */
  static Dataset<Row> table(Samples x, int classes) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType, false)
            .add("features", new ArrayType(DataTypes.FloatType, false), false);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < x.rows(); row++) {
      rows.add(RowFactory.create((long) row, row % classes, x.row(row)));
    }
    return session().createDataFrame(rows, schema);
  }

  /** The rows of a result in the order of its files, in which Spark need not read them. */
  static List<Row> inOrder(String place) {
    List<Row> rows = new ArrayList<>();
    String[] files = Path.of(place).toFile().list((folder, name) -> name.endsWith(".parquet"));
    for (String file : Arrays.stream(files).sorted().toList()) {
      rows.addAll(session().read().parquet(place + "/" + file).collectAsList());
    }
    return rows;
  }

  /** A list of a row. */
  static float[] floats(Row row, String column) {
    List<Object> list = row.getList(row.fieldIndex(column));
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Float) list.get(i);
    }
    return values;
  }
}
