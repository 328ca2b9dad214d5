package org.vaetf.spark;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Seed;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.RowCollector;
import org.vaetf.group.Patience;
import org.vaetf.group.Ring;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingListener;
import org.vaetf.train.TrainingResult;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The work of one of the tasks that train together. Its run folder lies on its machine as long as
 * it works; that of the first task is mirrored to where the run is to lie, and all tasks begin with
 * what is there.
 *
 * @param config JSON
 * @param place of the run
 * @param source of the rows, for messages
 * @param shape of a row, its sizes
 * @param labelled whether rows come with labels
 * @param classes names of the labels; empty where they are numbers
 * @param tested whether test rows come beside those to learn from
 * @param secret that the tasks know one another by
 */
record TrainingTask(
    String config,
    String place,
    String source,
    List<Integer> shape,
    boolean labelled,
    List<String> classes,
    boolean tested,
    String secret)
    implements Serializable {
  /** A worker may write a checkpoint, or wait for a disk, while the others wait for it. */
  private static final Duration MOST_SILENCE = Duration.ofMinutes(30);

  /** Trains; gives the outcome as JSON. */
  String run(scala.collection.Iterator<Tuple2<Long, ShardRow>> rows) {
    ExecutorTensorFlow.start();
    BarrierTaskContext context = BarrierTaskContext.get();
    RunConfig run = onThisMachine(context);
    try (DataSplit data = data(CollectionConverters.asJava(rows), run)) {
      return TemporaryFolder.with(folder -> train(context, run, data, folder.resolve("run")));
    }
  }

  private RunConfig onThisMachine(BarrierTaskContext context) {
    RunConfig run = RunConfig.read(Path.of("config.json"), config);
    Compute compute = run.training().compute();
    Device device = device(context, compute.device());
    return run.withTraining(
        run.training().withCompute(new Compute(device, Math.max(1, context.cpus()))));
  }

  /** The GPU that Spark has set aside for the task, where it has. */
  private static Device device(BarrierTaskContext context, Device wanted) {
    return wanted.kind() != Device.Kind.CPU && context.resources().contains("gpu")
        ? Device.of("gpu:" + context.resources().apply("gpu").addresses()[0])
        : wanted;
  }

  private DataSplit data(Iterator<Tuple2<Long, ShardRow>> rows, RunConfig run) {
    Parts parts = new Parts(rows);
    DataSet test = collected(parts.test());
    DataSet train = collected(parts.train());
    if (tested) {
      return new DataSplit(train, test);
    }
    test.close();
    return DataSplit.random(
        train, run.data().rows().testFraction(), new Seed(run.training().seed()));
  }

  private DataSet collected(Iterator<ShardRow> rows) {
    return RowCollector.collect(
        source, new ShardReader(source, new RowShape(shape), labelled, classes, rows));
  }

  private String train(BarrierTaskContext context, RunConfig run, DataSplit data, Path folder) {
    int rank = context.partitionId();
    RunMirror mirror = RunMirror.at(place, hadoop());
    try (ServerSocket server = new ServerSocket(0, 2, address())) {
      List<InetSocketAddress> all = addresses(context, server);
      if (all.size() == 1) {
        return train(Trainer.of(run), rank, data, folder, mirror);
      }
      Patience patience = new Patience(MOST_SILENCE, context::isInterrupted);
      try (Ring ring = Ring.connect(rank, all, server, secret, patience)) {
        return train(Trainer.of(run).in(ring), rank, data, folder, mirror);
      }
    } catch (IOException e) {
      throw new VaeException("no port can be listened on (" + e.getMessage() + ")", e);
    }
  }

  private String train(Trainer trainer, int rank, DataSplit data, Path folder, RunMirror mirror) {
    mirror.fetch(folder);
    if (rank == 0) {
      trainer.listen(new Mirroring(mirror));
    }
    boolean begun = Files.exists(new RunFolder(folder).checkpoints());
    TrainingResult result = begun ? trainer.resume(folder, data) : trainer.run(folder, true, data);
    if (rank == 0) {
      mirror.finish(new RunFolder(folder));
    }
    return Json.write(TrainingOutcome.of(result, place));
  }

  private static InetAddress address() throws IOException {
    return InetAddress.getByName(SparkEnv.get().blockManager().blockManagerId().host());
  }

  private static List<InetSocketAddress> addresses(
      BarrierTaskContext context, ServerSocket server) {
    String own = server.getInetAddress().getHostAddress() + " " + server.getLocalPort();
    return Arrays.stream(context.allGather(own))
        .map(text -> text.split(" ", -1))
        .map(parts -> new InetSocketAddress(parts[0], Integer.parseInt(parts[1])))
        .toList();
  }

  private static Configuration hadoop() {
    return SparkHadoopUtil.get().conf();
  }

  /** Sends each checkpoint on its way. */
  private record Mirroring(RunMirror mirror) implements TrainingListener {
    @Override
    public void onCheckpoint(RunFolder run) {
      mirror.send(run);
    }
  }

  /** The rows of a partition: first those to test on, then those to learn from. */
  private static final class Parts {
    private final Iterator<Tuple2<Long, ShardRow>> rows;
    private Tuple2<Long, ShardRow> next;

    Parts(Iterator<Tuple2<Long, ShardRow>> rows) {
      this.rows = rows;
      advance();
    }

    private void advance() {
      next = rows.hasNext() ? rows.next() : null;
    }

    Iterator<ShardRow> test() {
      return rows(true);
    }

    Iterator<ShardRow> train() {
      return rows(false);
    }

    private Iterator<ShardRow> rows(boolean test) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return next != null && Shards.isTestRow(next._1()) == test;
        }

        @Override
        public ShardRow next() {
          ShardRow row = next._2();
          advance();
          return row;
        }
      };
    }
  }
}
