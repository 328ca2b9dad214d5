package org.vaetf.train;

import java.util.stream.IntStream;
import org.vaetf.nn.BatchShare;

/**
 * How the rows of each step are shared among processes that hold rows of their own: of a batch of b
 * rows, process r of n takes the next {@code ⌊(r+1)·b/n⌋ − ⌊r·b/n⌋} of its own, as long as it has
 * any.
 *
 * @param rank of this process
 * @param batch rows a step, of all processes together
 * @param rows that each process holds
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over by the one who counts.
record Shares(int rank, int batch, int[] rows) {

  /** How many of a step's rows a process takes. */
  int batchOf(int process) {
    long processes = rows.length;
    return (int) ((process + 1) * (long) batch / processes - process * (long) batch / processes);
  }

  /** Steps of an epoch: until no process has rows left. */
  int steps() {
    return processes().map(r -> (rows[r] + batchOf(r) - 1) / batchOf(r)).max().orElseThrow();
  }

  /** Rows of all processes together. */
  long total() {
    return processes().mapToLong(r -> rows[r]).sum();
  }

  /** The rows that a process takes of a batch; 0 where it has no more. */
  int taken(int process, int number) {
    long left = rows[process] - (long) number * batchOf(process);
    return (int) Math.max(0, Math.min(batchOf(process), left));
  }

  /** The rows of a batch. */
  int rowsOf(int number) {
    return processes().map(r -> taken(r, number)).sum();
  }

  /**
   * This process's part of a batch.
   *
   * @param number of the batch, from 0
   * @return the part, which must not be empty
   */
  BatchShare of(int number) {
    int before = IntStream.range(0, rank).map(r -> taken(r, number)).sum();
    return new BatchShare(before, taken(rank, number), rowsOf(number));
  }

  private IntStream processes() {
    return IntStream.range(0, rows.length);
  }
}
