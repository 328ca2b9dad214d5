package org.vaetf.latent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * The posterior of a hierarchy: on the way up, dense layers give each latent layer a normal with
 * mean μ̂ and variance σ̂²; on the way down, each but the highest is joined with the prior's normal
 * given the layer above, weighted by their precisions: {@code σ² = 1 / (σ̂⁻² + σ_p⁻²)}, {@code μ =
 * σ² (μ̂ σ̂⁻² + μ_p σ_p⁻²)}. Sønderby et al., "Ladder variational autoencoders", arXiv 1602.02282,
 * the precision-weighted combination of bottom-up and top-down inference. Mean and variance have no
 * closed form: see {@link EstimatedMoments}.
 *
 * @param layers as many as of the {@link LadderPrior} it goes with, at least 2
 * @param hidden width of the dense layers on the way up
 */
public record LadderPosterior(int layers, int hidden) implements Posterior {

  /**
   * Checks the sizes.
   *
   * @param layers as many as of the prior, at least 2
   * @param hidden width of the dense layers on the way up
   * @throws ConfigException if one is out of range
   */
  public LadderPosterior {
    Check.atLeast("layers of the ladder", layers, 2);
    Check.atLeast("hidden width of the ladder", hidden, 1);
  }

  /**
   * Two layers with 128 between them.
   *
   * @return the defaults
   */
  public static LadderPosterior defaults() {
    return new LadderPosterior(2, 128);
  }

  @Override
  public void requireFits(Prior prior, int latent) {
    if (!(prior instanceof LadderPrior)) {
      throw new ConfigException(
          "prior beside the posterior ladder",
          Kinds.describe(Prior.class, prior),
          "the prior ladder");
    }
  }

  /** Means of all layers from the lowest, then their log-variances. */
  @Override
  public Operand<TFloat32> parameters(LayerScope scope, Operand<TFloat32> features, int latent) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> means = new ArrayList<>();
    List<Operand<TFloat32>> logVariances = new ArrayList<>();
    Operand<TFloat32> up = features;
    int layer = 1;
    for (int width : Ladder.widths(latent, layers)) {
      LayerScope rung = scope.child("layer" + layer);
      if (layer > 1) {
        up = Dense.apply(rung.child("dense"), up, hidden, Activation.TANH);
      }
      List<Operand<TFloat32>> halves =
          Columns.parts(tf, Dense.linear(rung.child("output"), up, 2L * width), 2);
      means.add(halves.get(0));
      logVariances.add(halves.get(1));
      layer++;
    }
    List<Operand<TFloat32>> all = new ArrayList<>(means);
    all.addAll(logVariances);
    return tf.concat(all, tf.constant(1));
  }

  @Override
  public Conditional given(
      LayerScope scope, Operand<TFloat32> parameters, int latent, Prior.Distribution prior) {
    return new Climbing(scope.tf(), parameters, latent, (LadderPrior.Hierarchy) prior);
  }

  private record Climbing(
      Ops tf, Operand<TFloat32> parameters, int latent, LadderPrior.Hierarchy prior)
      implements Conditional {

    @Override
    public Draw draw(Operand<TFloat32> noise) {
      return draw(parameters, noise);
    }

    private Draw draw(Operand<TFloat32> rows, Operand<TFloat32> noise) {
      List<Operand<TFloat32>> halves = Columns.parts(tf, rows, 2);
      List<Operand<TFloat32>> means = prior.split(halves.get(0));
      List<Operand<TFloat32>> logVariances = prior.split(LatentVariance.bounded(tf, halves.get(1)));
      List<Operand<TFloat32>> parts = prior.split(noise);
      List<Operand<TFloat32>> drawn = new ArrayList<>();
      List<Operand<TFloat32>> densities = new ArrayList<>();
      for (int layer = prior.top(); layer >= 0; layer--) {
        LadderPrior.Hierarchy.Normal up =
            new LadderPrior.Hierarchy.Normal(means.get(layer), logVariances.get(layer));
        LadderPrior.Hierarchy.Normal normal =
            layer == prior.top() ? up : joined(up, prior.below(layer, drawn.get(drawn.size() - 1)));
        Operand<TFloat32> deviation =
            tf.math.exp(tf.math.mul(tf.constant(0.5f), normal.logVariance()));
        Operand<TFloat32> z = tf.math.add(normal.mean(), tf.math.mul(deviation, parts.get(layer)));
        drawn.add(z);
        densities.add(
            Columns.sum(tf, NormalDensity.log(tf, z, normal.mean(), normal.logVariance())));
      }
      Collections.reverse(drawn);
      return new Draw(tf.concat(drawn, tf.constant(1)), tf.math.addN(densities));
    }

    /**
     * With a = −log σ̂² and b = −log σ_p²: log σ² = −b − softplus(a − b), and μ̂'s part is σ(a −
     * b).
     */
    private LadderPrior.Hierarchy.Normal joined(
        LadderPrior.Hierarchy.Normal up, LadderPrior.Hierarchy.Normal down) {
      Operand<TFloat32> surer = tf.math.sub(down.logVariance(), up.logVariance());
      Operand<TFloat32> mean =
          tf.math.add(
              down.mean(),
              tf.math.mul(tf.math.sigmoid(surer), tf.math.sub(up.mean(), down.mean())));
      return new LadderPrior.Hierarchy.Normal(
          mean, tf.math.sub(down.logVariance(), tf.math.softplus(surer)));
    }

    private EstimatedMoments moments() {
      return EstimatedMoments.of(tf, parameters, latent, (rows, noise) -> draw(rows, noise).z());
    }

    @Override
    public Operand<TFloat32> mean() {
      return moments().mean();
    }

    @Override
    public Operand<TFloat32> logVariance() {
      return moments().logVariance();
    }

    @Override
    public Optional<Operand<TFloat32>> divergence() {
      return Optional.empty();
    }
  }
}
