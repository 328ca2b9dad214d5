package org.vaetf.latent;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.density.NormalMixture;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;

/**
 * p(z) = Σ_k π_k N(z; μ_k, diag σ²_k), all of it learned with the decoder: the mixture that Tomczak
 * and Welling, arXiv 1705.07120, section 2, hold their own prior against. Log-variances are bounded
 * softly as those of a posterior.
 *
 * @param components how many, at least 1
 */
public record NormalMixturePrior(int components) implements Prior {

  /**
   * Checks the number.
   *
   * @param components how many, at least 1
   * @throws org.vaetf.base.ConfigException if it is below 1
   */
  public NormalMixturePrior {
    Check.atLeast("components of the prior", components, 1);
  }

  /**
   * Ten components.
   *
   * @return the defaults
   */
  public static NormalMixturePrior defaults() {
    return new NormalMixturePrior(10);
  }

  @Override
  public int noise(int latent) {
    return latent + 1;
  }

  @Override
  public Distribution given(LayerScope scope, int latent, Optional<Operand<TFloat32>> statistics) {
    Ops tf = scope.tf();
    Shape table = Shape.of(components, latent);
    // Spread as the standard normal is, so that every component has something to begin with.
    return new Mixture(
        new NormalMixture(
            tf,
            scope.weight("logits", Shape.of(components), Initializer.zeros()),
            scope.weight("means", table, Initializer.normal(1)),
            LatentVariance.bounded(tf, scope.weight("log_variances", table, Initializer.zeros()))));
  }

  /** A mixture as a prior. */
  record Mixture(NormalMixture mixture) implements Distribution {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> z) {
      return mixture.logDensity(z);
    }

    @Override
    public Operand<TFloat32> draw(Operand<TFloat32> noise) {
      return mixture.draw(noise);
    }
  }
}
