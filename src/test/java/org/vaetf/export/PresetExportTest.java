package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.VampPrior;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainDraws;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/**
 * What every preset's export answers: shapes, finite numbers, the same again, and a bound below.
 */
class PresetExportTest {
  private static final int ROWS = 3;
  private static final long[] SEED = {10, 11};

  @TempDir Path folder;

  /** An export knows nothing of the objective: one preset for each of the other axes' values. */
  static Stream<TinyModel> presets() {
    Map<List<?>, TinyModel> models = new LinkedHashMap<>();
    TinyModel.presets()
        .forEach(
            model -> {
              ModelConfig config = model.config();
              models.putIfAbsent(
                  List.of(config.posterior(), config.prior(), config.likelihood()), model);
            });
    return models.values().stream();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void answersByTheContract(TinyModel model) {
    Path saved = model.export(folder.resolve("model"), model.weights(1));
    boolean point = model.config().posterior() instanceof Deterministic;
    try (SavedModelVae loaded = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      ScaledVae vae = loaded.scaled();
      RowShape latent = RowShape.of(model.config().latent());
      for (int rows : new int[] {ROWS, 1}) {
        Samples x = model.data(rows, 2);
        Encoding encoding = vae.encode(x);
        assertRows(latent, rows, encoding.mean());
        if (!point) {
          assertRows(latent, rows, encoding.logVariance());
        }
        assertEquals(encoding, vae.encode(x));
        assertRows(model.shape(), rows, vae.reconstruct(x));
        assertEquals(vae.reconstruct(x), vae.decode(encoding.mean()), "x at the posterior mean");
        Generated generated = vae.sample(rows, SEED);
        assertRows(latent, rows, generated.z());
        assertRows(model.shape(), rows, generated.x());
        assertEquals(generated, vae.sample(rows, SEED));
        assertEquals(generated.x(), vae.decode(generated.z()), "sampled from the points");
        if (!point) {
          assertScores(vae, x);
        }
      }
    }
  }

  private static void assertRows(RowShape shape, int rows, Samples found) {
    assertEquals(shape, found.shape());
    assertEquals(rows, found.rows());
    for (float value : found.values()) {
      assertTrue(Float.isFinite(value), "found " + value);
    }
  }

  /**
   * By Jensen the mean of log w is below the log of the mean; of 200 draws a divergence in closed
   * form is not far from theirs.
   */
  private static void assertScores(ScaledVae vae, Samples x) {
    Scores scores = vae.score(x, 200, SEED);
    Scores again = vae.score(x, 200, SEED);
    for (int row = 0; row < x.rows(); row++) {
      double sum = scores.reconstruction()[row] - scores.kl()[row];
      assertNear(sum, scores.elbo()[row], 1e-5, "elbo");
      assertTrue(Float.isFinite(scores.logLikelihood()[row]));
      double above = scores.elbo()[row] - scores.logLikelihood()[row];
      assertTrue(above < 0.1, "the bound is above the evidence by " + above);
    }
    assertArrayEquals(scores.elbo(), again.elbo());
    assertArrayEquals(scores.logLikelihood(), again.logLikelihood());
  }

  /** Against plain Java where the prior is a mixture of the encoder's posteriors. */
  @Test
  void scoresOfAVampPrior() {
    TinyModel model = TinyModel.preset("vamp");
    Map<String, Array> weights = model.weights(4);
    Samples x = model.data(ROWS, 5);
    int draws = 4;
    Path saved = model.export(folder.resolve("model"), weights);
    try (SavedModelVae loaded = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      Scores scores = loaded.scaled().score(x, draws, SEED);
      PlainModel plain = model.plain(weights);
      for (int row = 0; row < ROWS; row++) {
        double[] values = Near.doubles(x.row(row));
        double fit = 0;
        double kl = 0;
        double[] logWeights = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
          double[] noise = Near.doubles(Evaluate.normal(ROWS, 3, SEED[0], SEED[1] + draw));
          double[] z = plain.draw(values, Arrays.copyOfRange(noise, 3 * row, 3 * row + 3));
          double divergence = plain.posteriorLogDensity(values, z) - mixture(model, weights, z);
          fit += plain.logDensity(values, z) / draws;
          kl += divergence / draws;
          logWeights[draw] = plain.logDensity(values, z) - divergence;
        }
        assertNear(fit, scores.reconstruction()[row], 2e-5, "reconstruction");
        assertNear(kl, scores.kl()[row], 2e-5, "kl");
        assertNear(
            PlainDraws.logMeanExp(logWeights), scores.logLikelihood()[row], 2e-5, "evidence");
      }
    }
  }

  private static double mixture(TinyModel model, Map<String, Array> weights, double[] z) {
    Samples pseudo =
        new Samples(model.shape(), weights.get("prior." + VampPrior.PSEUDO_INPUTS).values());
    double[] each = new double[pseudo.rows()];
    for (int k = 0; k < each.length; k++) {
      each[k] = model.plain(weights).posteriorLogDensity(Near.doubles(pseudo.row(k)), z);
    }
    return PlainDraws.logMeanExp(each);
  }

  @Test
  void aDiscriminatorIsNoPartOfTheModel() throws IOException {
    TinyModel model = TinyModel.preset("factor-vae");
    Path saved = model.export(folder.resolve("model"), model.weights(1));
    String graph =
        new String(
            Files.readAllBytes(saved.resolve("saved_model.pb")), StandardCharsets.ISO_8859_1);
    assertTrue(graph.contains("decoder.output.kernel"));
    assertFalse(graph.contains("discriminator"));
  }
}
