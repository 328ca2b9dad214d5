package org.vaetf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.export.Encoding;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.sampler.FlowSampler;
import org.vaetf.sampler.Latents;
import org.vaetf.sampler.NormalMixtureSampler;
import org.vaetf.sampler.Sampler;
import org.vaetf.sampler.SamplerFit;
import org.vaetf.sampler.TwoStageSampler;
import org.vaetf.sampler.VampSampler;
import org.vaetf.testing.Readme;
import org.vaetf.train.DataConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;

/**
 * Java and Python on each other's models, every number of every signature within 2e-5. Needs the
 * Python that the environment variable {@code VAETF_PYTHON} names, with tools/requirements.txt.
 */
class PythonInteropIT {
  private static final Path TOOLS = Path.of("tools");

  @TempDir Path folder;

  static Stream<RunConfig> models() {
    RunConfig dense =
        of("vae", model -> model.withNetwork(new DenseNetwork(List.of(16), Activation.GELU)));
    RunConfig autoencoder =
        of("ae", model -> model.withNetwork(new DenseNetwork(List.of(16, 8), Activation.TANH)));
    RunConfig convolutional =
        of(
            "beta-vae",
            model ->
                model
                    .withNetwork(new ConvolutionalNetwork(List.of(3, 4), 8, Activation.LEAKY_RELU))
                    .withLikelihood(new Gaussian(Spread.PER_PIXEL, 1)));
    RunConfig conditional =
        of("cvae", model -> model.withNetwork(new DenseNetwork(List.of(16), Activation.SWISH)));
    return Stream.of(
        dense,
        autoencoder,
        conditional,
        convolutional.withData(convolutional.data().withScaling(Scaling.Kind.STANDARDIZE)));
  }

  private static RunConfig of(String preset, UnaryOperator<ModelConfig> change) {
    RunConfig config = RunConfig.of(preset);
    return config
        .withModel(change.apply(config.model().withLatent(3)))
        .withData(DataConfig.of(DataRequest.of("shapes:count=200,size=11")))
        .withTraining(config.training().withEpochs(2).withBatch(32).withSeed(5));
  }

  @ParameterizedTest
  @MethodSource("models")
  void pythonComputesWhatJavaDoes(RunConfig config) throws Exception {
    Python.require();
    Path run = folder.resolve("run");
    try (DataSplit data = config.data().open(1)) {
      Trainer.of(config).run(run, false, data);
      Cases scaled = new Cases();
      Cases stored = new Cases();
      try (SavedModelVae vae = SavedModelVae.load(run)) {
        for (int rows : List.of(1, 5)) {
          Samples raw = data.test().slice(0, rows);
          float[] values = raw.values().clone();
          vae.manifest().data().scaling().apply(values);
          Optional<int[]> labels =
              vae.isConditional()
                  ? data.test().labels().map(all -> Arrays.copyOf(all, rows))
                  : Optional.empty();
          addScaled(scaled, vae.scaled(), new Batch(new Samples(raw.shape(), values), labels));
          addStored(stored, vae, new Batch(raw, labels));
        }
      }
      scaled.writeTo(folder.resolve("scaled.json"));
      stored.writeTo(folder.resolve("stored.json"));
    }
    python(
        TOOLS.resolve("interop").resolve("check_export.py").toString(),
        run.resolve("saved_model").toString(),
        folder.resolve("scaled.json").toString());
    python(
        TOOLS.resolve("interop").resolve("check_loader.py").toString(),
        run.toString(),
        folder.resolve("stored.json").toString());
  }

