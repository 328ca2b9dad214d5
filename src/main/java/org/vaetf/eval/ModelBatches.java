package org.vaetf.eval;

import java.util.Arrays;
import java.util.Optional;
import org.vaetf.base.DataException;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.Batches;
import org.vaetf.data.DataSet;
import org.vaetf.export.Manifest;
import org.vaetf.export.ScaledVae;

/** Rows to judge a model by, scaled and binarized as those it has learned from. */
final class ModelBatches {
  /** Batches in memory at a time: enough for many threads to have something to do. */
  static final int SIDE_BY_SIDE = 8;

  private ModelBatches() {}

  /**
   * The batches in order.
   *
   * @throws DataException if there are no rows, or they are of another shape than the model's
   */
  static Batches.Epoch of(ScaledVae vae, DataSet data) {
    require(vae, data);
    Manifest manifest = vae.manifest();
    return new Batches(
            data,
            vae.batchRows(),
            manifest.data().scaling(),
            manifest.data().binarization(),
            new Seed(manifest.seed()))
        .inOrder();
  }

  /**
   * Refuses rows that the model cannot be judged by.
   *
   * @throws DataException if there are none, or they are of another shape than the model's
   */
  static void require(ScaledVae vae, DataSet data) {
    if (data.rows() == 0) {
      throw new DataException(data.name(), "holds no rows; expected at least one to judge by");
    }
    if (!data.shape().equals(vae.shape())) {
      throw new DataException(
          data.name(),
          "holds rows of shape "
              + data.shape()
              + "; expected "
              + vae.shape()
              + ", as the model was fitted to");
    }
  }

  /**
   * The labels that a conditional model is to be given.
   *
   * @return {@code [rows]}; empty for an unconditional model
   * @throws DataException if the model needs labels and the rows have none, or others
   */
  static Optional<int[]> labels(ScaledVae vae, DataSet data) {
    return vae.isConditional() ? Optional.of(vae.classes().labelsOf(data)) : Optional.empty();
  }

  /** A batch with those labels. */
  static Batch batch(Batches.Epoch batches, int number, Optional<int[]> labels) {
    int[] rows = batches.rows(number);
    return new Batch(
        batches.get(number).samples(),
        labels.map(all -> Arrays.stream(rows).map(row -> all[row]).toArray()));
  }
}
