package org.vaetf.eval;

import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.tf.Workers;

/**
 * How much generated rows are like real ones, by features of both. Precision: the share of
 * generated rows that lie on the manifold of the real ones. Recall: the share of real rows that lie
 * on the manifold of the generated ones: Kynkäänniemi et al., arXiv 1904.06991, equation 3.
 *
 * <p>In memory are the features of both, 4 bytes each (8 while one side is gathered), some six
 * matrices of features × features doubles, and a batch of rows: never more rows than {@link
 * GenerationSettings#rows} of each. Up to {@code (n + m)²} distances are computed for n real and m
 * generated rows, a block at a time; none is kept.
 *
 * @param realRows n, how many real rows were compared
 * @param generatedRows m, with how many generated ones
 * @param neighbours k of the manifolds
 * @param frechetDistance the squared distance of the Gaussians of both, see {@link
 *     FrechetDistance}; at least 0, less is better; falls with the number of rows
 * @param precision from 0 to 1, more is better
 * @param recall from 0 to 1, more is better
 */
public record GenerationMetrics(
    int realRows,
    int generatedRows,
    int neighbours,
    double frechetDistance,
    double precision,
    double recall) {

  /**
   * Compares rows that a model generates, as they come. If there are more real rows than to be
   * compared, one is drawn from each of as many equal stretches of the data; of the generated ones
   * the first are taken, and the stream is read no further.
   *
   * @param features of real and generated rows
   * @param real rows that a good model would generate the like of; not closed
   * @param generated rows in the units of the real ones, some at a time; not closed
   * @param settings how many, and how
   * @param progress told how many more rows, real or generated, have features
   * @return what was found
   * @throws DataException if the features are not for the real rows, or these cannot be read
   * @throws ConfigException if there are no more rows than neighbours, the generated ones are of
   *     another shape, or a feature is not finite
   */
  public static GenerationMetrics of(
      Features features,
      DataSet real,
      Stream<Samples> generated,
      GenerationSettings settings,
      IntConsumer progress) {
    features.requireData(real);
    FeatureRows rows = new FeatureRows(features, settings, progress);
    return of(rows.of(real, "real"), rows.of(generated, real.shape()), settings);
  }

  /**
   * Compares generated rows of a file, of which too one is drawn from each stretch if there are
   * more than to be compared.
   *
   * @param features of real and generated rows
   * @param real rows that a good model would generate the like of; not closed
   * @param generated rows in the units of the real ones; not closed
   * @param settings how many, and how
   * @param progress told how many more rows, real or generated, have features
   * @return what was found
   * @throws DataException if the features are not for these rows, shapes differ, or rows cannot be
   *     read
   * @throws ConfigException if there are no more rows than neighbours, or a feature is not finite
   */
  public static GenerationMetrics of(
      Features features,
      DataSet real,
      DataSet generated,
      GenerationSettings settings,
      IntConsumer progress) {
    features.requireData(real);
    features.requireData(generated);
    if (!generated.shape().equals(real.shape())) {
      throw new DataException(
          generated.name(),
          "holds rows of shape "
              + generated.shape()
              + "; expected "
              + real.shape()
              + ", as of "
              + real.name()
              + ", which they are compared with");
    }
    FeatureRows rows = new FeatureRows(features, settings, progress);
    return of(rows.of(real, "real"), rows.of(generated, "generated"), settings);
  }

  /**
   * Compares features; all rows are taken.
   *
   * @param real {@code [n, features]}
   * @param generated {@code [m, features]}
   * @param settings neighbours and threads
   * @return what was found
   * @throws ConfigException if there are no more rows than neighbours, the numbers of features
   *     differ, or one is not finite
   */
  public static GenerationMetrics of(Samples real, Samples generated, GenerationSettings settings) {
    requireRows("real", real, settings);
    requireRows("generated", generated, settings);
    generated.requireShape("the generated features", real.shape());
    double distance =
        FrechetDistance.squared(FeatureMoments.of(real), FeatureMoments.of(generated));
    int neighbours = settings.neighbours();
    try (Workers workers = new Compute(Device.CPU, settings.threads()).workers()) {
      FeatureManifold reality = FeatureManifold.of(real, neighbours, workers);
      FeatureManifold generation = FeatureManifold.of(generated, neighbours, workers);
      return new GenerationMetrics(
          real.rows(),
          generated.rows(),
          neighbours,
          distance,
          (double) reality.inside(generated, workers) / generated.rows(),
          (double) generation.inside(real, workers) / real.rows());
    }
  }

  private static void requireRows(String which, Samples features, GenerationSettings settings) {
    int least = Math.max(2, settings.neighbours() + 1);
    if (features.rows() < least) {
      throw new ConfigException(
          "number of " + which + " rows",
          features.rows(),
          least + " or more, to have " + settings.neighbours() + " neighbours each");
    }
    int size = features.shape().size();
    for (int i = 0; i < features.values().length; i++) {
      if (!Float.isFinite(features.values()[i])) {
        throw new ConfigException(
            "feature " + i % size + " of the " + which + " row " + i / size,
            features.values()[i],
            "a finite number");
      }
    }
  }
}
