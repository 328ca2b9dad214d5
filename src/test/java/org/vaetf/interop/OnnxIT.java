package org.vaetf.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.train.DataConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;

/**
 * What {@code tools/onnx/convert.py} makes of a model computes in onnxruntime what Java does, every
 * number of encode, decode and reconstruct within 1e-5.
 */
class OnnxIT {
  private static final String SHAPES = "shapes:count=60,size=11";

  @TempDir Path folder;

  @Test
  void onnxruntimeComputesWhatJavaDoes() throws Exception {
    Python.require();
    Map<String, RunConfig> models = new LinkedHashMap<>();
    models.put("dense", of("vae", dense(Activation.GELU)));
    models.put("autoencoder", of("ae", dense(Activation.TANH)));
    models.put("conditional", of("cvae", dense(Activation.SWISH)));
    models.put("autoregressive", of("vae-iaf", dense(Activation.ELU)));
    models.put("convolutional", of("vae", convolutional(Activation.LEAKY_RELU)));
    models.put("conditional-convolutional", of("cvae", convolutional(Activation.SOFTPLUS)));
    List<String> words = new ArrayList<>(List.of("tools/interop/check_onnx.py"));
    for (Map.Entry<String, RunConfig> model : models.entrySet()) {
      try (DataSplit data = model.getValue().data().open(1)) {
        words.addAll(modelAndCases(model.getKey(), model.getValue(), data));
      }
    }
    RunConfig colour =
        of(
            "vae",
            model ->
                convolutional(Activation.SELU)
                    .apply(model)
                    .withLikelihood(new Gaussian(Spread.PER_CHANNEL, 1)));
    try (DataSplit pictures = new DataSplit(pictures(40, 1), pictures(10, 2))) {
      words.addAll(modelAndCases("colour", colour, pictures));
    }
    Python.run(folder, words.toArray(String[]::new));
  }

  private static UnaryOperator<ModelConfig> dense(Activation activation) {
    return model -> model.withNetwork(new DenseNetwork(List.of(16, 8), activation));
  }

  private static UnaryOperator<ModelConfig> convolutional(Activation activation) {
    return model -> model.withNetwork(new ConvolutionalNetwork(List.of(3, 4), 8, activation));
  }

  private static RunConfig of(String preset, UnaryOperator<ModelConfig> change) {
    RunConfig config = RunConfig.of(preset);
    return config
        .withModel(change.apply(config.model().withLatent(3)))
        .withData(DataConfig.of(DataRequest.of(SHAPES)))
        .withTraining(config.training().withEpochs(1).withBatch(20).withSeed(5));
  }

  private static InMemoryDataSet pictures(int rows, long seed) {
    RowShape shape = RowShape.of(9, 7, 3);
    byte[] values = new byte[rows * shape.size()];
    new Random(seed).nextBytes(values);
    return InMemoryDataSet.of("noise", shape, values);
  }

  /** Trains; the exported model, and the file of what Java computes with it. */
  private List<String> modelAndCases(String name, RunConfig config, DataSplit data)
      throws Exception {
    Path run = folder.resolve(name);
    Path file = folder.resolve(name + ".json");
    Trainer.of(config).run(run, false, data);
    Cases cases = new Cases();
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      for (int rows : List.of(1, 5)) {
        Samples stored = data.test().slice(0, rows);
        float[] values = stored.values().clone();
        vae.manifest().data().scaling().apply(values);
        Optional<int[]> labels =
            vae.isConditional()
                ? data.test().labels().map(all -> Arrays.copyOf(all, rows))
                : Optional.empty();
        PythonInteropIT.addScaled(
            cases, vae.scaled(), new Batch(new Samples(stored.shape(), values), labels));
      }
    }
    cases.writeTo(file);
    return List.of(run.resolve("saved_model").toString(), file.toString());
  }
}
