package org.vaetf.spark;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.VaeException;

/**
 * Where the rows of a job go: a folder of files, which appears whole or not at all. It is written
 * beside its place and renamed; what lies there stays until then.
 *
 * @param place any path that Hadoop knows
 * @param format how rows lie there, not IMAGES
 * @param overwrite whether it may take the place of what is there
 * @param refusesLists whether a list that a format cannot hold is an error; else it is left out
 */
public record TableOutput(
    String place, TableFormat format, boolean overwrite, boolean refusesLists) {

  /**
   * Checks that every part is there.
   *
   * @param place any path that Hadoop knows
   * @param format how rows lie there, not IMAGES
   * @param overwrite whether it may take the place of what is there
   * @param refusesLists whether a list that a format cannot hold is an error; else it is left out
   * @throws ConfigException if one is missing, or the format cannot be written
   */
  public TableOutput {
    Check.present("out", place);
    Check.present("format", format);
    if (format == TableFormat.IMAGES) {
      throw new ConfigException("format", format.label(), "parquet or csv");
    }
  }

  /**
   * A new place, written as its ending says.
   *
   * @param place any path that Hadoop knows
   * @return the output
   */
  public static TableOutput of(String place) {
    return new TableOutput(place, TableFormat.of(place), false, false);
  }

  /** Begins to write; refuses before any work what could not be written after it. */
  Place begin(SparkSession spark) {
    try {
      return new Place(spark);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private VaeException unwritable(IOException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new VaeException(
        place + ": cannot be written (" + why + "); make room there or choose another place", e);
  }

  /** A result on its way to its place. */
  final class Place implements AutoCloseable {
    private final SparkSession spark;
    private final FileSystem system;
    private final Path target;
    private final Path beside;
    private final Path old;

    private Place(SparkSession spark) throws IOException {
      this.spark = spark;
      Path path = new Path(place);
      this.system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      this.target = system.makeQualified(path);
      if (!overwrite && system.exists(target)) {
        throw new VaeException(
            place + ": is there already; name another place, or give --overwrite to replace it");
      }
      String name = ".vae-tf-" + UUID.randomUUID();
      this.beside = new Path(target.getParent(), name);
      this.old = new Path(target.getParent(), name + ".old");
      // A place that takes nothing is known now, not after hours of work.
      if (!system.mkdirs(beside)) {
        throw new IOException("no folder can be made in " + target.getParent());
      }
    }

    /** Writes rows; the driver waits until all are written. */
    void write(Dataset<Row> rows) {
      var writer = rows.write().mode("overwrite");
      if (format == TableFormat.CSV) {
        writer.option("header", true).csv(beside.toString());
      } else {
        writer.parquet(beside.toString());
      }
    }

    /**
     * How many rows were written.
     *
     * @param otherwise where the files do not tell it without being read
     */
    long rows(long otherwise) {
      return format == TableFormat.PARQUET
          ? spark.read().parquet(beside.toString()).count()
          : otherwise;
    }

    /** Puts what was written in its place. */
    void commit() {
      try {
        boolean replaces = system.exists(target);
        if (replaces && !overwrite) {
          throw new IOException("something was put there meanwhile");
        }
        if (replaces && !system.rename(target, old)) {
          throw new IOException("what is there cannot be moved");
        }
        if (!system.rename(beside, target)) {
          if (replaces) {
            system.rename(old, target);
          }
          throw new IOException("the result cannot be moved there");
        }
        if (replaces) {
          system.delete(old, true);
        }
      } catch (IOException e) {
        throw unwritable(e);
      }
    }

    /** Leaves nothing beside the place. */
    @Override
    public void close() {
      try {
        system.delete(beside, true);
      } catch (IOException e) {
        // A hidden folder is left, which no reader of the place sees.
      }
    }
  }
}
