package org.vaetf.train;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.vaetf.base.ConfigException;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Seed;
import org.vaetf.base.Sha256;
import org.vaetf.data.Batch;
import org.vaetf.data.Batches;
import org.vaetf.data.Binarization;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Fingerprint;
import org.vaetf.data.Scaling;
import org.vaetf.export.Manifest;
import org.vaetf.group.Group;
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
 * @param seed of the order and the draws; that of the run but for the later processes of a group
 * @param shares how the rows of each step are shared among the processes
 * @param testRows that all processes hold together
 */
record RunData(
    DataSplit split,
    Scaling scaling,
    Batches train,
    Batches test,
    Classes classes,
    String fingerprint,
    Seed seed,
    Shares shares,
    long testRows) {
  /**
   * Rows a batch of the test part at least: evaluation keeps nothing for gradients, so larger
   * batches are faster.
   */
  private static final int EVALUATION_BATCH = 500;

  /** The data of a process that trains alone. */
  static RunData prepare(RunConfig config, DataSplit split) {
    return prepare(config, split, Group.alone());
  }

  /** The data of a process of a group: what is said of all rows is the same in all of them. */
  static RunData prepare(RunConfig config, DataSplit split, Group group) {
    DataConfig data = config.data();
    Scaling.Kind kind =
        data.scaling() == null ? Scaling.Kind.defaultFor(split.train().encoding()) : data.scaling();
    Scaling scaling = Scaling.fit(kind, split.train(), group::all);
    Seed seed = seed(config, group.rank());
    Shares shares =
        new Shares(group.rank(), config.training().batch(), counts(group, split.train().rows()));
    int batch = shares.batchOf(group.rank());
    return new RunData(
        split,
        scaling,
        new Batches(split.train(), batch, scaling, data.binarization(), seed),
        new Batches(
            split.test(), Math.max(batch, EVALUATION_BATCH), scaling, data.binarization(), seed),
        classes(config.model().condition(), split, group),
        fingerprint(group.all(Fingerprint.of(split.train()))),
        seed,
        shares,
        Arrays.stream(counts(group, split.test().rows())).asLongStream().sum());
  }

  /** The first process draws as it would alone. */
  private static Seed seed(RunConfig config, int rank) {
    Seed seed = new Seed(config.training().seed());
    return rank == 0 ? seed : seed.named("process " + rank);
  }

  private static int[] counts(Group group, int own) {
    return group.all(Integer.toString(own)).stream().mapToInt(Integer::parseInt).toArray();
  }

  private static String fingerprint(List<String> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : Sha256.of(String.join(" ", parts).getBytes(StandardCharsets.UTF_8));
  }

  /** The classes that a model is to tell apart; every row's label is one of them. */
  private static Classes classes(Condition condition, DataSplit split, Group group) {
    if (!condition.needsLabels()) {
      return Classes.none();
    }
    Classes classes =
        condition.classes() == 0
            ? of(split.train(), group)
            : new Classes(condition.classes(), split.train().classes());
    classes.labelsOf(split.train());
    classes.labelsOf(split.test());
    return classes;
  }

  private static Classes of(DataSet train, Group group) {
    Classes own = Classes.of(train);
    int most = Arrays.stream(counts(group, own.count())).max().orElseThrow();
    return new Classes(most, own.names());
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
          "prior.pseudoInputs",
          count,
          "at most " + rows.rows() + ", the number of rows to train on");
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
        Math.toIntExact(shares.total()),
        Math.toIntExact(testRows));
  }
}
