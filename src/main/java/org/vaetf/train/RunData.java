package org.vaetf.train;

import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batches;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSet;
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
 * @param seed of the run
 */
record RunData(
    DataSplit split, Scaling scaling, Batches train, Batches test, String fingerprint, Seed seed) {
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
        Fingerprint.of(split.train()),
        seed);
  }

  /** The configuration with what the data have settled. */
  RunConfig resolve(RunConfig config) {
    return config.withData(config.data().withScaling(scaling.kind()));
  }

  /**
   * Rows drawn from the training part, scaled, not binarized.
   *
   * @param count how many, at most all
   * @return the same for the same seed
   * @throws ConfigException if there are fewer
   */
  Samples someTrainingRows(int count) {
    DataSet rows = split.train();
    if (count > rows.rows()) {
      throw new ConfigException(
          "pseudoInputs", count, "at most " + rows.rows() + ", the number of rows to train on");
    }
    return new Batches(rows, count, scaling, Binarization.NONE, seed.named("pseudo-inputs"))
        .shuffled(0)
        .get(0)
        .samples();
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
