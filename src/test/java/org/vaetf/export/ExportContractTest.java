package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Scaling;
import org.vaetf.latent.Deterministic;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** Every signature of every exported model against plain Java on its weights. */
class ExportContractTest {
  private static final double TOLERANCE = 2e-5;
  private static final int ROWS = 3;
  private static final int DRAWS = 5;

  @TempDir Path folder;

  static Stream<TinyModel> models() {
    return TinyModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everySignatureAgreesWithPlainJava(TinyModel model) {
    Map<String, Array> weights = model.weights(1);
    PlainModel plain = model.plain(weights);
    Samples x = model.data(ROWS, 2);
    Path saved = model.export(folder.resolve("model"), weights);
    try (SavedModelVae loaded = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      ScaledVae vae = loaded.scaled();
      assertEquals(model.shape(), vae.shape());
      assertEquals(model.config().latent(), vae.latent());
      assertEncodesAndDecodes(vae, plain, x, model);
      assertSamples(vae, plain);
      assertScores(vae, plain, x, model);
    }
  }

  private static void assertEncodesAndDecodes(
      ScaledVae vae, PlainModel plain, Samples x, TinyModel model) {
    RowShape point = RowShape.of(vae.latent());
    Encoding encoding = vae.encode(x);
    Samples z = model.points(ROWS, 3);
    assertNear(point, rows(x, plain::mean), encoding.mean(), TOLERANCE, "mean");
    if (model.config().posterior() instanceof Deterministic) {
      for (float value : encoding.logVariance().values()) {
        assertEquals(Float.NEGATIVE_INFINITY, value);
      }
      assertEquals(ROWS, encoding.logVariance().rows());
    } else {
      assertNear(
          point, rows(x, plain::logVariance), encoding.logVariance(), TOLERANCE, "log-variance");
    }
    assertNear(vae.shape(), rows(z, plain::decode), vae.decode(z), TOLERANCE, "decoded");
    assertNear(
        vae.shape(),
        rows(x, row -> plain.decode(plain.mean(row))),
        vae.reconstruct(x),
        TOLERANCE,
        "reconstruction");
  }

  private static void assertSamples(ScaledVae vae, PlainModel plain) {
    Generated generated = vae.sample(4, new long[] {8, 9});
    assertArrayEquals(Evaluate.normal(4, vae.latent(), 8, 9), generated.z().values());
    assertNear(
        vae.shape(), rows(generated.z(), plain::decode), generated.x(), TOLERANCE, "sampled");
  }

  /** Draw i is keyed by (seed₀, seed₁ + i). */
  private static void assertScores(ScaledVae vae, PlainModel plain, Samples x, TinyModel model) {
    Scores scores = vae.score(x, DRAWS, new long[] {10, 11});
    boolean deterministic = model.config().posterior() instanceof Deterministic;
    double[][] noise = new double[DRAWS][];
    for (int draw = 0; draw < DRAWS; draw++) {
      noise[draw] = Near.doubles(Evaluate.normal(ROWS, vae.latent(), 10, 11L + draw));
    }
    for (int row = 0; row < ROWS; row++) {
      double[] values = Near.doubles(x.row(row));
      double fit = 0;
      double[] logWeights = new double[DRAWS];
      for (int draw = 0; draw < DRAWS; draw++) {
        double[] z =
            plain.draw(
                values,
                Arrays.copyOfRange(noise[draw], row * vae.latent(), (row + 1) * vae.latent()));
        fit += plain.logDensity(values, z) / DRAWS;
        logWeights[draw] =
            plain.logDensity(values, z)
                + PlainModel.priorLogDensity(z)
                - plain.posteriorLogDensity(values, z);
      }
      assertNear(fit, scores.reconstruction()[row], TOLERANCE, "reconstruction");
      if (deterministic) {
        assertEquals(Float.POSITIVE_INFINITY, scores.kl()[row]);
        assertEquals(Float.NEGATIVE_INFINITY, scores.elbo()[row]);
        assertEquals(Float.NEGATIVE_INFINITY, scores.logLikelihood()[row]);
      } else {
        double kl = Arrays.stream(plain.divergence(values)).sum();
        assertNear(kl, scores.kl()[row], TOLERANCE, "kl");
        assertNear(fit - kl, scores.elbo()[row], TOLERANCE, "elbo");
        assertNear(
            logMeanExp(logWeights), scores.logLikelihood()[row], TOLERANCE, "log likelihood");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,7,3", "28,28,1", "33,17,3"})
  void convolutionsComeBackToExactlyTheSize(int height, int width, int channels) {
    TinyModel vae = TinyModel.of("vae convolutional per-pixel");
    TinyModel model =
        new TinyModel(
            "sizes",
            vae.config().withNetwork(new ConvolutionalNetwork(List.of(2, 3, 2), 3, Activation.ELU)),
            RowShape.image(height, width, channels));
    Map<String, Array> weights = model.weights(4);
    PlainModel plain = model.plain(weights);
    Samples x = model.data(2, 5);
    Path saved = model.export(folder.resolve("model"), weights);
    try (SavedModelVae loaded = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      assertNear(
          model.shape(),
          rows(x, row -> plain.decode(plain.mean(row))),
          loaded.scaled().reconstruct(x),
          1e-4,
          "reconstruction");
    }
  }

  @Test
  void scalingIsAppliedOnTheWayInAndUndoneOnTheWayOut() {
    TinyModel model = TinyModel.of("vae dense fixed");
    Scaling scaling =
        new Scaling(Scaling.Kind.STANDARDIZE, new float[] {10, -5}, new float[] {2, 0.5f});
    Path saved = model.export(folder.resolve("model"), model.weights(6), scaling);
    Samples raw = model.data(ROWS, 7);
    float[] scaledValues = raw.values().clone();
    for (int i = 0; i < scaledValues.length; i++) {
      scaledValues[i] = (scaledValues[i] - (i % 2 == 0 ? 10 : -5)) / (i % 2 == 0 ? 2 : 0.5f);
    }
    Samples scaled = new Samples(raw.shape(), scaledValues);
    float[] before = raw.values().clone();
    try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      assertEquals(vae.scaled().encode(scaled), vae.encode(raw));
      assertNear(
          raw.shape(),
          unscaled(vae.scaled().reconstruct(scaled)),
          vae.reconstruct(raw),
          1e-6,
          "reconstruction");
      Samples z = model.points(2, 8);
      assertNear(raw.shape(), unscaled(vae.scaled().decode(z)), vae.decode(z), 1e-6, "decoded");
      Generated sampled = vae.sample(2, 9);
      Generated scaledSampled = vae.scaled().sample(2, new long[] {9, 0});
      assertEquals(scaledSampled.z(), sampled.z());
      assertNear(raw.shape(), unscaled(scaledSampled.x()), sampled.x(), 1e-6, "sampled");
      assertArrayEquals(
          vae.scaled().score(scaled, 2, new long[] {3, 0}).elbo(), vae.score(raw, 2, 3).elbo());
      assertArrayEquals(before, raw.values(), "the caller's rows stay as they were");
    }
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws IOException {
    TinyModel model = TinyModel.of("vae convolutional learned");
    Path one = model.export(folder.resolve("one"), model.weights(1));
    Path other = model.export(folder.resolve("other"), model.weights(2));
    byte[] bytes = Files.readAllBytes(one.resolve("saved_model.pb"));
    // Several times: an order that varies can agree by chance.
    for (int i = 0; i < 4; i++) {
      Path same = model.export(folder.resolve("same"), model.weights(1));
      assertArrayEquals(bytes, Files.readAllBytes(same.resolve("saved_model.pb")));
    }
    assertFalse(Arrays.equals(bytes, Files.readAllBytes(other.resolve("saved_model.pb"))));
  }

  @Test
  void exportReplacesWhatIsThereAndLeavesNothingBeside() throws IOException {
    TinyModel model = TinyModel.of("vae linear fixed");
    Path saved = model.export(folder.resolve("model"), model.weights(1));
    byte[] first = Files.readAllBytes(saved.resolve("saved_model.pb"));
    Files.writeString(saved.resolve("left.txt"), "over");
    model.export(saved, model.weights(2));
    assertFalse(Files.exists(saved.resolve("left.txt")));
    assertFalse(Arrays.equals(first, Files.readAllBytes(saved.resolve("saved_model.pb"))));
    try (Stream<Path> beside = Files.list(folder)) {
      assertEquals(List.of(saved), beside.toList());
    }
  }

  @Test
  void sampleIsStandardNormalInTheLatentSpace() {
    TinyModel model = TinyModel.of("vae linear fixed");
    Path saved = model.export(folder.resolve("model"), model.weights(1));
    int count = 20_000;
    try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      Generated sampled = vae.sample(count, 1);
      assertEquals(count, sampled.x().rows());
      assertEquals(count, sampled.z().rows());
      assertEquals(sampled, vae.sample(count, 1));
      assertFalse(Arrays.equals(sampled.z().values(), vae.sample(count, 2).z().values()));
      assertFalse(
          Arrays.equals(
              sampled.z().values(), vae.scaled().sample(count, new long[] {1, 1}).z().values()));
      double[] moments = new double[5];
      for (int row = 0; row < count; row++) {
        double a = sampled.z().values()[2 * row];
        double b = sampled.z().values()[2 * row + 1];
        double[] terms = {a, b, a * a, b * b, a * b};
        for (int i = 0; i < terms.length; i++) {
          moments[i] += terms[i] / count;
        }
      }
      // Four standard errors: 1/√n for means and the product, √2/√n for squares.
      assertNear(new double[] {0, 0, 1, 1, 0}, moments, 4 * Math.sqrt(2.0 / count), "moments");
    }
  }

  @Test
  void oneRowAndManyGiveTheSameNumbers() {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    Path saved = model.export(folder.resolve("model"), model.weights(1));
    Samples x = model.data(33, 2);
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Samples all = vae.reconstruct(x);
      assertTrue(all.rows() == 33);
      for (int row = 0; row < 33; row++) {
        assertNear(
            all.row(row), vae.reconstruct(x.slice(row, row + 1)).values(), 1e-6, "row " + row);
      }
    }
  }

  private interface Row {
    double[] of(double[] row);
  }

  private static double[] rows(Samples samples, Row function) {
    double[][] rows = new double[samples.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = function.of(Near.doubles(samples.row(i)));
    }
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] unscaled(Samples x) {
    double[] values = Near.doubles(x.values());
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? values[i] * 2 + 10 : values[i] * 0.5 - 5;
    }
    return values;
  }

  private static double logMeanExp(double[] values) {
    double greatest = Arrays.stream(values).max().orElseThrow();
    return greatest
        + Math.log(Arrays.stream(values).map(v -> Math.exp(v - greatest)).average().orElseThrow());
  }
}
