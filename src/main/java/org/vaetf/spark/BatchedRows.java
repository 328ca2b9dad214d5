package org.vaetf.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.export.SavedModelVae;
import scala.Tuple3;
import scala.Tuple4;

/**
 * The rows of a partition with their results, a batch at a time as they are asked for: memory does
 * not grow with the partition.
 */
final class BatchedRows implements Iterator<Tuple3<Row, float[], float[]>> {
  private final PartitionWork work;
  private final Iterator<Tuple4<Row, float[], String, String>> in;
  private final int partition;
  private long batch;
  private long row;
  private long rowsOfPartition;
  private List<Row> kept = List.of();
  private List<Samples> results = List.of();
  private int at;

  BatchedRows(
      PartitionWork work, int partition, Iterator<Tuple4<Row, float[], String, String>> in) {
    this.work = work;
    this.in = in;
    this.partition = partition;
    this.batch = work.firstBatch(partition);
    this.row = work.firstRow(partition);
  }

  @Override
  public boolean hasNext() {
    return at < kept.size() || in.hasNext();
  }

  @Override
  public Tuple3<Row, float[], float[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (at == kept.size()) {
      TaskLease.call(
          work.model(),
          vae -> {
            compute(vae);
            return vae;
          });
    }
    int now = at++;
    float[] second = results.get(1).rows() == 0 ? new float[0] : results.get(1).row(now);
    return new Tuple3<>(kept.get(now), results.get(0).row(now), second);
  }

  private void compute(SavedModelVae vae) {
    RowSettings settings = work.settings();
    int most = settings.batchRows() > 0 ? settings.batchRows() : vae.scaled().batchRows();
    RowShape shape = settings.operation().takesPoints() ? RowShape.of(vae.latent()) : vae.shape();
    List<Row> rows = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    float[] values = new float[Math.multiplyExact(most, shape.size())];
    while (rows.size() < most && in.hasNext()) {
      Tuple4<Row, float[], String, String> next = in.next();
      float[] numbers = numbers(next, vae, shape);
      System.arraycopy(numbers, 0, values, rows.size() * shape.size(), shape.size());
      rows.add(next._1());
      labels.add(next._3());
      rowsOfPartition++;
    }
    Samples samples = new Samples(shape, Arrays.copyOf(values, rows.size() * shape.size()));
    Batch given = new Batch(samples, labels(vae, labels));
    long begin = System.nanoTime();
    results = settings.operation().apply(vae, given, settings, new Operation.Place(batch, row));
    long nanoseconds = System.nanoTime() - begin;
    kept = rows;
    at = 0;
    batch++;
    row += rows.size();
    work.counts()
        .add(new PartitionCounts.Counts(rows.size(), results.get(0).rows(), 1, nanoseconds));
  }

  private float[] numbers(
      Tuple4<Row, float[], String, String> next, SavedModelVae vae, RowShape shape) {
    if (work.images().isPresent()) {
      return work.images().get().fit(vae.shape()).read(next._4(), ImageFiles.bytes(next._4()));
    }
    float[] numbers = next._2();
    if (numbers == null) {
      throw fault("holds " + next._4() + "; expected numbers alone");
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw fault("holds " + number + "; expected finite numbers");
      }
    }
    boolean encoded =
        work.settings().operation().takesPoints() && numbers.length == 2 * vae.latent();
    if (numbers.length != shape.size() && !encoded) {
      throw fault(
          "holds "
              + numbers.length
              + " numbers; expected "
              + shape.size()
              + (work.settings().operation().takesPoints()
                  ? ", the latent dimensions of the model, or twice as many as encode writes them"
                  : ", as the model was fitted to rows of shape " + shape));
    }
    return numbers;
  }

  private Optional<int[]> labels(SavedModelVae vae, List<String> own) {
    if (!vae.isConditional()) {
      return Optional.empty();
    }
    String one = work.settings().label();
    int[] labels = new int[own.size()];
    for (int i = 0; i < labels.length; i++) {
      String text = one.isEmpty() ? own.get(i) : one;
      try {
        labels[i] = vae.classes().label(String.valueOf(text));
      } catch (ConfigException e) {
        throw fault("has the label " + e.got() + "; expected " + e.expected());
      }
    }
    return Optional.of(labels);
  }

  private DataException fault(String what) {
    return new DataException(
        work.source(), "row " + rowsOfPartition + " of partition " + partition + " " + what);
  }
}
