package org.vaetf.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.vaetf.base.RowShape;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.RowCollector;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.train.RunConfig;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What each of the tasks that train together is told.
 *
 * @param config JSON
 * @param place of the run
 * @param source of the rows, for messages
 * @param shape of a row, its sizes
 * @param labelled whether rows come with labels
 * @param classes names of the labels; empty where they are numbers
 * @param imageSettings how the rows are read from files; null where they are numbers
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
    ImageSettings imageSettings,
    boolean tested,
    String secret)
    implements Serializable {
  /** Trains; gives the outcome as JSON, or why the library refuses it. */
  Agreement.Part run(scala.collection.Iterator<Tuple2<Long, ShardRow>> rows) {
    ExecutorTensorFlow.start();
    BarrierTaskContext context = BarrierTaskContext.get();
    Agreement agreement = new Agreement(context);
    try (TrainingWork work = new TrainingWork(this, context)) {
      List<String> addresses = agreement.all(() -> work.open(CollectionConverters.asJava(rows)));
      return Agreement.Part.done(agreement.all(() -> work.train(addresses)).get(0));
    } catch (Agreement.Refused e) {
      return Agreement.Part.refused(e.getMessage());
    }
  }

  /** The configuration, with the device and the threads that Spark gives a task. */
  RunConfig onThisMachine(BarrierTaskContext context) {
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

  /** What to learn from and what to test on. */
  DataSplit data(Iterator<Tuple2<Long, ShardRow>> rows, RunConfig run) {
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
        source,
        new ShardReader(
            source,
            new RowShape(shape),
            labelled,
            classes,
            Optional.ofNullable(imageSettings),
            rows));
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
