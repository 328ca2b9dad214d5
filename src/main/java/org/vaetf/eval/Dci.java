package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.vaetf.base.Check;
import org.vaetf.base.Seed;

/**
 * Disentanglement, completeness and informativeness (DCI). A regressor predicts each factor k from
 * the code; {@code R_jk ≥ 0} tells how much it relies on dimension j.
 *
 * <pre>
 * disentanglement  =  Σ_j ρ_j (1 − H_K(R_j· / Σ_k R_jk)),   ρ_j = Σ_k R_jk / Σ_jk R_jk
 * completeness     =  (1/K) Σ_k (1 − H_D(R_·k / Σ_j R_jk))
 * error            =  (1/K) Σ_k  root mean squared error of factor k / its standard deviation
 * </pre>
 *
 * with H_b the entropy to base b, K factors and D dimensions. Disentanglement is 1 if no dimension
 * serves more than one factor, completeness is 1 if no factor needs more than one dimension; both
 * lie between 0 and 1. The error, which the paper calls informativeness, is 0 if every factor can
 * be predicted exactly, and about 1 if guessing the mean does as well. Eastwood and Williams, "A
 * framework for the quantitative evaluation of disentangled representations", ICLR 2018 (openreview
 * By-7dz-AZ), section 2.
 *
 * <p>Of the paper's two regressors, lasso and random forest, this is the forest: {@code shapes} has
 * a categorical and a periodic factor, which no straight line follows. R is the trees' gain (mean
 * decrease in impurity), made to add up to 1 for each factor; a categorical factor is predicted as
 * indicators of its classes; a leaf has at least 5 rows. As in the paper, 8 of 10 rows are learned
 * from, the next choose the depth of the trees for each factor, and the last tell the error. Here
 * the depth may be 0, the mean of all: a factor that cannot be predicted then has no importances
 * instead of arbitrary ones, and a completeness of 0.
 *
 * @param disentanglement 0 to 1
 * @param completeness 0 to 1; the mean over factors
 * @param error at least 0; the mean over factors
 * @param completenessByFactor 0 to 1 each
 * @param errorByFactor at least 0 each
 * @param importances R, {@code [latent][factors]}
 */
public record Dci(
    double disentanglement,
    double completeness,
    double error,
    List<Double> completenessByFactor,
    List<Double> errorByFactor,
    List<List<Double>> importances) {

  /**
   * Copies the lists.
   *
   * @param disentanglement 0 to 1
   * @param completeness 0 to 1; the mean over factors
   * @param error at least 0; the mean over factors
   * @param completenessByFactor 0 to 1 each
   * @param errorByFactor at least 0 each
   * @param importances R, {@code [latent][factors]}
   */
  public Dci {
    completenessByFactor = List.copyOf(completenessByFactor);
    errorByFactor = List.copyOf(errorByFactor);
    importances = importances.stream().map(List::copyOf).toList();
  }

  /**
   * Computes the three.
   *
   * @param sample codes and factors of at least 10 rows
   * @param trees a factor, at least 1
   * @param depth of the trees at most, at least 1
   * @param seed of the rows that each tree sees
   * @return the three
   * @throws org.vaetf.base.ConfigException if there are fewer rows, trees or levels
   */
  public static Dci of(FactorCodes sample, int trees, int depth, long seed) {
    return of(sample, trees, depth, new Seed(seed), SideBySide.alone());
  }

  static Dci of(FactorCodes sample, int trees, int depth, Seed seed, SideBySide threads) {
    Check.atLeast("number of rows for DCI", sample.rows(), FactorForests.LEAST_ROWS);
    Check.atLeast("number of trees", trees, 1);
    Check.atLeast("depth of the trees", depth, 1);
    int learning = FactorForests.learningRows(sample.rows());
    return of(sample, RandomForest.bags(trees, learning, seed.random(0)), depth, threads);
  }

  /** With the rows that each tree sees given, see {@link FactorForests}. */
  static Dci of(FactorCodes sample, int[][] bags, int depth, SideBySide threads) {
    int factors = sample.axes().size();
    FactorForests forests = FactorForests.fit(sample, bags, depth, threads);
    double[][] importances = new double[sample.latent()][factors];
    Double[] errors = new Double[factors];
    for (int k = 0; k < factors; k++) {
      int best = forests.chooseDepth(k);
      errors[k] = forests.normalisedError(k, best);
      double[] column = forests.importances(k, best);
      for (int j = 0; j < column.length; j++) {
        importances[j][k] = column[j];
      }
    }
    return of(importances, List.of(errors));
  }

  private static Dci of(double[][] importances, List<Double> errors) {
    List<Double> completeness =
        IntStream.range(0, errors.size())
            .mapToObj(k -> concentration(Arrays.stream(importances).mapToDouble(r -> r[k])))
            .toList();
    double all = Arrays.stream(importances).flatMapToDouble(Arrays::stream).sum();
    double disentanglement = 0;
    for (double[] row : importances) {
      double share = all > 0 ? Arrays.stream(row).sum() / all : 0;
      disentanglement += share * concentration(Arrays.stream(row));
    }
    return new Dci(
        disentanglement,
        completeness.stream().mapToDouble(value -> value).average().orElseThrow(),
        errors.stream().mapToDouble(value -> value).average().orElseThrow(),
        completeness,
        errors,
        Arrays.stream(importances).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /**
   * One less the entropy of parts, to the base of their number. Nothing is not concentrated: 0; one
   * part has nowhere else to be: 1.
   */
  private static double concentration(DoubleStream parts) {
    double[] values = parts.toArray();
    double sum = Arrays.stream(values).sum();
    if (!(sum > 0)) {
      return 0;
    }
    double entropy = 0;
    for (double value : values) {
      entropy -= value > 0 ? value / sum * Math.log(value / sum) : 0;
    }
    return values.length == 1 ? 1 : 1 - entropy / Math.log(values.length);
  }
}
