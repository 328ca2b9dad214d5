package org.vaetf.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSplit;
import org.vaetf.export.Encoding;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Manifest;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.LinearNetwork;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** Samplers fitted to models, written into their SavedModels and drawn from there. */
class ExportedSamplersTest {
  private final TinyModel tiny = LatentSpaces.model();

  @TempDir Path folder;
  private Path original;

  @BeforeEach
  void export() {
    original = LatentSpaces.export(tiny, folder.resolve("original"));
  }

  static Stream<Sampler> samplers() {
    return Stream.of(
        new NormalMixtureSampler(3, Latents.DRAWS, 1e-6, 50, 1e-4),
        new NormalMixtureSampler(2, Latents.MEANS, 1e-6, 50, 1e-4),
        new FlowSampler(new RealNvp(2, List.of(6)), Latents.DRAWS, 2, 16, 0.01, 0.2),
        new FlowSampler(
            new MaskedAutoregressiveFlow(2, List.of(6), 0), Latents.MEANS, 2, 16, 0.01, 0),
        new TwoStageSampler(List.of(6), Latents.DRAWS, 2, 16, 0.01, 0.2),
        new VampSampler(10));
  }

  private FittedSampler fit(Sampler sampler, long seed, int threads) {
    try (DataSplit data = LatentSpaces.data(tiny, 40, 10)) {
      return SamplerFit.of(sampler)
          .withSeed(seed)
          .withCompute(new Compute(Device.CPU, threads))
          .fit(LatentSpaces.read(original), data);
    }
  }

