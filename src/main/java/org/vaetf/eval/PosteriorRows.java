package org.vaetf.eval;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.vaetf.base.DataException;
import org.vaetf.data.Batch;
import org.vaetf.data.Batches;
import org.vaetf.data.DataSet;
import org.vaetf.export.Encoding;
import org.vaetf.export.ScaledVae;

/**
 * The posteriors of a data set's rows, one after the other. Memory does not grow with the number of
 * rows: some batches of {@link ScaledVae#batchRows} are held at a time.
 */
final class PosteriorRows {
  private PosteriorRows() {}

  /** Is shown a row's posterior. */
  @FunctionalInterface
  interface Visitor {

    /** The arrays, {@code [latent]} each, are used again for the next row. */
    void visit(int row, double[] mean, double[] logVariance);

    /** After each batch: its rows as the model was given them, of which the first is number so. */
    default void visited(int first, Batch rows) {}
  }

  /**
   * Visits every row in order.
   *
   * @param vae the model
   * @param data not closed
   * @param progress told how many more rows are done
   * @param visitor called by one thread
   * @throws DataException if there are no rows, they are of another shape, cannot be read, or get a
   *     posterior that is none
   */
  static void forEach(ScaledVae vae, DataSet data, IntConsumer progress, Visitor visitor) {
    Batches.Epoch batches = ModelBatches.of(vae, data);
    Optional<int[]> labels = ModelBatches.labels(vae, data);
    int row = 0;
    for (int first = 0; first < batches.count(); first += ModelBatches.SIDE_BY_SIDE) {
      int part = first;
      int count = Math.min(ModelBatches.SIDE_BY_SIDE, batches.count() - first);
      List<Batch> group = vae.sideBySide(count, i -> ModelBatches.batch(batches, part + i, labels));
      for (Batch batch : group) {
        // Shares its rows out to the threads itself.
        visit(vae.encode(batch), data.name(), row, visitor);
        visitor.visited(row, batch);
        row += batch.samples().rows();
        progress.accept(batch.samples().rows());
      }
    }
  }

  private static void visit(Encoding encoding, String data, int first, Visitor visitor) {
    int latent = encoding.mean().shape().size();
    double[] mean = new double[latent];
    double[] logVariance = new double[latent];
    for (int row = 0; row < encoding.mean().rows(); row++) {
      for (int i = 0; i < latent; i++) {
        mean[i] = encoding.mean().values()[row * latent + i];
        logVariance[i] = encoding.logVariance().values()[row * latent + i];
        if (!Double.isFinite(mean[i]) || !(logVariance[i] < Double.POSITIVE_INFINITY)) {
          throw new DataException(
              data,
              "the posterior of row "
                  + (first + row)
                  + " has mean "
                  + mean[i]
                  + " and log-variance "
                  + logVariance[i]
                  + "; expected finite numbers: this model has diverged, or was not fitted to such"
                  + " rows");
        }
      }
      visitor.visit(first + row, mean, logVariance);
    }
  }

  /** Whether a posterior is one point, without a density. */
  static boolean isPoint(double[] logVariance) {
    for (double value : logVariance) {
      if (value == Double.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }
}
