package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.spark.TrainingJobTest.checkpoints;
import static org.vaetf.spark.TrainingJobTest.config;
import static org.vaetf.spark.TrainingJobTest.metrics;
import static org.vaetf.spark.TrainingJobTest.refused;
import static org.vaetf.spark.TrainingJobTest.rows;
import static org.vaetf.spark.TrainingJobTest.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Samples;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.TinyModel;
import org.vaetf.train.Parallel;
import org.vaetf.train.RunConfig;

/** Runs, models and tables on a file system that is not this machine's: HDFS, its servers here. */
@Tag("slow")
class HdfsTest {
  private static final Parallel TWO = new Parallel(2, 1);

  @TempDir static Path servers;
  private static MiniDFSCluster cluster;
  private static FileSystem files;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    // A session begins with quiet logs.
    LocalSpark.session();
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, servers.toString());
    cluster = new MiniDFSCluster.Builder(configuration).build();
    files = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String place(String name) {
    return files.getUri() + "/" + name;
  }

  private static void train(RunConfig config, String place, RunPlace.Start start) {
    TrainingJob.of(config)
        .run(
            table("vae", 2),
            "features",
            Optional.empty(),
            Optional.of(TinyModel.preset("vae").shape()),
            new RunPlace(place, start));
  }

  private Path fetched(String place) throws IOException {
    Path copy = folder.resolve("fetched");
    AtomicOutput.deleteTree(copy);
    files.copyToLocalFile(
        false,
        new org.apache.hadoop.fs.Path(place),
        new org.apache.hadoop.fs.Path(copy.toUri()),
        true);
    return copy;
  }

  @Test
  void aRunIsThatOfALocalFolderAndGoesOn() throws IOException {
    Path here = folder.resolve("here");
    train(config("vae", TWO, 4), here.toString(), RunPlace.Start.NEW);
    String there = place("runs/cut");
    train(config("vae", TWO, 2), there, RunPlace.Start.NEW);
    train(config("vae", TWO, 4), there, RunPlace.Start.RESUME);
    Path copy = fetched(there);
    assertEquals(checkpoints(here), checkpoints(copy));
    assertEquals(metrics(here), metrics(copy));
    List<String> left =
        Arrays.stream(files.listStatus(new org.apache.hadoop.fs.Path(there)))
            .map(FileStatus::getPath)
            .map(org.apache.hadoop.fs.Path::getName)
            .sorted()
            .toList();
    assertEquals(List.of("checkpoints", "config.json", "metrics.csv", "saved_model"), left);
    refused("exists already", () -> train(config("vae", TWO, 2), there, RunPlace.Start.NEW));
    refused(
        "holds no run",
        () -> train(config("vae", TWO, 2), place("runs/none"), RunPlace.Start.RESUME));
    train(config("vae", TWO, 1), there, RunPlace.Start.OVERWRITE);
    assertEquals(2, metrics(fetched(there)).size());
  }

  @Test
  void aModelOfARunThereEncodesATableThere() throws IOException {
    String run = place("runs/model");
    train(config("vae", TWO, 1), run, RunPlace.Start.NEW);
    String in = place("in.parquet");
    String out = place("out.parquet");
    table("vae", 1).coalesce(1).write().parquet(in);
    JobMetrics metrics =
        new RowsJob(
                DistributedModel.of(LocalSpark.session(), run), RowSettings.of(Operation.ENCODE))
            .run(LocalSpark.session(), TableInput.of(in), TableOutput.of(out), 0);
    Samples x = rows("vae");
    assertEquals(x.rows(), metrics.rowsOut());
    List<Row> rows = LocalSpark.session().read().parquet(out).orderBy("id").collectAsList();
    try (SavedModelVae vae = SavedModelVae.load(fetched(run))) {
      Encoding encoding = vae.encode(x);
      for (int row = 0; row < x.rows(); row++) {
        assertArrayEquals(encoding.mean().row(row), LocalSpark.floats(rows.get(row), "mean"));
      }
    }
    assertTrue(files.exists(new org.apache.hadoop.fs.Path(out, "_SUCCESS")));
  }
}