  private static byte[] graph(Path saved) throws IOException {
    return Files.readAllBytes(saved.resolve("saved_model.pb"));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void sampleIsTheSamplersAndAllElseTheModels(Sampler sampler) throws IOException {
    Path place = folder.resolve("with-sampler");
    fit(sampler, 7, 1).writeTo(place);
    Samples x = tiny.data(5, 4);
    try (SavedModelVae before = SavedModelVae.load(original, Evaluate.ONE_THREAD);
        SavedModelVae after = SavedModelVae.load(place, Evaluate.ONE_THREAD)) {
      Encoding encoding = before.encode(x);
      assertEquals(encoding, after.encode(x));
      assertEquals(before.reconstruct(x), after.reconstruct(x));
      assertEquals(before.decode(encoding.mean()), after.decode(encoding.mean()));
      Scores scores = before.score(x, 3, 2);
      assertArrayEquals(scores.elbo(), after.score(x, 3, 2).elbo());
      assertArrayEquals(scores.logLikelihood(), after.score(x, 3, 2).logLikelihood());

      Samples z = after.points(6, 1, 0);
      assertEquals(6, z.rows());
      assertNotEquals(before.points(6, 1, 0), z);
      assertEquals(z, after.sample(6, 1).z());
      assertEquals(after.decode(z), after.sample(6, 1).x());

      assertNull(before.manifest().sampler());
      Manifest.Sampler told = after.manifest().sampler();
      assertEquals(Json.toMap(sampler), told.settings());
      assertEquals(40, told.rows());
      assertEquals(7, told.seed());
      assertEquals("train rows", told.data());
      assertEquals(before.manifest().metrics(), after.manifest().metrics());
      assertEquals(before.manifest().model(), after.manifest().model());
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aSeedDecidesEveryByteWhateverTheThreads(Sampler sampler) throws IOException {
    fit(sampler, 7, 1).writeTo(folder.resolve("one"));
    fit(sampler, 7, 3).writeTo(folder.resolve("same"));
    fit(sampler, 8, 1).writeTo(folder.resolve("other"));
    assertArrayEquals(graph(folder.resolve("one")), graph(folder.resolve("same")));
    assertFalse(
        Arrays.equals(graph(folder.resolve("one")), graph(folder.resolve("other"))), "other seed");
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void settingsAreJson(Sampler sampler) {
    String text = Json.write(Json.toMap(sampler));
    assertEquals(sampler, Json.read("settings", text, Sampler.class));
    OneLine.ofData(
        () -> Json.read("settings", text.replaceFirst("\\{", "{\"colour\": 1,"), Sampler.class),
        "unknown key 'colour'",
        "expected one of");
  }

  @Test
  void thePriorBringsTheFirstFileBack() throws IOException {
    Path place = folder.resolve("model");
    fit(NormalMixtureSampler.defaults(), 1, 1).writeTo(place);
    try (DataSplit data = LatentSpaces.data(tiny, 40, 10)) {
      SamplerFit.of(new PriorSampler()).fit(LatentSpaces.read(place), data).writeTo(place);
    }
    assertArrayEquals(graph(original), graph(place));
    try (SavedModelVae vae = SavedModelVae.load(place, Evaluate.ONE_THREAD)) {
      assertNull(vae.manifest().sampler());
    }
  }

  /** A sampler on a model that has one replaces it: no weight of the first is left. */
  @Test
  void aSecondSamplerReplacesTheFirst() throws IOException {
    Path twice = folder.resolve("twice");
    fit(new VampSampler(10), 1, 1).writeTo(twice);
    try (DataSplit data = LatentSpaces.data(tiny, 40, 10)) {
      NormalMixtureSampler mixture = NormalMixtureSampler.defaults();
      SamplerFit.of(mixture).withSeed(2).fit(LatentSpaces.read(twice), data).writeTo(twice);
      fit(mixture, 2, 1).writeTo(folder.resolve("once"));
    }
    assertArrayEquals(graph(folder.resolve("once")), graph(twice));
  }

  /** A component by Φ of the last column, z = μ + L ε. */
  @Test
  void aMixturesDrawsAreThoseOfPlainJava() {
    double[] weights = {0.2, 0.5, 0.3};
    double[][] means = {{1, -2}, {0, 3}, {-5, 0}};
    double[][] factors = {{1, 0, 0.5, 0.25}, {2, 0, -1, 0.5}, {0.125, 0, 0, 3}};
    FullMixture mixture = new FullMixture(List.of(0.2, 0.5, 0.3), List.of(means), List.of(factors));
    Path place = folder.resolve("mixture");
    LatentSpaces.read(original)
        .write(
            place,
            new MixtureDraw(3),
            MixtureDraw.weights(mixture),
            new Manifest.Sampler(Map.of(), 0, "", "", 0, Map.of()));
    int rows = 500;
    float[] noise = Evaluate.normal(rows, 3, 6, 0);
    double[] expected = new double[2 * rows];
    int[] count = new int[3];
    for (int row = 0; row < rows; row++) {
      double uniform = phi(noise[3 * row + 2]);
      int k = uniform < weights[0] ? 0 : uniform < weights[0] + weights[1] ? 1 : 2;
      count[k]++;
      for (int i = 0; i < 2; i++) {
        expected[2 * row + i] =
            means[k][i]
                + factors[k][2 * i] * noise[3 * row]
                + factors[k][2 * i + 1] * noise[3 * row + 1];
      }
    }
    assertTrue(count[0] > 50 && count[1] > 50 && count[2] > 50, "all components are drawn");
    assertNear(expected, LatentSpaces.drawn(place, rows, 6).values(), 1e-5, "z");
  }

  /** u from the first columns of noise, z = (u W + b + σ ε) scale + shift. */
  @Test
  void aSecondStagesDrawsAreThoseOfPlainJava() {
    ModelConfig second =
        ModelConfig.defaults()
            .withNetwork(new LinearNetwork())
            .withLatent(2)
            .withLikelihood(new Gaussian(Spread.LEARNED, 1));
    float[] kernel = {0.5f, -1, 2, 0.25f};
    float[] bias = {1, -1};
    float[] scale = {3, 0.5f};
    float[] shift = {10, -20};
    float logVariance = -1.5f;
    Path place = folder.resolve("two-stage");
    LatentSpaces.read(original)
        .write(
            place,
            new SecondStage(second),
            Map.of(
                "sampler.decoder.output.kernel", new Array(new long[] {2, 2}, kernel),
                "sampler.decoder.output.bias", new Array(new long[] {2}, bias),
                "sampler.likelihood.log_variance",
                    new Array(new long[0], new float[] {logVariance}),
                "sampler.scale", new Array(new long[] {2}, scale),
                "sampler.shift", new Array(new long[] {2}, shift)),
            new Manifest.Sampler(Map.of(), 0, "", "", 0, Map.of()));
    int rows = 100;
    float[] noise = Evaluate.normal(rows, 4, 6, 0);
    double deviation = Math.exp((-10 + Math.log1p(Math.exp(logVariance + 10))) / 2);
    double[] expected = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 2; i++) {
        double mean = noise[4 * row] * kernel[i] + noise[4 * row + 1] * kernel[2 + i] + bias[i];
        double unit = mean + deviation * noise[4 * row + 2 + i];
        expected[2 * row + i] = unit * scale[i] + shift[i];
      }
    }
    assertNear(expected, LatentSpaces.drawn(place, rows, 6).values(), 1e-5, "z");
  }

  /** The sum of a series; Abramowitz and Stegun 26.2.11. */
  private static double phi(double x) {
    double term = x;
    double sum = x;
    for (int i = 3; i < 300; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  @Test
  void drawsHaveTheFittedMixturesMeanAndCovariance() {
    Samples points =
        LatentSpaces.points(
            2000, 1, (a, b) -> new double[] {a > 0 ? 3 + a : -2 + 0.5 * a, b + 0.7 * a});
    Path place = folder.resolve("mixture");
    NormalMixtureSampler sampler = new NormalMixtureSampler(4, Latents.DRAWS, 1e-6, 200, 1e-6);
    LatentSpaces.fit(sampler, original, points, place);
    int count = 100_000;
    double[] expected = LatentSpaces.moments(points);
    double[] found = LatentSpaces.moments(LatentSpaces.drawn(place, count, 2));
    // Expectation maximization keeps the rows' mean and covariance: a turn's mixture has them, but
    // for the ridge. Four standard errors of a product of variances below 9.
    assertNear(expected, found, 4 * 9 * Math.sqrt(2.0 / count), "moments");
  }

  /** With as many rows as there are, each component is a row, in order. */
  @Test
  void vampDrawsFromTheRowsPosteriors() {
    int rows = 8;
    Path place = folder.resolve("vamp");
    try (DataSplit data = LatentSpaces.data(tiny, rows, 2)) {
      FittedSampler fitted =
          SamplerFit.of(new VampSampler(rows)).fit(LatentSpaces.read(original), data);
      fitted.writeTo(place);
      Samples x = data.train().slice(0, rows);
      int count = 200;
      float[] noise = Evaluate.normal(count, 3, 4, 0);
      double[] expected = new double[2 * count];
      try (SavedModelVae vae = SavedModelVae.load(place, Evaluate.ONE_THREAD)) {
        Encoding encoding = vae.encode(x);
        for (int i = 0; i < count; i++) {
          int row = (int) (phi(noise[3 * i + 2]) * rows);
          for (int j = 0; j < 2; j++) {
            expected[2 * i + j] =
                encoding.mean().row(row)[j]
                    + Math.exp(encoding.logVariance().row(row)[j] / 2) * noise[3 * i + j];
          }
        }
      }
      assertNear(expected, LatentSpaces.drawn(place, count, 4).values(), 1e-5, "z");
      assertTrue(fitted.metrics().containsKey(SamplerFit.TEST_LOG_DENSITY));
    }
  }

  /** Whatever the posterior, and beside a prior of any sort. */
  @ParameterizedTest
  @ValueSource(strings = {"vae-full", "vae-iaf", "ladder-vae", "vamp", "maf-prior-vae"})
  void samplersFitModelsOfEveryFamily(String preset) {
    TinyModel model = TinyModel.preset(preset);
    Path saved = LatentSpaces.export(model, folder.resolve(preset));
    for (Sampler sampler :
        List.of(new VampSampler(5), new NormalMixtureSampler(2, Latents.DRAWS, 1e-3, 20, 1e-3))) {
      Path place = folder.resolve("with-sampler");
      try (DataSplit data = LatentSpaces.data(model, 30, 5)) {
        SamplerFit.of(sampler).fit(LatentSpaces.read(saved), data).writeTo(place);
      }
      Samples z = LatentSpaces.drawn(place, 50, 1);
      assertEquals(model.config().latent(), z.shape().size());
      for (float value : z.values()) {
        assertTrue(Float.isFinite(value), preset + " " + sampler);
      }
    }
  }

  @Test
  void latentPointsAreDrawsOrMeans() {
    ExportedModel model = LatentSpaces.read(original);
    try (DataSplit data = LatentSpaces.data(tiny, 300, 1);
        PosteriorEncoder encoder = new PosteriorEncoder(model, Evaluate.ONE_THREAD);
        SavedModelVae vae = SavedModelVae.load(original, Evaluate.ONE_THREAD)) {
      Encoding encoding = vae.encode(data.train().slice(0, 300));
      Samples means = encoder.points(data.train(), Latents.MEANS, new Seed(1));
      assertNear(encoding.mean().values(), means.values(), 1e-6, "means");
      Samples draws = encoder.points(data.train(), Latents.DRAWS, new Seed(1));
      double squares = 0;
      for (int i = 0; i < 600; i++) {
        double standard =
            (draws.values()[i] - means.values()[i])
                / Math.exp(encoding.logVariance().values()[i] / 2);
        squares += standard * standard / 600;
      }
      assertNear(1, squares, 4 * Math.sqrt(2.0 / 600), "variance of the draws");
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    TinyModel autoencoder = TinyModel.of("ae dense fixed");
    Path saved = LatentSpaces.export(autoencoder, folder.resolve("ae"));
    try (DataSplit data = LatentSpaces.data(autoencoder, 20, 5)) {
      ExportedModel model = LatentSpaces.read(saved);
      OneLine.ofConfig(
          () -> SamplerFit.of(VampSampler.defaults()).fit(model, data),
          "posterior beside the sampler vamp is deterministic",
          "use normal-mixture");
      OneLine.ofConfig(
          () ->
              SamplerFit.of(new NormalMixtureSampler(21, Latents.DRAWS, 0, 1, 0)).fit(model, data),
          "components is 21; expected at most 20");
      // An autoencoder's codes are what such samplers are made for.
      FittedSampler fitted =
          SamplerFit.of(new NormalMixtureSampler(2, Latents.DRAWS, 1e-6, 50, 1e-4))
              .fit(model, data);
      assertTrue(Double.isFinite(fitted.metrics().get(SamplerFit.TRAIN_LOG_DENSITY)));
    }
    try (DataSplit data = LatentSpaces.data(tiny, 20, 5)) {
      OneLine.ofConfig(
          () -> SamplerFit.of(new VampSampler(21)).fit(LatentSpaces.read(original), data),
          "rows is 21; expected at most 20");
    }
  }
}
