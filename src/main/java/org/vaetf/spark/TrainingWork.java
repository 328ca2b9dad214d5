package org.vaetf.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSplit;
import org.vaetf.group.Patience;
import org.vaetf.group.Ring;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingListener;
import org.vaetf.train.TrainingResult;
import scala.Tuple2;

/**
 * One task's part of a training, on its machine: its rows, and a place where the process before it
 * in the ring finds it. The run folder lies there as long as it works; that of the first task is
 * mirrored to where the run is to lie, and all tasks begin with what is there. Close it.
 */
final class TrainingWork implements AutoCloseable {
  /** A worker may write a checkpoint, or wait for a disk, while the others wait for it. */
  private static final Duration MOST_SILENCE = Duration.ofMinutes(30);

  private final TrainingTask task;
  private final BarrierTaskContext context;
  private RunConfig run;
  private DataSplit data;
  private ServerSocket server;

  TrainingWork(TrainingTask task, BarrierTaskContext context) {
    this.task = task;
    this.context = context;
  }

  /** Reads its rows, and says where it listens. */
  String open(Iterator<Tuple2<Long, ShardRow>> rows) {
    run = task.onThisMachine(context);
    data = task.data(rows, run);
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try {
      server = new ServerSocket(0, 2, InetAddress.getByName(host));
    } catch (IOException e) {
      throw new VaeException(host + ": no port can be listened on (" + e.getMessage() + ")", e);
    }
    return server.getInetAddress().getHostAddress() + " " + server.getLocalPort();
  }

  /**
   * Trains; gives the outcome as JSON.
   *
   * @param addresses of all tasks, in their order
   */
  String train(List<String> addresses) {
    return TemporaryFolder.with(
        temporary -> {
          RunFolder folder = new RunFolder(temporary.resolve("run"));
          if (addresses.size() == 1) {
            return train(Trainer.of(run), folder);
          }
          List<InetSocketAddress> all =
              addresses.stream().map(TrainingWork::socketAddress).toList();
          Patience patience = new Patience(MOST_SILENCE, context::isInterrupted);
          try (Ring ring =
              Ring.connect(context.partitionId(), all, server, task.secret(), patience)) {
            return train(Trainer.of(run).in(ring), folder);
          }
        });
  }

  private static InetSocketAddress socketAddress(String text) {
    String[] parts = text.split(" ", -1);
    return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
  }

  private String train(Trainer trainer, RunFolder folder) {
    RunMirror mirror = RunMirror.at(task.place(), SparkHadoopUtil.get().conf());
    mirror.fetch(folder.path());
    boolean first = context.partitionId() == 0;
    if (first) {
      trainer.listen(new Mirroring(mirror, folder));
    }
    TrainingResult result =
        Files.exists(folder.checkpoints())
            ? trainer.resume(folder.path(), data)
            : trainer.run(folder.path(), true, data);
    if (first) {
      mirror.finish(folder);
    }
    return Json.write(TrainingOutcome.of(result, task.place()));
  }

  @Override
  public void close() {
    if (data != null) {
      data.close();
    }
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        // Nobody is waited for any more.
      }
    }
  }

  /** Sends each epoch's metrics and each checkpoint on their way. */
  private record Mirroring(RunMirror mirror, RunFolder own) implements TrainingListener {
    @Override
    public void onEpoch(EpochReport report) {
      mirror.sendMetrics(own);
    }

    @Override
    public void onCheckpoint(RunFolder run) {
      mirror.send(run);
    }
  }
}
