package org.vaetf.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.Batches;
import org.vaetf.data.Binarization;
import org.vaetf.data.Scaling;
import org.vaetf.flow.Flow;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.latent.FlowPrior;
import org.vaetf.latent.Prior;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.tf.Array;
import org.vaetf.train.Minimizer;
import org.vaetf.train.UpdateRule;

/**
 * What a flow makes of the standard normal, fitted to latent points by maximum likelihood:
 * Papamakarios et al., "Masked autoregressive flow for density estimation", arXiv 1705.07057,
 * equation 2. Adam in standardized units, the learning rate falling to 0 along half a cosine; kept
 * is the epoch with the greatest mean log-density on the points held out.
 *
 * @param flow one that can be followed backwards, without a context: masked-autoregressive, which
 *     is followed in as many turns as there are dimensions to draw, or real-nvp
 * @param latents draws from the posteriors, or their means
 * @param epochs passes over the points, at least 1
 * @param batch points a step, at least 1
 * @param learningRate η at first, above 0
 * @param heldOut share of the points to choose the epoch by
 */
public record FlowSampler(
    Flow flow, Latents latents, int epochs, int batch, double learningRate, double heldOut)
    implements Sampler {
  private static final String FLOW = "flow";

  /**
   * Checks the settings.
   *
   * @param flow one that can be followed backwards, without a context
   * @param latents draws from the posteriors, or their means
   * @param epochs passes over the points, at least 1
   * @param batch points a step, at least 1
   * @param learningRate η at first, above 0
   * @param heldOut share of the points to choose the epoch by
   * @throws org.vaetf.base.ConfigException if one is missing or out of range
   */
  public FlowSampler {
    new FlowPrior(flow);
    Check.present("latents", latents);
    Check.atLeast("epochs", epochs, 1);
    Check.atLeast("batch", batch, 1);
    Check.positive("learningRate", learningRate);
    Check.fraction("heldOut", heldOut);
  }

  /**
   * A masked autoregressive flow of four maps, 100 epochs.
   *
   * @return the defaults
   */
  public static FlowSampler defaults() {
    return new FlowSampler(
        MaskedAutoregressiveFlow.defaults(), Latents.DRAWS, 100, 256, 0.001, 0.1);
  }

  @Override
  public void requireFits(ModelConfig model) {
    new FlowPrior(flow).requireFits(model.posterior(), model.latent());
  }

  @Override
  public Fit fit(LatentRows latent) {
    HeldOut rows = HeldOut.of(latent.points(), heldOut, latent.seed());
    Map<String, Double> metrics = new LinkedHashMap<>();
    Map<String, Array> weights = new LinkedHashMap<>(learned(rows, latent, metrics));
    weights.putAll(Standardized.weights(rows.scaling()));
    Bent sampler = new Bent(flow);
    return new Fit(
        Optional.of(sampler),
        weights,
        Optional.of(
            new GraphDensity(latent.model(), weights, sampler::logDensity, latent.compute())),
        metrics);
  }

  private Map<String, Array> learned(HeldOut rows, LatentRows latent, Map<String, Double> metrics) {
    Seed seed = latent.seed();
    Batches batches =
        new Batches(
            rows.units().train(), rows.batch(batch), Scaling.none(), Binarization.NONE, seed);
    Samples judges = rows.heldOut();
    int width = rows.shape().size();
    Map<String, Array> best = Map.of();
    double most = Double.NEGATIVE_INFINITY;
    long steps = (long) epochs * batches.count();
    try (Minimizer minimizer =
        new Minimizer(
            rows.shape(),
            (scope, u) -> scope.tf().math.neg(prior(flow, scope, width).logDensity(u)),
            UpdateRule.ADAM,
            seed.named("weights"),
            latent.compute())) {
      long step = 0;
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (Batch x : batches.shuffled(epoch)) {
          double rate = learningRate * (1 + Math.cos(Math.PI * step++ / steps)) / 2;
          minimizer.step(x.samples(), rate);
        }
        double nats = -minimizer.mean(judges) - Standardized.nats(rows.scaling());
        requireFinite(nats, epoch);
        latent.listener().onTurn(epoch + 1, epochs, nats);
        if (nats > most) {
          most = nats;
          best = minimizer.weights();
          metrics.put("best_epoch", epoch + 1.0);
          metrics.put("held_out_log_density", nats);
        }
      }
    }
    return best;
  }

  private void requireFinite(double nats, int epoch) {
    if (!Double.isFinite(nats)) {
      throw new VaeException(
          "the flow diverged: its mean log-density is "
              + nats
              + " after epoch "
              + (epoch + 1)
              + "; expected a finite number; lower learningRate, now "
              + learningRate);
    }
  }

  private static Prior.Distribution prior(Flow flow, LayerScope scope, int latent) {
    return new FlowPrior(flow)
        .given(scope.child(LatentSampler.PATH).child(FLOW), latent, Optional.empty());
  }

  /** The fitted flow, in the units of the latent space. */
  private record Bent(Flow flow) implements LatentSampler {

    @Override
    public int noise(int latent) {
      return latent;
    }

    @Override
    public Operand<TFloat32> draw(VaeGraph vae, Operand<TFloat32> noise) {
      return units(vae).fromUnits(standard(vae).draw(noise));
    }

    Operand<TFloat32> logDensity(VaeGraph vae, Operand<TFloat32> z) {
      Standardized units = units(vae);
      return units.logDensity(standard(vae).logDensity(units.toUnits(z)));
    }

    private Prior.Distribution standard(VaeGraph vae) {
      return prior(flow, vae.scope(), vae.config().latent());
    }

    private static Standardized units(VaeGraph vae) {
      return Standardized.in(vae.scope().child(PATH), vae.config().latent());
    }
  }
}
