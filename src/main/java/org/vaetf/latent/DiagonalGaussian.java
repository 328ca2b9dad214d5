package org.vaetf.latent;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * q(z|x) = N(μ(x), diag σ²(x)), drawn as {@code z = μ + σ ε} with ε standard normal: Kingma and
 * Welling, "Auto-Encoding Variational Bayes", arXiv 1312.6114, section 2.4. The encoder gives μ and
 * log σ².
 */
public record DiagonalGaussian() implements Posterior {

  @Override
  public int parametersPerDimension() {
    return 2;
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters) {
    List<Operand<TFloat32>> halves = Columns.parts(scope.tf(), parameters, 2);
    return new Gaussian(halves.get(0), halves.get(1));
  }

  private record Gaussian(Operand<TFloat32> mean, Operand<TFloat32> logVariance)
      implements Conditional {

    @Override
    public Draw draw(LayerScope scope, Operand<TFloat32> noise) {
      Ops tf = scope.tf();
      Operand<TFloat32> deviation = tf.math.exp(tf.math.mul(tf.constant(0.5f), logVariance));
      Operand<TFloat32> z = tf.math.add(mean, tf.math.mul(deviation, noise));
      return new Draw(z, Columns.sum(tf, NormalDensity.log(tf, z, mean, logVariance)));
    }

    /**
     * Against the standard normal: {@code (μ² + σ² − 1 − log σ²) / 2} for each dimension; Kingma
     * and Welling, appendix B.
     */
    @Override
    public Optional<Operand<TFloat32>> divergence(LayerScope scope, Prior prior) {
      if (!(prior instanceof StandardNormal)) {
        return Optional.empty();
      }
      Ops tf = scope.tf();
      // expm1(l) − l keeps its digits, and its sign, where l is near 0.
      Operand<TFloat32> spread = tf.math.sub(tf.math.expm1(logVariance), logVariance);
      Operand<TFloat32> sum = tf.math.add(tf.math.square(mean), spread);
      return Optional.of(tf.math.mul(tf.constant(0.5f), sum));
    }
  }
}
