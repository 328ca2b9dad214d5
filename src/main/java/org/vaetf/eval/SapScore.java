package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vaetf.data.FactorGrid;

/**
 * Separated attribute predictability (SAP): for each factor, how much better the dimension that
 * predicts it best does than the next one;
 *
 * <pre>
 * SAP  =  (1/K) Σ_k  (S_ak − S_bk)
 * </pre>
 *
 * where a and b are the dimensions with the largest and the second largest score {@code S_jk} of
 * predicting factor k from dimension j alone. From 0 to 1; well below 1 even for a perfect code,
 * since chance already predicts part of a categorical factor. Kumar, Sattigeri and Balakrishnan,
 * arXiv 1711.00848, section 3.
 *
 * <p>An ordered factor's score is the R² of a straight line, {@code Cov(μ_j, v_k)² / (Var μ_j · Var
 * v_k)}, a categorical one's is the best balanced accuracy (the mean over classes of the part that
 * is found) that thresholds can have: one fewer than there are classes, with a class for each
 * interval. Both are fitted and judged on the same rows, as in the paper. A dimension that is not
 * {@linkplain ActiveUnits active} scores 0.
 *
 * @param score the mean over factors, 0 to 1
 * @param byFactor the difference of each factor, 0 to 1
 * @param predictability S_jk, {@code [latent][factors]}, 0 to 1
 */
public record SapScore(double score, List<Double> byFactor, List<List<Double>> predictability) {

  /**
   * Copies the lists.
   *
   * @param score the mean over factors, 0 to 1
   * @param byFactor the difference of each factor, 0 to 1
   * @param predictability S_jk, {@code [latent][factors]}, 0 to 1
   */
  public SapScore {
    byFactor = List.copyOf(byFactor);
    predictability = predictability.stream().map(List::copyOf).toList();
  }

  /**
   * Computes the score.
   *
   * @param sample codes and factors; time grows with rows · latent · factors
   * @param activeVariance that a dimension's codes must vary by more than: 0.01, see {@link
   *     ActiveUnits}; 0 leaves out constant ones alone
   * @return the score
   */
  public static SapScore of(FactorCodes sample, double activeVariance) {
    ActiveUnits active = sample.active(activeVariance);
    List<FactorGrid.Axis> axes = sample.axes();
    double[][] scores = new double[sample.latent()][axes.size()];
    for (int j = 0; j < scores.length; j++) {
      if (active.isActive(j)) {
        double[] codes = sample.dimension(j);
        for (int k = 0; k < axes.size(); k++) {
          scores[j][k] =
              axes.get(k).kind() == FactorGrid.Kind.CATEGORICAL
                  ? Thresholds.balancedAccuracy(codes, sample.factor(k), axes.get(k).size())
                  : squaredCorrelation(codes, sample.values(k));
        }
      }
    }
    List<Double> differences =
        IntStream.range(0, axes.size())
            .mapToObj(k -> TopTwo.gap(Arrays.stream(scores).mapToDouble(row -> row[k]).toArray()))
            .toList();
    return new SapScore(
        differences.stream().mapToDouble(value -> value).average().orElseThrow(),
        differences,
        Arrays.stream(scores).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /** R² of the straight line; 0 where one of the two does not vary. */
  private static double squaredCorrelation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double products = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int row = 0; row < a.length; row++) {
      products += (a[row] - meanA) * (b[row] - meanB);
      squaresA += (a[row] - meanA) * (a[row] - meanA);
      squaresB += (b[row] - meanB) * (b[row] - meanB);
    }
    double both = squaresA * squaresB;
    return both > 0 ? products * products / both : 0;
  }
}
