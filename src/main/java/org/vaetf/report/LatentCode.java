package org.vaetf.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.eval.ActiveUnits;
import org.vaetf.eval.Estimate;
import org.vaetf.eval.Information;
import org.vaetf.eval.InformationSettings;
import org.vaetf.export.Manifest;
import org.vaetf.export.SavedModelVae;

/**
 * Where a model's encoder puts rows, and how much it uses each latent dimension.
 *
 * @param activeUnits the variance of the posterior means in each dimension, over all rows
 * @param klNats the mean of {@code KL(q(z_i|x) ‖ p(z_i))} in each dimension, over all rows; empty
 *     unless the posterior is a diagonal normal one and the prior the standard normal
 * @param deterministic whether a posterior is one point, as an autoencoder's
 * @param means the posterior means of the first rows, {@code [rows, latent]}, as the command {@code
 *     encode} gives them
 * @param labels of these rows
 * @param classes names of the labels, where they have names
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record LatentCode(
    ActiveUnits activeUnits,
    Optional<List<Double>> klNats,
    boolean deterministic,
    Samples means,
    Optional<int[]> labels,
    List<String> classes) {

  /** More points than that hide each other in a picture. */
  private static final int MOST_MEANS = 2000;

  /** The mutual information is not asked for, and takes time. */
  private static final int LEAST_INFORMATION_ROWS = 2;

  /**
   * Encodes rows.
   *
   * @param vae the model; not closed
   * @param data with labels if the model is conditional; not closed
   * @return the code
   * @throws org.vaetf.base.DataException if there are no rows, they are of another shape, cannot be
   *     read, or get a posterior that is none
   */
  public static LatentCode of(SavedModelVae vae, DataSet data) {
    Information information =
        Information.of(
            vae.scaled(),
            data,
            InformationSettings.defaults().withRows(LEAST_INFORMATION_ROWS),
            rows -> {});
    boolean deterministic = information.klNatsByDimension().isEmpty();
    Optional<List<Double>> kl =
        information
            .klNatsByDimension()
            .filter(each -> isNormal(vae.manifest()))
            .map(each -> each.stream().map(Estimate::mean).toList());
    int rows = Math.min(MOST_MEANS, data.rows());
    Samples first = data.slice(0, rows);
    Batch batch =
        vae.isConditional()
            ? Batch.of(first, Arrays.copyOf(vae.classes().labelsOf(data), rows))
            : Batch.of(first);
    return new LatentCode(
        information.activeUnits(),
        kl,
        deterministic,
        vae.encode(batch).mean(),
        data.labels().map(all -> Arrays.copyOf(all, rows)),
        data.classes());
  }

  /** Whether the KL of each dimension is known in closed form. */
  private static boolean isNormal(Manifest manifest) {
    return manifest.isOf("posterior", "diagonal-gaussian") && hasStandardPrior(manifest);
  }

  static boolean hasStandardPrior(Manifest manifest) {
    return manifest.isOf("prior", "standard-normal");
  }

  /**
   * The number of latent dimensions.
   *
   * @return at least 1
   */
  public int latent() {
    return activeUnits.variances().size();
  }

  /**
   * The dimensions, that with the greatest KL first; where there is no KL, that with the greatest
   * variance of the posterior means.
   *
   * @return {@code [latent]}, numbers from 0
   */
  public int[] order() {
    List<Double> use = klNats.orElse(activeUnits.variances());
    return IntStream.range(0, latent())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -use.get(i)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The two dimensions that are used most, in ascending order.
   *
   * @return {@code [2]}, numbers from 0; there must be two
   */
  public int[] mostUsed() {
    return Arrays.stream(order()).limit(2).sorted().toArray();
  }

  /** Rows of the means in double precision. */
  double[][] points(int most) {
    return IntStream.range(0, Math.min(most, means.rows()))
        .mapToObj(
            row -> {
              float[] mean = means.row(row);
              return IntStream.range(0, mean.length).mapToDouble(i -> mean[i]).toArray();
            })
        .toArray(double[][]::new);
  }
}