  static Stream<Sampler> samplers() {
    return Stream.of(
        new NormalMixtureSampler(4, Latents.DRAWS, 1e-6, 50, 1e-4),
        new FlowSampler(
            new MaskedAutoregressiveFlow(2, List.of(8), 0), Latents.DRAWS, 2, 32, 0.01, 0.1),
        new TwoStageSampler(List.of(8), Latents.MEANS, 2, 32, 0.01, 0.1),
        new VampSampler(20));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void pythonDrawsFromASamplerWhatJavaDoes(Sampler sampler) throws Exception {
    Python.require();
    RunConfig config =
        of("vae", model -> model.withNetwork(new DenseNetwork(List.of(8), Activation.TANH)));
    Path run = folder.resolve("run");
    Path model = folder.resolve("model");
    Cases scaled = new Cases();
    Cases stored = new Cases();
    try (DataSplit data = config.data().open(1)) {
      Trainer.of(config).run(run, false, data);
      try (SavedModelVae vae = SavedModelVae.load(run)) {
        SamplerFit.of(sampler).fit(ExportedModel.of(vae), data).writeTo(model);
      }
      try (SavedModelVae vae = SavedModelVae.load(model)) {
        for (int rows : List.of(1, 40)) {
          Samples raw = data.train().slice(0, rows);
          float[] values = raw.values().clone();
          vae.manifest().data().scaling().apply(values);
          addScaled(
              scaled, vae.scaled(), new Batch(new Samples(raw.shape(), values), Optional.empty()));
          addStored(stored, vae, new Batch(raw, Optional.empty()));
        }
      }
    }
    scaled.writeTo(folder.resolve("scaled.json"));
    stored.writeTo(folder.resolve("stored.json"));
    python(
        TOOLS.resolve("interop").resolve("check_export.py").toString(),
        model.toString(),
        folder.resolve("scaled.json").toString());
    python(
        TOOLS.resolve("interop").resolve("check_loader.py").toString(),
        model.toString(),
        folder.resolve("stored.json").toString());
  }

  static void addScaled(Cases cases, ScaledVae vae, Batch rows) {
    int count = rows.samples().rows();
    Map<String, Object> justX = Cases.inputs(rows, Map.of("x", Cases.rows(rows.samples())));
    Encoding encoding = vae.encode(rows);
    cases.add("encode", justX, encoded(encoding));
    Samples reconstruction = vae.reconstruct(rows);
    for (String name : List.of("reconstruct", "serving_default")) {
      cases.add(name, justX, Map.of("reconstruction", Cases.rows(reconstruction)));
    }
    Batch z = new Batch(encoding.mean(), rows.labels());
    cases.add(
        "decode",
        Cases.inputs(rows, Map.of("z", Cases.rows(z.samples()))),
        Map.of("x", Cases.rows(vae.decode(z))));
    long[] seed = {-7, count};
    Generated sampled =
        rows.labels()
            .map(labels -> vae.sample(labels, seed))
            .orElseGet(() -> vae.sample(count, seed));
    cases.add(
        "sample",
        Cases.inputs(rows, Map.of("count", Cases.int32(count), "seed", Cases.pair(seed))),
        Map.of("x", Cases.rows(sampled.x()), "z", Cases.rows(sampled.z())));
    Map<String, Object> drawn = Map.of("samples", Cases.int32(20), "seed", Cases.pair(seed));
    cases.add("score", Cases.and(justX, drawn), scored(vae.score(rows, 20, seed)));
  }

  private static void addStored(Cases cases, SavedModelVae vae, Batch rows) {
    int count = rows.samples().rows();
    Encoding encoding = vae.encode(rows);
    Map<String, Object> justX = Cases.inputs(rows, Map.of("x", Cases.rows(rows.samples())));
    cases.add("encode", justX, encoded(encoding));
    cases.add("reconstruct", justX, Map.of("reconstruction", Cases.rows(vae.reconstruct(rows))));
    Batch z = new Batch(encoding.mean(), rows.labels());
    cases.add(
        "decode",
        Cases.inputs(rows, Map.of("z", Cases.rows(z.samples()))),
        Map.of("x", Cases.rows(vae.decode(z))));
    Generated sampled =
        rows.labels().map(labels -> vae.sample(labels, 9)).orElseGet(() -> vae.sample(count, 9));
    cases.add(
        "sample",
        Cases.inputs(rows, Map.of("count", Cases.int32(count), "seed", Cases.int64(9))),
        Map.of("x", Cases.rows(sampled.x()), "z", Cases.rows(sampled.z())));
    Map<String, Object> drawn = Map.of("samples", Cases.int32(7), "seed", Cases.int64(9));
    cases.add("score", Cases.and(justX, drawn), scored(vae.score(rows, 7, 9)));
  }

  private static Map<String, Object> encoded(Encoding encoding) {
    return Map.of(
        "mean", Cases.rows(encoding.mean()), "log_variance", Cases.rows(encoding.logVariance()));
  }

  private static Map<String, Object> scored(Scores scores) {
    return Map.of(
        "elbo", Cases.row(scores.elbo()),
        "reconstruction", Cases.row(scores.reconstruction()),
        "kl", Cases.row(scores.kl()),
        "log_likelihood", Cases.row(scores.logLikelihood()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "conv", "conditional"})
  void javaComputesWhatPythonDoes(String network) throws Exception {
    Python.require();
    Path model = folder.resolve("model");
    Path file = folder.resolve("cases.json");
    python(
        TOOLS.resolve("interop").resolve("make_model.py").toString(),
        model.toString(),
        file.toString(),
        "--network",
        network);
    try (SavedModelVae loaded = SavedModelVae.load(model)) {
      assertEquals(3, loaded.latent());
      Cases.check(Cases.read(file), loaded.scaled());
    }
  }

  @Test
  void theReadmesExampleRuns() throws Exception {
    Python.require();
    List<String> examples = Readme.blocks("python");
    assertEquals(1, examples.size(), "Python examples in the README");
    python(
        "-c",
        "import sys\nsys.path.insert(0, 'tools/python')\n"
            + examples.get(0)
            + "\nassert pictures.shape == (16, 28, 28, 1) and mean.shape == (16, 2)\n"
            + "assert (nats['log_likelihood'] >= nats['elbo'] - 1).all()\n");
  }

  @Test
  void pythonsOwnTestsPass() throws Exception {
    Python.require();
    python("-m", "pytest", "-q", "-p", "no:cacheprovider", TOOLS.resolve("python").toString());
  }

  private void python(String... arguments) throws IOException, InterruptedException {
    Python.run(folder, arguments);
  }
}
