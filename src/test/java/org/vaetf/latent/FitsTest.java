package org.vaetf.latent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaetf.flow.InverseAutoregressiveFlow;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.PlanarFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.OneLine;

/** Posteriors, priors and numbers of dimensions that do not go together: one line says why. */
class FitsTest {
  private static final ModelConfig VAE = ModelConfig.defaults();

  @Test
  void aVampPriorNeedsPosteriorsThatAreNormal() {
    OneLine.ofConfig(
        () -> VAE.withPosteriorAndPrior(new FullGaussian(), VampPrior.defaults()),
        "posterior beside the prior vamp is full-gaussian",
        "diagonal-gaussian");
  }

  @Test
  void aLadderNeedsBothSides() {
    OneLine.ofConfig(
        () -> VAE.withPosterior(LadderPosterior.defaults()),
        "prior beside the posterior ladder is standard-normal",
        "the prior ladder");
    OneLine.ofConfig(
        () -> VAE.withPrior(LadderPrior.defaults()),
        "posterior beside the prior ladder is diagonal-gaussian",
        "the posterior ladder");
    OneLine.ofConfig(
        () -> VAE.withPosteriorAndPrior(new LadderPosterior(3, 8), new LadderPrior(2, 8)),
        "3 of the posterior",
        "2, as the prior has");
    OneLine.ofConfig(
        () ->
            VAE.withPosteriorAndPrior(new LadderPosterior(3, 8), new LadderPrior(3, 8))
                .withLatent(2),
        "latent is 2",
        "at least 3");
  }

  @Test
  void aPriorsFlowMustGoBackAndTakeNothingFromRows() {
    OneLine.ofConfig(
        () -> new FlowPrior(new PlanarFlow(2)), "planar", "followed backwards", "real-nvp");
    OneLine.ofConfig(
        () -> VAE.withPrior(new FlowPrior(new MaskedAutoregressiveFlow(2, List.of(4), 3))),
        "context of the prior's flow is 3",
        "expected 0");
    OneLine.ofConfig(
        () -> VAE.withPrior(new FlowPrior(InverseAutoregressiveFlow.defaults())),
        "context of the prior's flow is 64");
  }

  @Test
  void aCouplingNeedsTwoDimensions() {
    OneLine.ofConfig(
        () -> VAE.withPrior(FlowPrior.defaults()).withLatent(1), "latent is 1", "real-nvp");
    OneLine.ofConfig(
        () -> VAE.withPosterior(new FlowPosterior(RealNvp.defaults())).withLatent(1),
        "latent is 1",
        "real-nvp");
  }

  @Test
  void sizesOutOfRange() {
    OneLine.ofConfig(() -> new NormalMixturePrior(0), "components of the prior is 0");
    OneLine.ofConfig(() -> new VampPrior(0, VampPrior.Source.LEARNED), "pseudoInputs is 0");
    OneLine.ofConfig(() -> new VampPrior(1, null), "source of the pseudo-inputs is missing");
    OneLine.ofConfig(() -> new LadderPosterior(1, 4), "layers of the ladder is 1");
    OneLine.ofConfig(() -> new LadderPrior(2, 0), "hidden width of the ladder is 0");
    OneLine.ofConfig(() -> new FlowPosterior(null), "flow is missing");
    OneLine.ofConfig(() -> new PlanarFlow(0), "steps of a flow is 0");
    OneLine.ofConfig(() -> new RealNvp(1, List.of()), "number of a flow's hidden layers is 0");
    OneLine.ofConfig(() -> new RealNvp(1, List.of(3, 0)), "width of a flow's hidden layer is 0");
    OneLine.ofConfig(
        () -> new InverseAutoregressiveFlow(1, List.of(3), -1), "context of a flow is -1");
  }
}
