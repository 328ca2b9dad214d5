package org.vaetf.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;

/**
 * The minibatches that training and evaluation go through: rows in an order, scaled, then
 * binarized. The last batch of an epoch is as short as it comes out. Each batch depends on the
 * seed, the epoch and its number alone, so that any one can be made at any time by any thread.
 */
public final class Batches {
  private final DataSet data;
  private final Optional<int[]> labels;
  private final int batchSize;
  private final RowPreparation preparation;
  private final Seed shuffleSeed;

  /**
   * Batches of a data set.
   *
   * @param data stays the caller's to close
   * @param batchSize rows a batch, at least 1
   * @param scaling applied first
   * @param binarization applied second
   * @param seed of the order and the draws
   * @throws ConfigException if the batch size is below 1, or the scaling is not for such rows
   */
  public Batches(
      DataSet data, int batchSize, Scaling scaling, Binarization binarization, Seed seed) {
    this.data = data;
    this.labels = data.labels();
    this.batchSize = Check.atLeast("batch", batchSize, 1);
    this.preparation = new RowPreparation(scaling.requireShape(data.shape()), binarization, seed);
    this.shuffleSeed = seed.named("shuffle");
  }

  /**
   * How many batches an epoch has.
   *
   * @return rows divided by the batch size, rounded up
   */
  public int count() {
    return (int) (((long) data.rows() + batchSize - 1) / batchSize);
  }

  /**
   * All rows once, in an order of the epoch's own (Fisher and Yates).
   *
   * @param epoch its number, from 0
   * @return the epoch
   * @throws ConfigException if there are fewer rows than one batch takes
   */
  public Epoch shuffled(int epoch) {
    Check.atLeast("epoch", epoch, 0);
    if (batchSize > data.rows()) {
      throw new ConfigException(
          "batch", batchSize, "at most " + data.rows() + ", the number of rows to train on");
    }
    int[] order = IntStream.range(0, data.rows()).toArray();
    SplittableRandom random = shuffleSeed.random(epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    return new Epoch(epoch, Optional.of(order));
  }

  /**
   * All rows once, as they lie, with draws that are the same every time.
   *
   * @return the epoch
   */
  public Epoch inOrder() {
    return new Epoch(RowPreparation.EVALUATION, Optional.empty());
  }

  /**
   * Whether a batch may be had as it is stored, see {@link Epoch#stored}: the rows are bytes, and
   * nothing is drawn from them.
   *
   * @return false if batches are real numbers
   */
  public boolean areStoredBytes() {
    return data.encoding() == DataSet.Encoding.BYTES
        && preparation.binarization() == Binarization.NONE;
  }

  /** All rows once. */
  public final class Epoch implements Iterable<Batch> {
    private final int number;
    private final Optional<int[]> order;

    private Epoch(int number, Optional<int[]> order) {
      this.number = number;
      this.order = order;
    }

    /**
     * How many batches there are.
     *
     * @return as {@link Batches#count}
     */
    public int count() {
      return Batches.this.count();
    }

    /**
     * Which rows a batch holds.
     *
     * @param batch its number, from 0
     * @return their numbers in the data set
     * @throws IndexOutOfBoundsException if there is no such batch
     */
    public int[] rows(int batch) {
      Objects.checkIndex(batch, count());
      int from = batch * batchSize;
      int to = (int) Math.min(data.rows(), (long) from + batchSize);
      return order
          .map(rows -> Arrays.copyOfRange(rows, from, to))
          .orElseGet(() -> IntStream.range(from, to).toArray());
    }

    /**
     * Makes a batch.
     *
     * @param batch its number, from 0
     * @return the rows and their labels, in arrays of their own
     * @throws IndexOutOfBoundsException if there is no such batch
     */
    public Batch get(int batch) {
      int[] rows = rows(batch);
      float[] values = new float[Math.multiplyExact(rows.length, data.shape().size())];
      fill(rows, values);
      return new Batch(new Samples(data.shape(), values), labelsOf(rows));
    }

    /**
     * The labels of a batch.
     *
     * @param batch its number, from 0
     * @return {@code [rows]}, in an array of their own; empty where the data have no labels
     * @throws IndexOutOfBoundsException if there is no such batch
     */
    public Optional<int[]> labels(int batch) {
      return labelsOf(rows(batch));
    }

    private Optional<int[]> labelsOf(int[] rows) {
      return labels.map(all -> Arrays.stream(rows).map(row -> all[row]).toArray());
    }

    /**
     * Makes a batch in an array that is used again and again.
     *
     * @param batch its number, from 0
     * @param into receives the values, {@code [rows * shape.size()]}
     * @return the number of rows: the batch size, or fewer in the last batch
     * @throws IndexOutOfBoundsException if there is no such batch, or no room
     */
    public int get(int batch, float[] into) {
      int[] rows = rows(batch);
      fill(rows, into);
      return rows.length;
    }

    /**
     * Makes a batch of bytes, not scaled.
     *
     * @param batch its number, from 0
     * @return the rows as they are stored
     * @throws IllegalStateException unless {@link Batches#areStoredBytes}
     * @throws IndexOutOfBoundsException if there is no such batch
     */
    public ByteSamples stored(int batch) {
      if (!areStoredBytes()) {
        throw new IllegalStateException("these batches are not as they are stored");
      }
      int[] rows = rows(batch);
      int size = data.shape().size();
      byte[] values = new byte[Math.multiplyExact(rows.length, size)];
      for (int i = 0; i < rows.length; i++) {
        data.readBytes(rows[i], values, i * size);
      }
      return new ByteSamples(data.shape(), values);
    }

    private void fill(int[] rows, float[] values) {
      int size = data.shape().size();
      for (int i = 0; i < rows.length; i++) {
        int at = i * size;
        data.read(rows[i], values, at);
        preparation.apply(values, at, at + size, number, rows[i]);
      }
    }

    /**
     * The batches from one on, as after a resumed checkpoint.
     *
     * @param first the number of the first
     * @return the batches, each made when it is asked for
     * @throws IndexOutOfBoundsException if it is beyond the end
     */
    public Iterable<Batch> from(int first) {
      Objects.checkIndex(first, count() + 1);
      return () -> IntStream.range(first, count()).mapToObj(this::get).iterator();
    }

    @Override
    public Iterator<Batch> iterator() {
      return from(0).iterator();
    }
  }
}
