package org.vaetf.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.export.ScaledVae;

/**
 * How much a model's latent code tells of the rows, and how much of it is used. An autoencoder's
 * posterior is one point, without a density: what needs one is empty. The posterior is taken for
 * the diagonal Gaussian of the mean and log-variance that the model gives; of a posterior of
 * another kind these are the measures of its moments alone. The prior may be any: KL(q(z|x) ‖ p(z))
 * is what the model's {@code score} says.
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
   * Measures a model.
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
    Seed seed = new Seed(settings.seed());
    Gathering gathering = new Gathering(vae, data.rows(), settings, seed);
    PosteriorRows.forEach(vae, data, progress, gathering);
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
        KlDecomposition.of(gathering.aggregated(), noise, gathering.klNats, SideBySide.of(vae));
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
  private static final class Gathering implements PosteriorRows.Visitor {
    private final ScaledVae vae;
    private final int latent;
    private final int draws;
    private final Seed scoring;
    private final Estimate.Gatherer[] variation;
    private final Estimate.Gatherer[] divergence;
    private boolean anyPoint;

    /** The rows that make up the aggregated posterior, drawn without replacement. */
    private final RowChoice choice;

    private final double[] means;
    private final double[] logVariances;
    private final double[] klNats;
    private int chosen;

    /** Numbers of the chosen rows of the batch at hand. */
    private final List<Integer> chosenOfBatch = new ArrayList<>();

    Gathering(ScaledVae vae, int rows, InformationSettings settings, Seed seed) {
      this.vae = vae;
      this.latent = vae.latent();
      this.draws = settings.draws();
      this.scoring = seed.named("scores");
      this.variation = Estimate.Gatherer.columns(latent);
      this.divergence = Estimate.Gatherer.columns(latent);
      this.choice = new RowChoice(rows, settings.rows(), seed.named("rows").random(0));
      this.means = new double[Math.multiplyExact(choice.size(), latent)];
      this.logVariances = new double[means.length];
      this.klNats = new double[choice.size()];
    }

    @Override
    public void visit(int row, double[] mean, double[] logVariance) {
      anyPoint |= PosteriorRows.isPoint(logVariance);
      for (int i = 0; i < latent; i++) {
        variation[i].add(mean[i]);
        divergence[i].add((mean[i] * mean[i] + Math.expm1(logVariance[i]) - logVariance[i]) / 2);
      }
      if (choice.takesNext()) {
        int at = (chosen + chosenOfBatch.size()) * latent;
        System.arraycopy(mean, 0, means, at, latent);
        System.arraycopy(logVariance, 0, logVariances, at, latent);
        chosenOfBatch.add(row);
      }
    }

    /** The KL of the chosen rows, of the very x that they were encoded from. */
    @Override
    public void visited(int first, Batch rows) {
      if (!anyPoint && !chosenOfBatch.isEmpty()) {
        List<Batch> each =
            chosenOfBatch.stream().map(row -> rows.slice(row - first, row - first + 1)).toList();
        float[] kl =
            DrawnScores.of(
                    vae, List.of(Batch.concatenate(each)), chosen, draws, scoring, done -> {})
                .get(0)
                .kl();
        for (int i = 0; i < kl.length; i++) {
          klNats[chosen + i] = kl[i];
        }
      }
      chosen += chosenOfBatch.size();
      chosenOfBatch.clear();
    }

    AggregatedPosterior aggregated() {
      return new AggregatedPosterior(latent, means, logVariances);
    }
  }
}
