package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.export.ScaledVae;

/**
 * How much a model's latent code tells of the rows, and how much of it is used. An autoencoder's
 * posterior is one point, without a density: what needs one is empty. The posterior is taken for
 * the diagonal Gaussian of the mean and log-variance that the model gives; of a posterior of
 * another kind these are the measures of its moments alone.
 *
 * @param rows that active units and the KL by dimension are of
 * @param activeUnits which dimensions vary from row to row
 * @param klNatsByDimension the mean over rows of {@code KL(q(z_i|x) ‖ N(0, 1)) = (μ² + σ² − 1 − log
 *     σ²) / 2} for each dimension i, at least 0; with the standard normal prior they add up to the
 *     KL term of the evidence bound
 * @param decomposition that term as mutual information and marginal KL
 */
public record Information(
    long rows,
    ActiveUnits activeUnits,
    Optional<List<Estimate>> klNatsByDimension,
    Optional<KlDecomposition> decomposition) {

  /**
   * Measures a model whose prior is the standard normal.
   *
   * @param vae the model; not closed
   * @param data not closed
   * @param settings sample sizes and seed
   * @param progress told how many more rows are done
   * @return the measures
   * @throws org.vaetf.base.DataException if there are no rows, they are of another shape, cannot be
   *     read, or get a posterior that is none
   */
  public static Information of(
      ScaledVae vae, DataSet data, InformationSettings settings, IntConsumer progress) {
    return of(vae, data, LogPrior.standardNormal(), settings, progress);
  }

  /**
   * Measures a model.
   *
   * @param vae the model; not closed
   * @param data not closed
   * @param prior the model's; asked from one thread
   * @param settings sample sizes and seed
   * @param progress told how many more rows are done
   * @return the measures
   * @throws org.vaetf.base.DataException if there are no rows, they are of another shape, cannot be
   *     read, or get a posterior that is none
   */
  public static Information of(
      ScaledVae vae,
      DataSet data,
      LogPrior prior,
      InformationSettings settings,
      IntConsumer progress) {
    Seed seed = new Seed(settings.seed());
    Gathering gathering = new Gathering(vae.latent(), data.rows(), settings.rows(), seed);
    PosteriorRows.forEach(vae, data, progress, gathering::visit);
    ActiveUnits active = ActiveUnits.of(gathering.variation, settings.activeVariance());
    if (gathering.anyPoint) {
      return new Information(data.rows(), active, Optional.empty(), Optional.empty());
    }
    double[][] noise =
        noise(
            seed.named("draws"),
            Math.multiplyExact(gathering.choice.size(), settings.draws()),
            vae.latent());
    KlDecomposition decomposition =
        KlDecomposition.of(gathering.aggregated(), noise, prior, SideBySide.of(vae));
    List<Estimate> kl =
        Arrays.stream(gathering.divergence).map(Estimate.Gatherer::estimate).toList();
    return new Information(data.rows(), active, Optional.of(kl), Optional.of(decomposition));
  }

  /** Standard normal. */
  private static double[][] noise(Seed seed, int rows, int latent) {
    double[][] noise = new double[rows][latent];
    for (int row = 0; row < rows; row++) {
      SplittableRandom random = seed.random(row);
      Arrays.setAll(noise[row], i -> random.nextGaussian());
    }
    return noise;
  }

  /** What one pass over the rows leaves. */
  private static final class Gathering {
    private final int latent;
    private final Estimate.Gatherer[] variation;
    private final Estimate.Gatherer[] divergence;
    private boolean anyPoint;

    /** The rows that make up the aggregated posterior, drawn without replacement. */
    private final RowChoice choice;

    private final double[] means;
    private final double[] logVariances;
    private int chosen;

    Gathering(int latent, int rows, int most, Seed seed) {
      this.latent = latent;
      this.variation = Estimate.Gatherer.columns(latent);
      this.divergence = Estimate.Gatherer.columns(latent);
      this.choice = new RowChoice(rows, most, seed.named("rows").random(0));
      this.means = new double[Math.multiplyExact(choice.size(), latent)];
      this.logVariances = new double[means.length];
    }

    void visit(int row, double[] mean, double[] logVariance) {
      anyPoint |= PosteriorRows.isPoint(logVariance);
      for (int i = 0; i < latent; i++) {
        variation[i].add(mean[i]);
        divergence[i].add((mean[i] * mean[i] + Math.expm1(logVariance[i]) - logVariance[i]) / 2);
      }
      if (choice.takesNext()) {
        System.arraycopy(mean, 0, means, chosen * latent, latent);
        System.arraycopy(logVariance, 0, logVariances, chosen * latent, latent);
        chosen++;
      }
    }

    AggregatedPosterior aggregated() {
      return new AggregatedPosterior(latent, means, logVariances);
    }
  }
}
