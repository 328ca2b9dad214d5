package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Json;
import org.vaetf.data.Scaling;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.CustomNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Frozen;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** A model taken out of its SavedModel is the one that was put in. */
class ExportedModelTest {
  @TempDir Path folder;

  static Stream<TinyModel> models() {
    return Stream.of(
            "ae",
            "vae",
            "factor-vae",
            "vae-iaf",
            "ladder-vae",
            "mixture-prior-vae",
            "vamp",
            "flow-prior-vae")
        .map(TinyModel::preset);
  }

  private Path export(TinyModel model, UnaryOperator<Map<String, Object>> config) {
    Path saved = folder.resolve("model");
    Manifest manifest = TinyModel.manifest(model.shape(), Scaling.none());
    ModelExport.write(
        saved,
        model.config(),
        model.weights(1),
        new Manifest(
            manifest.contract(),
            new Manifest.Library("test", "7"),
            manifest.tensorflow(),
            manifest.data(),
            manifest.classes(),
            config.apply(Json.toMap(model.config())),
            Map.of(),
            4,
            Map.of("loss", 2.5)));
    return saved;
  }

  private static ExportedModel read(Path saved) {
    try (SavedModelVae vae = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      return ExportedModel.of(vae);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void configurationAndWeightsComeBack(TinyModel model) throws IOException {
    Path saved = export(model, config -> config);
    ExportedModel found = read(saved);
    assertEquals(model.config(), found.config());
    assertEquals(saved, found.folder());
    Map<String, Array> put = model.weights(1);
    assertTrue(put.keySet().containsAll(found.weights().keySet()));
    found
        .weights()
        .forEach(
            (name, array) -> {
              assertArrayEquals(put.get(name).shape(), array.shape(), name);
              assertArrayEquals(put.get(name).values(), array.values(), name);
            });
    Path again = folder.resolve("again");
    found.writeWithPrior(again);
    assertArrayEquals(
        Files.readAllBytes(saved.resolve("saved_model.pb")),
        Files.readAllBytes(again.resolve("saved_model.pb")));
    Manifest manifest = read(again).manifest();
    assertEquals(Manifest.Library.present(), manifest.library());
    assertEquals(found.manifest().metrics(), manifest.metrics());
    assertEquals(found.manifest().seed(), manifest.seed());
  }

  @ParameterizedTest
  @ValueSource(strings = "autoencoder")
  void modelsOfEarlierVersionsComeOut(String name) throws IOException {
    Path model = Frozen.model(name, folder.resolve("model"));
    ExportedModel found = read(model);
    assertTrue(found.weights().size() > 3, found.weights().keySet().toString());
    Path again = folder.resolve("again");
    found.writeWithPrior(again);
    try (SavedModelVae before = SavedModelVae.load(model, Evaluate.ONE_THREAD);
        SavedModelVae after = SavedModelVae.load(again, Evaluate.ONE_THREAD)) {
      assertEquals(before.sample(3, 1), after.sample(3, 1));
    }
  }

  @Test
  void aModelOfPythonIsRefused() throws IOException {
    Path model = Frozen.model("python", folder.resolve("model"));
    OneLine.of(
        () -> read(model),
        model,
        "a model of vaetf (Python) 0.1.0 whose configuration cannot be read here",
        "train it again");
  }

  @Test
  void aNetworkGivenInJavaIsRefused() {
    TinyModel tiny = TinyModel.of("vae dense bernoulli");
    CustomNetwork.Body body = (scope, rows) -> rows;
    ModelConfig custom = tiny.config().withNetwork(new CustomNetwork("mine", body, body));
    Path saved = export(tiny.with(custom), config -> config);
    OneLine.of(() -> read(saved), "configuration cannot be read here", "axes that JSON can name");
  }

  @Test
  void aConfigurationThatIsNotTheGraphsIsRefused() {
    TinyModel tiny = TinyModel.of("vae dense bernoulli");
    Path latent = export(tiny, config -> Json.toMap(tiny.config().withLatent(3)));
    OneLine.of(
        () -> read(latent),
        "a configuration of 3 latent dimensions; expected 2, as the signature decode has");
    DenseNetwork wide = new DenseNetwork(List.of(4, 5), Activation.TANH);
    Path wider = export(tiny, config -> Json.toMap(tiny.config().withNetwork(wide)));
    OneLine.of(
        () -> read(wider),
        "a constant encoder.dense2.kernel of shape [4, 3]",
        "expected one of shape [4, 5]",
        "as the manifest's configuration has it");
    DenseNetwork network = new DenseNetwork(List.of(4, 3, 3), Activation.TANH);
    Path deeper = export(tiny, config -> Json.toMap(tiny.config().withNetwork(network)));
    OneLine.of(() -> read(deeper), "no constant encoder.dense3.kernel");
  }
}
