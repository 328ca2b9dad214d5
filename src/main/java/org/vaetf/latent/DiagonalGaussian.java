package org.vaetf.latent;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * q(z|x) = N(μ(x), diag σ²(x)), drawn as {@code z = μ + σ ε} with ε standard normal: Kingma and
 * Welling, "Auto-Encoding Variational Bayes", arXiv 1312.6114, section 2.4. The encoder gives μ and
 * log σ², which is bounded softly, see {@link LatentVariance}.
 */
public record DiagonalGaussian() implements Posterior {

  @Override
  public Operand<TFloat32> parameters(LayerScope scope, Operand<TFloat32> features, int latent) {
    return Dense.linear(scope, features, 2L * latent);
  }

  @Override
  public Conditional given(
      LayerScope scope, Operand<TFloat32> parameters, int latent, Prior.Distribution prior) {
    return of(scope.tf(), parameters, prior);
  }

  /** The distributions of some rows of parameters. */
  static Gaussian of(Ops tf, Operand<TFloat32> parameters, Prior.Distribution prior) {
    List<Operand<TFloat32>> halves = Columns.parts(tf, parameters, 2);
    return new Gaussian(tf, halves.get(0), LatentVariance.bounded(tf, halves.get(1)), prior);
  }

  /** Normal, its dimensions independent. */
  record Gaussian(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logVariance, Prior.Distribution prior)
      implements Conditional {

    @Override
    public Draw draw(Operand<TFloat32> noise) {
      Operand<TFloat32> deviation = tf.math.exp(tf.math.mul(tf.constant(0.5f), logVariance));
      Operand<TFloat32> z = tf.math.add(mean, tf.math.mul(deviation, noise));
      return new Draw(z, density(z));
    }

    @Override
    public Optional<Operand<TFloat32>> logDensity(Operand<TFloat32> z) {
      return Optional.of(density(z));
    }

    private Operand<TFloat32> density(Operand<TFloat32> z) {
      return Columns.sum(tf, NormalDensity.log(tf, z, mean, logVariance));
    }

    /**
     * Against the standard normal: {@code (μ² + σ² − 1 − log σ²) / 2} for each dimension; Kingma
     * and Welling, appendix B.
     */
    @Override
    public Optional<Operand<TFloat32>> divergence() {
      if (!(prior instanceof StandardNormal.Standard)) {
        return Optional.empty();
      }
      // expm1(l) − l keeps its digits, and its sign, where l is near 0.
      Operand<TFloat32> spread = tf.math.sub(tf.math.expm1(logVariance), logVariance);
      Operand<TFloat32> sum = tf.math.add(tf.math.square(mean), spread);
      return Optional.of(tf.math.mul(tf.constant(0.5f), sum));
    }
  }
}
