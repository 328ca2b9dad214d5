package org.vaetf.train;

import org.vaetf.base.ConfigException;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.Batches;
import org.vaetf.data.Binarization;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Fingerprint;
import org.vaetf.data.Scaling;
import org.vaetf.export.Manifest;
import org.vaetf.model.Condition;
import org.vaetf.model.ModelConfig;

/**
 * A run's data made ready: scaled by what the training part alone says, in batches.
 *
 * @param split the rows
 * @param scaling fitted on the training part
 * @param train shuffled batches come from here
 * @param test batches in order come from here
 * @param classes that the labels are of; none for a model that needs no labels
 * @param fingerprint of the training part
 * @param seed of the run
 */
record RunData(
    DataSplit split,
    Scaling scaling,
    Batches train,
    Batches test,
    Classes classes,
    String fingerprint,
    Seed seed) {
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
        classes(config.model().condition(), split),
        Fingerprint.of(split.train()),
        seed);
  }

  /** The classes that a model is to tell apart; every row's label is one of them. */
  private static Classes classes(Condition condition, DataSplit split) {
    if (!condition.needsLabels()) {
      return Classes.none();
    }
    Classes classes =
        condition.classes() == 0
            ? Classes.of(split.train())
            : new Classes(condition.classes(), split.train().classes());
    classes.labelsOf(split.train());
    classes.labelsOf(split.test());
    return classes;
  }

  /** The configuration with what the data have settled. */
  RunConfig resolve(RunConfig config) {
    ModelConfig model = config.model();
    return config
        .withModel(model.withCondition(model.condition().settledOn(classes.count())))
        .withData(config.data().withScaling(scaling.kind()));
  }

  /**
   * Rows drawn from the training part, scaled, not binarized.
   *
   * @param count how many, at most all
   * @return the same for the same seed; with labels where the model needs them
   * @throws ConfigException if there are fewer
   */
  Rows someTrainingRows(int count) {
    DataSet rows = split.train();
    if (count > rows.rows()) {
      throw new ConfigException(
          "pseudoInputs", count, "at most " + rows.rows() + ", the number of rows to train on");
    }
    Batch batch =
        new Batches(rows, count, scaling, Binarization.NONE, seed.named("pseudo-inputs"))
            .shuffled(0)
            .get(0);
    return classes.count() > 0
        ? new LabelledRows(batch.samples(), batch.labels().orElseThrow())
        : batch.samples();
  }

  Manifest.Data describe(RunConfig config) {
    return new Manifest.Data(
        split.train().name(),
        split.train().shape(),
        scaling,
        config.data().binarization(),
        fingerprint,
        split.train().rows(),
        split.test().rows());
  }
}
