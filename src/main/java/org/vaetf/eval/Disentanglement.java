package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.vaetf.base.DataException;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.FactorGrid;
import org.vaetf.export.ScaledVae;

/**
 * How well a model's latent dimensions tell the factors apart that generated the data. All metrics
 * are of the posterior means, so that an autoencoder has them too, and of rows drawn evenly from
 * the grid of all the data's factors, not of the data's own rows.
 *
 * @param factors their names, in the order of every list by factor
 * @param activeUnits which dimensions vary
 * @param mutualInformationGap MIG
 * @param sap separated attribute predictability
 * @param dci disentanglement, completeness and informativeness
 * @param factorVaeScore accuracy of a majority vote
 * @param betaVaeScore accuracy of a linear classifier
 */
public record Disentanglement(
    List<String> factors,
    ActiveUnits activeUnits,
    MutualInformationGap mutualInformationGap,
    SapScore sap,
    Dci dci,
    FactorVaeScore factorVaeScore,
    BetaVaeScore betaVaeScore) {

  /**
   * Measures a model.
   *
   * @param vae the model; not closed
   * @param data whose factors are known, of the model's shape; not closed
   * @param settings sample sizes and seed
   * @param progress told how many more rows are done, of {@link
   *     DisentanglementSettings#encodedRows}
   * @return all metrics
   * @throws DataException if the data has no grid of factors, is of another shape, or gets a
   *     posterior that is none
   */
  public static Disentanglement of(
      ScaledVae vae, DataSet data, DisentanglementSettings settings, IntConsumer progress) {
    FactorGrid grid =
        data.factorGrid()
            .orElseThrow(
                () ->
                    new DataException(
                        data.name(),
                        "has no factors that rows could be made from; expected data made by a"
                            + " procedure, such as shapes"));
    Drawn drawn = Drawn.of(vae, data.name(), grid, settings, progress);
    FactorCodes sample = drawn.sample();
    double least = drawn.anyPoint() ? 0 : settings.activeVariance();
    ActiveUnits active = sample.active(least);
    Seed bags = new Seed(settings.seed()).named("dci");
    return new Disentanglement(
        grid.axes().stream().map(FactorGrid.Axis::name).toList(),
        active,
        MutualInformationGap.of(sample, settings.bins()),
        SapScore.of(sample, least),
        Dci.of(sample, settings.trees(), settings.depth(), bags, SideBySide.of(vae)),
        FactorVaeScore.of(vae, data.name(), grid, active, settings, progress),
        BetaVaeScore.of(vae, data.name(), grid, settings, progress));
  }

  /** Rows drawn evenly from the grid, and whether a posterior of theirs is a point. */
  private record Drawn(FactorCodes sample, boolean anyPoint) {

    static Drawn of(
        ScaledVae vae,
        String name,
        FactorGrid grid,
        DisentanglementSettings settings,
        IntConsumer progress) {
      Seed seed = new Seed(settings.seed()).named("rows");
      double[][] codes = new double[settings.rows()][];
      int[][] places = new int[settings.rows()][];
      Arrays.setAll(places, row -> grid.draw(seed.random(row)));
      boolean[] anyPoint = {false};
      PosteriorRows.forEach(
          vae,
          grid.rows(name, places.length, row -> places[row]),
          progress,
          (row, mean, logVariance) -> {
            codes[row] = mean.clone();
            anyPoint[0] |= PosteriorRows.isPoint(logVariance);
          });
      return new Drawn(new FactorCodes(grid.axes(), codes, places), anyPoint[0]);
    }
  }
}
