package org.vaetf.latent;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * q(z|x) = N(μ(x), L(x) L(x)ᵀ) with L lower triangular, drawn as {@code z = μ + L ε}: Kingma and
 * Welling, "An Introduction to Variational Autoencoders", arXiv 1906.02691, section 2.5.1. The
 * encoder gives μ, the logarithms of L's squared diagonal, bounded softly as in {@link
 * LatentVariance}, and the entries below the diagonal: {@code latent (latent + 3) / 2} numbers.
 */
public record FullGaussian() implements Posterior {

  @Override
  public Operand<TFloat32> parameters(LayerScope scope, Operand<TFloat32> features, int latent) {
    return Dense.linear(scope, features, 2L * latent + below(latent));
  }

  private static int below(int latent) {
    return latent * (latent - 1) / 2;
  }

  @Override
  public Conditional given(
      LayerScope scope, Operand<TFloat32> parameters, int latent, Prior.Distribution prior) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> parts = Columns.widths(tf, parameters, latent, latent, below(latent));
    return new Gaussian(
        tf,
        latent,
        parts.get(0),
        LatentVariance.bounded(tf, parts.get(1)),
        belowDiagonal(tf, parts.get(2), latent),
        prior);
  }

  /** Packed rows {@code [batch, latent (latent − 1) / 2]} to {@code [batch, latent, latent]}. */
  private static Operand<TFloat32> belowDiagonal(Ops tf, Operand<TFloat32> packed, int latent) {
    int none = below(latent);
    int[] places = new int[latent * latent];
    for (int row = 0, next = 0; row < latent; row++) {
      for (int column = 0; column < latent; column++) {
        places[row * latent + column] = column < row ? next++ : none;
      }
    }
    Operand<TFloat32> zero =
        tf.zerosLike(tf.reduceSum(packed, tf.constant(1), ReduceSum.keepDims(true)));
    Operand<TFloat32> padded = tf.concat(List.of(packed, zero), tf.constant(1));
    return tf.reshape(
        tf.gather(padded, tf.constant(places), tf.constant(1)),
        tf.constant(new int[] {-1, latent, latent}));
  }

  private record Gaussian(
      Ops tf,
      int latent,
      Operand<TFloat32> mean,
      Operand<TFloat32> logSquares,
      Operand<TFloat32> below,
      Prior.Distribution prior)
      implements Conditional {

    /** Σ_j L_ij², the diagonal of L Lᵀ. */
    private Operand<TFloat32> variance() {
      return tf.math.add(
          tf.math.exp(logSquares), tf.reduceSum(tf.math.square(below), tf.constant(2)));
    }

    @Override
    public Operand<TFloat32> logVariance() {
      return tf.math.log(variance());
    }

    /** {@code log q = log N(ε; 0, I) − log det L}. */
    @Override
    public Draw draw(Operand<TFloat32> noise) {
      Operand<TFloat32> halves = tf.math.mul(tf.constant(0.5f), logSquares);
      Operand<TFloat32> mixed =
          tf.reduceSum(tf.math.mul(below, tf.expandDims(noise, tf.constant(1))), tf.constant(2));
      Operand<TFloat32> z =
          tf.math.add(mean, tf.math.add(tf.math.mul(tf.math.exp(halves), noise), mixed));
      Operand<TFloat32> zero = tf.constant(0f);
      Operand<TFloat32> density =
          Columns.sum(tf, tf.math.sub(NormalDensity.log(tf, noise, zero, zero), halves));
      return new Draw(z, density);
    }

    /**
     * Against the standard normal: {@code (μ_i² + Σ_j L_ij² − 1 − log L_ii²) / 2} for row i of L,
     * which sum to the divergence.
     */
    @Override
    public Optional<Operand<TFloat32>> divergence() {
      if (!(prior instanceof StandardNormal.Standard)) {
        return Optional.empty();
      }
      Operand<TFloat32> spread =
          tf.math.add(
              tf.math.sub(tf.math.expm1(logSquares), logSquares),
              tf.reduceSum(tf.math.square(below), tf.constant(2)));
      return Optional.of(tf.math.mul(tf.constant(0.5f), tf.math.add(tf.math.square(mean), spread)));
    }
  }
}
