package org.vaetf.latent;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;
import org.vaetf.density.NormalMixture;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;

/**
 * p(z) = (1/K) Σ_k q(z|u_k), the mixture of the posteriors of K pseudo-inputs: Tomczak and Welling,
 * "VAE with a VampPrior", arXiv 1705.07120, equation 9. Pseudo-inputs begin as rows of the training
 * data, scaled but not binarized, and are learned or stay as they are.
 *
 * @param pseudoInputs K, at least 1 and at most the training rows
 * @param source whether they are learned
 */
public record VampPrior(int pseudoInputs, Source source) implements Prior {
  /** The weight, {@code [pseudoInputs, size of a row]}. */
  public static final String PSEUDO_INPUTS = "pseudo_inputs";

  /** What becomes of the pseudo-inputs. */
  public enum Source implements Named {
    /** They are weights like any other. */
    LEARNED,
    /** They stay the rows of the data that they began as ("VampPrior data"). */
    DATA
  }

  /**
   * Checks the number.
   *
   * @param pseudoInputs K, at least 1
   * @param source whether they are learned
   * @throws ConfigException if one is missing or out of range
   */
  public VampPrior {
    Check.atLeast("pseudoInputs", pseudoInputs, 1);
    Check.present("source of the pseudo-inputs", source);
  }

  /**
   * 500 learned pseudo-inputs, as in the paper.
   *
   * @return the defaults
   */
  public static VampPrior defaults() {
    return new VampPrior(500, Source.LEARNED);
  }

  @Override
  public void requireFits(Posterior posterior, int latent) {
    if (!(posterior instanceof DiagonalGaussian)) {
      throw new ConfigException(
          "posterior beside the prior vamp",
          Kinds.describe(Posterior.class, posterior),
          "diagonal-gaussian: the prior is a mixture of such posteriors");
    }
  }

  @Override
  public int noise(int latent) {
    return latent + 1;
  }

  @Override
  public int rowsOfData() {
    return pseudoInputs;
  }

  @Override
  public Optional<Operand<TFloat32>> statistics(
      LayerScope scope, RowShape x, UnaryOperator<Operand<TFloat32>> posteriorParameters) {
    Shape table = Shape.of(pseudoInputs, x.size());
    Initializer first = Initializer.zeros();
    Operand<TFloat32> rows =
        source == Source.LEARNED
            ? scope.weight(PSEUDO_INPUTS, table, first)
            : scope.fixed(PSEUDO_INPUTS, table, first);
    long[] shape = new long[x.rank() + 1];
    shape[0] = pseudoInputs;
    for (int i = 0; i < x.rank(); i++) {
      shape[i + 1] = x.dimensions().get(i);
    }
    return Optional.of(
        posteriorParameters.apply(scope.tf().reshape(rows, scope.tf().constant(shape))));
  }

  @Override
  public Distribution given(LayerScope scope, int latent, Optional<Operand<TFloat32>> statistics) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> halves = Columns.parts(tf, statistics.orElseThrow(), 2);
    return new NormalMixturePrior.Mixture(
        new NormalMixture(
            tf,
            tf.constant(new float[pseudoInputs]),
            halves.get(0),
            LatentVariance.bounded(tf, halves.get(1))));
  }
}
