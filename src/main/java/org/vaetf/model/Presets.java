package org.vaetf.model;

import java.util.List;
import org.vaetf.base.Check;
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
                  .withPosterior(new Deterministic())
                  .withLikelihood(Gaussian.defaults())
                  .withObjective(new Reconstruction())),
          new Preset(
              "vae",
              "variational autoencoder: maximises the evidence lower bound",
              "Kingma and Welling, arXiv 1312.6114; Rezende et al., arXiv 1401.4082",
              ModelConfig.defaults()),
          new Preset(
              "beta-vae",
              "weights the divergence with β (4 unless told otherwise) for disentangled dimensions",
              "Higgins et al., ICLR 2017 (openreview Sy2fzU9gl)",
              ModelConfig.defaults().withObjective(Elbo.defaults().withBeta(4))));

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
