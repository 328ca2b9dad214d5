package org.vaetf.eval;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.vaetf.base.ConfigException;
import org.vaetf.base.VaeException;

/**
 * The Fréchet distance of two Gaussians, squared as is the custom: Heusel et al., "GANs trained by
 * a two time-scale update rule converge to a local Nash equilibrium", arXiv 1706.08500, equation 6
 * (Dowson and Landau, 1982):
 *
 * <pre>
 *   d² = ‖μ1 − μ2‖² + tr(S1 + S2 − 2 (S1 S2)^½)
 * </pre>
 *
 * {@code S1 S2} has the eigenvalues of the symmetric {@code S1^½ S2 S1^½}, none of them negative,
 * so that the trace of its root is the sum of their roots. Covariances without full rank are taken
 * as they are, nothing is added to their diagonal.
 */
public final class FrechetDistance {
  private static final double EPSILON = Math.ulp(1.0);

  private FrechetDistance() {}

  /**
   * The squared distance.
   *
   * @param first mean μ1 and covariance S1
   * @param second mean μ2 and covariance S2
   * @return d², at least 0, in the units of the features, squared
   * @throws ConfigException if the numbers of features differ
   */
  public static double squared(FeatureMoments first, FeatureMoments second) {
    int size = first.mean().length;
    if (second.mean().length != size) {
      throw new ConfigException(
          "number of features", second.mean().length, size + ", as of what they are compared with");
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double difference = first.mean()[i] - second.mean()[i];
      int diagonal = i * size + i;
      sum += difference * difference;
      sum += first.covariance()[diagonal] + second.covariance()[diagonal];
    }
    // Rounding may leave a little less than nothing of equal Gaussians.
    return Math.max(0, sum - 2 * traceOfRoot(first.covariance(), second.covariance(), size));
  }

  /** {@code tr (S1 S2)^½}. */
  private static double traceOfRoot(double[] first, double[] second, int size) {
    DMatrixRMaj root = root(DMatrixRMaj.wrap(size, size, first.clone()));
    DMatrixRMaj part = new DMatrixRMaj(size, size);
    DMatrixRMaj product = new DMatrixRMaj(size, size);
    CommonOps_DDRM.mult(root, DMatrixRMaj.wrap(size, size, second.clone()), part);
    CommonOps_DDRM.mult(part, root, product);
    double sum = 0;
    for (double eigenvalue : eigenvalues(decompose(product, false))) {
      sum += Math.sqrt(eigenvalue);
    }
    return sum;
  }

  /** {@code S^½ = V D^½ Vᵀ} for {@code S = V D Vᵀ}. */
  private static DMatrixRMaj root(DMatrixRMaj matrix) {
    int size = matrix.numRows;
    EigenDecomposition_F64<DMatrixRMaj> decomposition = decompose(matrix, true);
    double[] eigenvalues = eigenvalues(decomposition);
    DMatrixRMaj half = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      double scale = Math.pow(eigenvalues[i], 0.25);
      double[] vector = decomposition.getEigenVector(i).data;
      for (int row = 0; row < size; row++) {
        half.set(row, i, scale * vector[row]);
      }
    }
    DMatrixRMaj root = new DMatrixRMaj(size, size);
    CommonOps_DDRM.multTransB(half, half, root);
    return root;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(
      DMatrixRMaj symmetric, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    if (!decomposition.decompose(symmetric)) {
      throw new VaeException(
          "the eigenvalues of a covariance of "
              + symmetric.numRows
              + " features cannot be found; check that the features are finite and of like size");
    }
    return decomposition;
  }

  /**
   * What lies below the rounding error of the greatest is nothing: the root of such a number would
   * be far greater than the error itself.
   */
  private static double[] eigenvalues(EigenDecomposition_F64<DMatrixRMaj> decomposition) {
    double[] values = new double[decomposition.getNumberOfEigenvalues()];
    double greatest = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = decomposition.getEigenvalue(i).getReal();
      greatest = Math.max(greatest, values[i]);
    }
    double least = values.length * EPSILON * greatest;
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > least ? values[i] : 0;
    }
    return values;
  }
}
