package org.vaetf.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.Check;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ClassOrder;
import org.vaetf.export.SavedModelVae;
import scala.Tuple2;

/**
 * New rows of a model, any number of them: those that {@code sample} makes on one machine, the same
 * for a seed however many tasks make them. Points are drawn in blocks that have numbers of their
 * own, and decoded in batches; a task makes some batches that follow each other.
 *
 * @param model what rows are of
 * @param count how many, at least 1
 * @param seed the same gives the same rows
 * @param label of all rows, a number; -1 for as many of each class
 * @serial exclude
 */
@SuppressWarnings(
    "InvalidBlockTag") // Javadoc has @serial exclude for classes; Error Prone has not.
public record SampleJob(DistributedModel model, long count, long seed, int label)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the numbers.
   *
   * @param model what rows are of
   * @param count how many, at least 1
   * @param seed the same gives the same rows
   * @param label of all rows, a number; -1 for as many of each class
   * @throws org.vaetf.base.ConfigException if the count is below 1
   */
  public SampleJob {
    Check.present("model", model);
    Check.atLeast("count", count, 1L);
  }

  /**
   * Makes them.
   *
   * @param spark the session
   * @param out where they go: a column {@code x}, and {@code label} of a conditional model
   * @param partitions how many tasks make them; 0 for some to each core
   * @return what was done; no rows come in, so those are counted as they are asked for
   * @throws org.vaetf.base.VaeException if it fails; then nothing is written
   */
  public JobMetrics run(SparkSession spark, TableOutput out, int partitions) {
    return JobFailure.inOneLine(
        () -> {
          JobMetrics metrics = JobMetrics.begin(spark, "vae-tf sample");
          TableOutput.Place place = out.begin(spark);
          try {
            Dataset<Tuple2<Integer, float[]>> rows = rows(spark, metrics, partitions);
            place.write(rows.select(columns(out.format())));
            metrics.requireAllWritten(place.rows(metrics.rowsOut()), count);
            place.commit();
            return metrics;
          } finally {
            place.close();
          }
        });
  }

  private Column[] columns(TableFormat format) {
    OutputColumn x = OutputColumn.list("x", false, model.traits().rowSize(), "x");
    List<Column> columns =
        new ArrayList<>(format == TableFormat.CSV ? x.asNumbers() : List.of(x.asOne()));
    if (model.traits().conditional()) {
      columns.add(InputTable.quoted("_1").as(TableInput.LABEL));
    }
    return columns.toArray(Column[]::new);
  }

  private Dataset<Tuple2<Integer, float[]>> rows(
      SparkSession spark, JobMetrics metrics, int partitions) {
    int batchRows = TaskLease.call(model, vae -> vae.scaled().batchRows());
    long batches = Batches.before(count, batchRows);
    long usual = Math.min(batches, 4L * spark.sparkContext().defaultParallelism());
    long tasks = partitions > 0 ? partitions : usual;
    PartitionCounts counts = metrics.counts();
    return spark
        .range(0, tasks, 1, (int) tasks)
        .mapPartitions(
            (MapPartitionsFunction<Long, Tuple2<Integer, float[]>>)
                numbers -> {
                  List<Iterator<Tuple2<Integer, float[]>>> parts = new ArrayList<>();
                  while (numbers.hasNext()) {
                    long task = numbers.next();
                    parts.add(
                        new Rows(
                            this,
                            counts,
                            new Batches(
                                share(batches, task, tasks),
                                share(batches, task + 1, tasks),
                                batchRows)));
                  }
                  return parts.isEmpty()
                      ? List.<Tuple2<Integer, float[]>>of().iterator()
                      : parts.get(0);
                },
            Encoders.tuple(Encoders.INT(), InputTable.FLOATS));
  }

  private static long share(long batches, long task, long tasks) {
    return batches / tasks * task + batches % tasks * task / tasks;
  }

  /** The batches that one machine would make, by number: a block's last one may be short. */
  record Batches(long from, long to, int batchRows) {
    static long aBlock(int batchRows) {
      return (SavedModelVae.POINTS_A_PART + batchRows - 1L) / batchRows;
    }

    /** How many there are of so many rows. */
    static long before(long rows, int batchRows) {
      long blocks = rows / SavedModelVae.POINTS_A_PART;
      long rest = rows % SavedModelVae.POINTS_A_PART;
      return blocks * aBlock(batchRows) + (rest + batchRows - 1) / batchRows;
    }
  }

  /** The rows of a task. */
  private static final class Rows implements Iterator<Tuple2<Integer, float[]>> {
    private final SampleJob job;
    private final PartitionCounts counts;
    private final Batches batches;
    private long batch;
    private long block = -1;
    private Samples points;
    private Samples x;
    private int[] labels = {};
    private int at;

    Rows(SampleJob job, PartitionCounts counts, Batches batches) {
      this.job = job;
      this.counts = counts;
      this.batches = batches;
      this.batch = batches.from();
    }

    @Override
    public boolean hasNext() {
      return (x != null && at < x.rows()) || batch < batches.to();
    }

    @Override
    public Tuple2<Integer, float[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (x == null || at == x.rows()) {
        x =
            TaskLease.call(
                job.model(),
                vae -> {
                  long begin = System.nanoTime();
                  Samples made = make(vae);
                  counts.add(
                      new PartitionCounts.Counts(
                          made.rows(), made.rows(), 1, System.nanoTime() - begin));
                  return made;
                });
        at = 0;
        batch++;
      }
      int now = at++;
      return new Tuple2<>(labels.length == 0 ? 0 : labels[now], x.row(now));
    }

    private Samples make(SavedModelVae vae) {
      long aBlock = Batches.aBlock(batches.batchRows());
      long number = batch / aBlock;
      long first = number * SavedModelVae.POINTS_A_PART;
      if (number != block) {
        int size = (int) Math.min(SavedModelVae.POINTS_A_PART, job.count() - first);
        points = vae.points(size, job.seed(), number);
        block = number;
      }
      int from = (int) (batch % aBlock) * batches.batchRows();
      int to = Math.min(points.rows(), from + batches.batchRows());
      Optional<int[]> given = labels(vae, first + from, first + to);
      labels = given.orElse(new int[0]);
      return vae.decode(new Batch(points.slice(from, to), given));
    }

    private Optional<int[]> labels(SavedModelVae vae, long from, long to) {
      if (!vae.isConditional()) {
        return Optional.empty();
      }
      if (job.label() >= 0) {
        int[] same = new int[(int) (to - from)];
        java.util.Arrays.fill(same, job.label());
        return Optional.of(same);
      }
      return Optional.of(new ClassOrder(vae.classes().count(), job.count()).labels(from, to));
    }
  }
}
