package org.vaetf.cli;

import java.util.Optional;
import java.util.function.Function;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.RowReader;
import org.vaetf.data.RowWriter;

/**
 * Rows through a model to an output, a batch at a time.
 *
 * @param console shows how it comes along
 * @param task what is being done
 * @param batchRows rows a batch
 * @param most rows to work on; later ones are left
 */
record RowJob(Console console, String task, int batchRows, long most) {

  /**
   * Does it.
   *
   * @param in where rows come from
   * @param work what becomes of a batch
   * @param output opened for the first result, which tells whether there are labels
   */
  void run(RowReader in, Function<Batch, Batch> work, Function<Batch, RowWriter> output) {
    long total = in.rows() < 0 ? -1 : Math.min(in.rows(), most);
    try (Meter meter = console.meter(task, "rows", total)) {
      Batch first =
          next(in, most)
              .map(work)
              .orElseThrow(
                  () -> new VaeException("the input holds no rows; expected at least one"));
      try (RowWriter out = output.apply(first)) {
        long done = 0;
        for (Optional<Batch> result = Optional.of(first);
            result.isPresent();
            result = next(in, most - done).map(work)) {
          out.write(result.get());
          int rows = result.get().samples().rows();
          done += rows;
          meter.advance(rows);
        }
        out.commit();
      }
    }
  }

  private Optional<Batch> next(RowReader in, long left) {
    return left == 0 ? Optional.empty() : in.next((int) Math.min(batchRows, left));
  }
}
