package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vaetf.base.Check;

/**
 * The mutual information gap (MIG): for each factor, how much more the dimension that tells most of
 * it tells than the next one, as a part of what there is to tell;
 *
 * <pre>
 * MIG  =  (1/K) Σ_k  (I(z_a; v_k) − I(z_b; v_k)) / H(v_k)
 * </pre>
 *
 * where a and b are the dimensions with the largest and the second largest information on factor k.
 * From 0 to 1; 1 if each factor is told by one dimension alone. Chen, Li, Grosse and Duvenaud,
 * arXiv 1802.04942, section 4.1.
 *
 * <p>The paper draws z from q(z|x). Here, as is customary since Locatello et al. (arXiv
 * 1811.12359), z is the posterior mean, cut into bins of equal width from the least to the largest
 * value: that is defined for an autoencoder too. The information of n rows in b bins on a factor of
 * v values is about {@code (b − 1)(v − 1) / 2n} nats too large; the gap hardly feels it.
 *
 * @param score the mean over factors, 0 to 1
 * @param byFactor the gap of each factor, 0 to 1; 0 for a factor that has one value only
 * @param informationNats I(z_j; v_k), {@code [latent][factors]}
 */
public record MutualInformationGap(
    double score, List<Double> byFactor, List<List<Double>> informationNats) {

  /**
   * Copies the lists.
   *
   * @param score the mean over factors, 0 to 1
   * @param byFactor the gap of each factor, 0 to 1; 0 for a factor that has one value only
   * @param informationNats I(z_j; v_k), {@code [latent][factors]}
   */
  public MutualInformationGap {
    byFactor = List.copyOf(byFactor);
    informationNats = informationNats.stream().map(List::copyOf).toList();
  }

  /**
   * Computes the gap.
   *
   * @param sample codes and factors; time grows with rows · latent · factors
   * @param bins of each dimension, at least 2; 20 is customary
   * @return the gap
   * @throws org.vaetf.base.ConfigException if there are fewer bins
   */
  public static MutualInformationGap of(FactorCodes sample, int bins) {
    Check.atLeast("number of bins", bins, 2);
    int factors = sample.axes().size();
    double[][] information = new double[sample.latent()][factors];
    double[] entropy = new double[factors];
    for (int k = 0; k < factors; k++) {
      int[] places = sample.factor(k);
      int size = sample.axes().get(k).size();
      entropy[k] = information(places, size, places, size);
    }
    for (int j = 0; j < sample.latent(); j++) {
      int[] binned = bin(sample.dimension(j), bins);
      for (int k = 0; k < factors; k++) {
        information[j][k] =
            information(binned, bins, sample.factor(k), sample.axes().get(k).size());
      }
    }
    List<Double> gaps =
        IntStream.range(0, factors)
            .mapToObj(k -> entropy[k] > 0 ? gap(information, k) / entropy[k] : 0)
            .toList();
    return new MutualInformationGap(
        gaps.stream().mapToDouble(gap -> gap).average().orElseThrow(),
        gaps,
        Arrays.stream(information).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  private static double gap(double[][] information, int factor) {
    return TopTwo.gap(Arrays.stream(information).mapToDouble(row -> row[factor]).toArray());
  }

  /** The bin of each value; the last one holds the largest too. All in the first if all alike. */
  private static int[] bin(double[] values, int bins) {
    double least = Arrays.stream(values).min().orElseThrow();
    double width = (Arrays.stream(values).max().orElseThrow() - least) / bins;
    return Arrays.stream(values)
        .mapToInt(value -> width > 0 ? Math.min(bins - 1, (int) ((value - least) / width)) : 0)
        .toArray();
  }

  /** {@code Σ p(a, b) log (p(a, b) / p(a) p(b))} of counted frequencies; H(a) if b is a. */
  private static double information(int[] a, int sizeA, int[] b, int sizeB) {
    double[][] joint = new double[sizeA][sizeB];
    double[] left = new double[sizeA];
    double[] right = new double[sizeB];
    for (int row = 0; row < a.length; row++) {
      joint[a[row]][b[row]]++;
      left[a[row]]++;
      right[b[row]]++;
    }
    double sum = 0;
    for (int i = 0; i < sizeA; i++) {
      for (int j = 0; j < sizeB; j++) {
        if (joint[i][j] > 0) {
          sum += joint[i][j] * Math.log(joint[i][j] * a.length / (left[i] * right[j]));
        }
      }
    }
    // Rounding may leave a hair below nothing.
    return Math.max(0, sum / a.length);
  }
}
