package org.vaetf.model;

import java.util.List;
import org.vaetf.base.Check;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.PlanarFlow;
import org.vaetf.flow.RadialFlow;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.FlowPosterior;
import org.vaetf.latent.FlowPrior;
import org.vaetf.latent.FullGaussian;
import org.vaetf.latent.LadderPosterior;
import org.vaetf.latent.LadderPrior;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.latent.VampPrior;
import org.vaetf.likelihood.Gaussian;

/** The well-known points on the axes: one row each, with the paper it stands for. */
public final class Presets {

  /**
   * A named model.
   *
   * @param name what people write
   * @param title what it is
   * @param paper where it comes from
   * @param model the point on the axes; options and JSON may move it
   */
  public record Preset(String name, String title, String paper, ModelConfig model) {}

  private static final List<Preset> TABLE =
      List.of(
          new Preset(
              "ae",
              "autoencoder: a bottleneck and the reconstruction error alone (linear, it equals PCA)",
              "Hinton and Salakhutdinov, Science 313 (2006); Baldi and Hornik, Neural Networks 2 (1989)",
              ModelConfig.defaults()
                  .withObjective(new Reconstruction())
                  .withPosterior(new Deterministic())
                  .withLikelihood(Gaussian.defaults())),
          new Preset(
              "vae",
              "variational autoencoder: maximises the evidence lower bound",
              "Kingma and Welling, arXiv 1312.6114; Rezende et al., arXiv 1401.4082",
              ModelConfig.defaults()),
          new Preset(
              "beta-vae",
              "weights the divergence with β (4 unless told otherwise) for disentangled dimensions",
              "Higgins et al., ICLR 2017 (openreview Sy2fzU9gl)",
              ModelConfig.defaults().withObjective(Elbo.defaults().withBeta(4))),
          new Preset(
              "capacity-vae",
              "β-VAE whose divergence is held to a capacity that grows",
              "Burgess et al., arXiv 1804.03599",
              ModelConfig.defaults().withObjective(Capacity.defaults())),
          new Preset(
              "beta-tc-vae",
              "weights the total correlation alone, estimated from the batch",
              "Chen et al., arXiv 1802.04942",
              ModelConfig.defaults().withObjective(TotalCorrelation.defaults())),
          new Preset(
              "factor-vae",
              "weights the total correlation, told by a discriminator trained beside",
              "Kim and Mnih, arXiv 1802.05983",
              ModelConfig.defaults().withObjective(Factor.defaults())),
          new Preset(
              "dip-vae-i",
              "holds the covariance of the posterior means to the identity",
              "Kumar et al., arXiv 1711.00848",
              ModelConfig.defaults().withObjective(Dip.defaults())),
          new Preset(
              "dip-vae-ii",
              "holds the covariance of the draws to the identity",
              "Kumar et al., arXiv 1711.00848",
              ModelConfig.defaults().withObjective(new Dip(Dip.Version.DRAWS, 10, 10))),
          new Preset(
              "info-vae-mmd",
              "adds the maximum mean discrepancy of draws and prior",
              "Zhao et al., arXiv 1706.02262",
              ModelConfig.defaults().withObjective(Mmd.defaults())),
          new Preset(
              "wae-mmd",
              "Wasserstein autoencoder: a deterministic encoder and the discrepancy alone",
              "Tolstikhin et al., arXiv 1711.01558",
              ModelConfig.defaults()
                  .withObjective(Mmd.defaults().withWeights(1, 10))
                  .withPosterior(new Deterministic())
                  .withLikelihood(Gaussian.defaults())),
          new Preset(
              "wae-gan",
              "Wasserstein autoencoder: a discriminator holds the codes together against the prior",
              "Tolstikhin et al., arXiv 1711.01558",
              ModelConfig.defaults()
                  .withObjective(Adversarial.defaults())
                  .withPosterior(new Deterministic())
                  .withLikelihood(Gaussian.defaults())),
          new Preset(
              "aae",
              "adversarial autoencoder: a discriminator in place of the divergence",
              "Makhzani et al., arXiv 1511.05644",
              ModelConfig.defaults().withObjective(Adversarial.defaults())),
          new Preset(
              "rae-l2",
              "regularized autoencoder: small codes, and small weights of the decoder",
              "Ghosh et al., arXiv 1903.12436",
              ModelConfig.defaults()
                  .withObjective(Regularized.defaults())
                  .withPosterior(new Deterministic())
                  .withLikelihood(Gaussian.defaults())),
          new Preset(
              "rae-gp",
              "regularized autoencoder: small codes, and small slopes of the decoder",
              "Ghosh et al., arXiv 1903.12436",
              ModelConfig.defaults()
                  .withObjective(new Regularized(0.01, 0.001, Regularized.Regularizer.GRADIENT))
                  .withPosterior(new Deterministic())
                  .withLikelihood(Gaussian.defaults())),
          new Preset(
              "iwae",
              "importance-weighted bound of five draws",
              "Burda et al., arXiv 1509.00519",
              ModelConfig.defaults().withObjective(ImportanceWeighted.defaults())),
          new Preset(
              "dreg-iwae",
              "the same with the doubly reparameterized gradient",
              "Tucker et al., arXiv 1810.04152",
              ModelConfig.defaults()
                  .withObjective(
                      ImportanceWeighted.defaults()
                          .withEstimator(GradientEstimator.DOUBLY_REPARAMETERIZED))),
          new Preset(
              "miwae",
              "the mean of eight importance-weighted bounds of eight draws",
              "Rainforth et al., arXiv 1802.04537",
              ModelConfig.defaults()
                  .withObjective(ImportanceWeighted.defaults().withDraws(8).withGroups(8))),
          new Preset(
              "piwae",
              "the decoder on the bound of all draws, the encoder on the mean of eight bounds",
              "Rainforth et al., arXiv 1802.04537",
              ModelConfig.defaults().withObjective(PartiallyImportanceWeighted.defaults())),
          new Preset(
              "ciwae",
              "importance-weighted bound of 64 draws and the ELBO, mixed with β = 0.05",
              "Rainforth et al., arXiv 1802.04537",
              ModelConfig.defaults()
                  .withObjective(ImportanceWeighted.defaults().withDraws(64).withElboWeight(0.05))),
          new Preset(
              "renyi-vae",
              "variational Rényi bound, α = 0.5",
              "Li and Turner, arXiv 1602.02311",
              ModelConfig.defaults().withObjective(Renyi.defaults())),
          new Preset(
              "cvae",
              "conditional: encoder and decoder are given each row's label",
              "Sohn et al., NIPS 2015; Kingma et al., arXiv 1406.5298",
              ModelConfig.defaults().withCondition(Labels.defaults())),
          new Preset(
              "vae-full",
              "posterior with a full covariance",
              "Kingma and Welling, arXiv 1906.02691, section 2.5.1",
              ModelConfig.defaults().withPosterior(new FullGaussian())),
          new Preset(
              "vae-planar",
              "posterior bent by ten planar maps",
              "Rezende and Mohamed, arXiv 1505.05770",
              ModelConfig.defaults().withPosterior(new FlowPosterior(PlanarFlow.defaults()))),
          new Preset(
              "vae-radial",
              "posterior bent by ten radial maps",
              "Rezende and Mohamed, arXiv 1505.05770",
              ModelConfig.defaults().withPosterior(new FlowPosterior(RadialFlow.defaults()))),
          new Preset(
              "vae-iaf",
              "posterior bent by an inverse autoregressive flow",
              "Kingma et al., arXiv 1606.04934",
              ModelConfig.defaults().withPosterior(FlowPosterior.defaults())),
          new Preset(
              "ladder-vae",
              "two latent layers, up by the data and down along the prior",
              "Sønderby et al., arXiv 1602.02282",
              ModelConfig.defaults()
                  .withPosteriorAndPrior(LadderPosterior.defaults(), LadderPrior.defaults())),
          new Preset(
              "mixture-prior-vae",
              "prior a learned mixture of normal distributions",
              "Tomczak and Welling, arXiv 1705.07120, section 2",
              ModelConfig.defaults().withPrior(NormalMixturePrior.defaults())),
          new Preset(
              "vamp",
              "VampPrior: a mixture of the posteriors of learned pseudo-inputs",
              "Tomczak and Welling, arXiv 1705.07120",
              ModelConfig.defaults().withPrior(VampPrior.defaults())),
          new Preset(
              "flow-prior-vae",
              "prior a standard normal bent by affine couplings",
              "Chen et al., arXiv 1611.02731; Dinh et al., arXiv 1605.08803",
              ModelConfig.defaults().withPrior(FlowPrior.defaults())),
          new Preset(
              "maf-prior-vae",
              "prior a standard normal bent by a masked autoregressive flow",
              "Papamakarios et al., arXiv 1705.07057; Chen et al., arXiv 1611.02731",
              ModelConfig.defaults()
                  .withPrior(new FlowPrior(MaskedAutoregressiveFlow.defaults()))));

  private Presets() {}

  /**
   * Every preset.
   *
   * @return in the order of the documentation
   */
  public static List<Preset> all() {
    return TABLE;
  }

  /**
   * The preset of a name.
   *
   * @param name what people write
   * @return its row
   * @throws org.vaetf.base.ConfigException if there is none; the message lists those there are
   */
  public static Preset of(String name) {
    Check.known("preset", name, TABLE.stream().map(Preset::name).toList());
    return TABLE.stream().filter(preset -> preset.name().equals(name)).findFirst().orElseThrow();
  }
}
