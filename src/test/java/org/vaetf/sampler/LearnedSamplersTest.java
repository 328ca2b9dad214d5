package org.vaetf.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.flow.Flow;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.testing.OneLine;

/** The samplers that learn by gradients, on points whose distribution is known. */
@Tag("slow")
class LearnedSamplersTest {
  @TempDir Path folder;
  private Path original;

  @BeforeEach
  void export() {
    original = LatentSpaces.export(LatentSpaces.model(), folder.resolve("original"));
  }

  /** z₁ normal, z₂ around z₁²: a volume-preserving bend, so its entropy is that of two normals. */
  private static Samples curved(int rows, long seed) {
    return LatentSpaces.points(rows, seed, (a, b) -> new double[] {2 * a, 5 + 2 * a * a + 0.5 * b});
  }

  /** −E log p of the curve: log 2πe + log 2 + log 0.5. */
  private static final double ENTROPY = Math.log(2 * Math.PI * Math.E);

  private void flowFollowsTheCurve(Flow flow) {
    Path place = folder.resolve("flow");
    Sampler.Fit fit =
        LatentSpaces.fit(
            new FlowSampler(flow, Latents.DRAWS, 30, 100, 0.01, 0.1),
            original,
            curved(2000, 1),
            place);
    Samples others = curved(4000, 2);
    double found = fit.density().orElseThrow().meanLog(others);
    // The best normal distribution: half the log-determinant of the curve's covariance.
    double[] moments = LatentSpaces.moments(others);
    double determinant = moments[2] * moments[4] - moments[3] * moments[3];
    double normal = -Math.log(2 * Math.PI * Math.E) - Math.log(determinant) / 2;
    assertTrue(found > normal + 0.8, "flow " + found + ", normal " + normal);
    assertTrue(found < -ENTROPY + 0.05, "no density is above the true one: " + found);
    assertTrue(found > -ENTROPY - 0.25, "flow " + found + ", true " + -ENTROPY);

    Samples drawn = LatentSpaces.drawn(place, 20_000, 3);
    double bend = 0;
    for (int i = 0; i < drawn.rows(); i++) {
      double z1 = drawn.values()[2 * i];
      double off = drawn.values()[2 * i + 1] - 5 - z1 * z1 / 2;
      bend += Math.min(off * off, 4) / drawn.rows();
    }
    // 0.25 for the curve itself; a normal distribution of its moments has above 2.
    assertTrue(bend < 0.6, "mean squared distance from the curve " + bend);
  }

  @Test
  void aMaskedAutoregressiveFlowFollowsACurve() {
    flowFollowsTheCurve(new MaskedAutoregressiveFlow(3, List.of(24), 0));
  }

  @Test
  void aRealNvpFollowsACurve() {
    flowFollowsTheCurve(new RealNvp(4, List.of(24)));
  }

  @Test
  void theSecondStageHasTheMeanAndCovarianceOfItsPoints() {
    Samples points =
        LatentSpaces.points(3000, 4, (a, b) -> new double[] {10 + 3 * a, -2 + 0.5 * a + 0.4 * b});
    Path place = folder.resolve("two-stage");
    Sampler.Fit fit =
        LatentSpaces.fit(
            new TwoStageSampler(List.of(24), Latents.DRAWS, 40, 100, 0.005, 0.1),
            original,
            points,
            place);
    double[] expected = LatentSpaces.moments(points);
    double[] found = LatentSpaces.moments(LatentSpaces.drawn(place, 50_000, 5));
    double[] units = {3, 0.64, 9, 3 * 0.64, 0.41};
    for (int i = 0; i < units.length; i++) {
      assertNear(expected[i] / units[i], found[i] / units[i], 0.12, "moment " + i);
    }
    // A bound of the mean log-density, which is minus the entropy: log 2πe + log 3 + log 0.4.
    double most = -Math.log(2 * Math.PI * Math.E) - Math.log(3 * 0.4);
    double bound = fit.metrics().get("held_out_elbo");
    assertTrue(bound < most + 0.15 && bound > most - 0.5, "bound " + bound + " of " + most);
  }

  @Test
  void aLearningRateThatIsFarTooLargeIsOneLine() {
    OneLine.of(
        () ->
            LatentSpaces.fit(
                new FlowSampler(RealNvp.defaults(), Latents.DRAWS, 3, 100, 1e30, 0.1),
                original,
                curved(300, 1),
                folder.resolve("never")),
        "the flow diverged",
        "lower learningRate");
  }
}
