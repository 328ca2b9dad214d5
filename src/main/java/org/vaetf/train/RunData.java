package org.vaetf.train;

import org.vaetf.base.Seed;
import org.vaetf.data.Batches;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Fingerprint;
import org.vaetf.data.Scaling;
import org.vaetf.export.Manifest;

/**
 * A run's data made ready: scaled by what the training part alone says, in batches.
 *
 * @param split the rows
 * @param scaling fitted on the training part
 * @param train shuffled batches come from here
 * @param test batches in order come from here
 * @param fingerprint of the training part
 */
record RunData(DataSplit split, Scaling scaling, Batches train, Batches test, String fingerprint) {
  /**
   * Rows a batch of the test part at least: evaluation keeps nothing for gradients, so larger
   * batches are faster.
   */
  private static final int EVALUATION_BATCH = 500;

  static RunData prepare(RunConfig config, DataSplit split) {
    DataConfig data = config.data();
    Scaling.Kind kind =
        data.scaling() == null ? Scaling.Kind.defaultFor(split.train().encoding()) : data.scaling();
    Scaling scaling = Scaling.fit(kind, split.train());
    Seed seed = new Seed(config.training().seed());
    int batch = config.training().batch();
    return new RunData(
        split,
        scaling,
        new Batches(split.train(), batch, scaling, data.binarization(), seed),
        new Batches(
            split.test(), Math.max(batch, EVALUATION_BATCH), scaling, data.binarization(), seed),
        Fingerprint.of(split.train()));
  }

  /** The configuration with what the data have settled. */
  RunConfig resolve(RunConfig config) {
    return config.withData(config.data().withScaling(scaling.kind()));
  }

  Manifest.Data describe(RunConfig config) {
    return new Manifest.Data(
        split.train().name(),
        split.train().shape(),
        scaling,
        config.data().binarization(),
        fingerprint);
  }
}
