package org.vaetf.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Formats;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.ReadOptions;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.network.Network;
import org.vaetf.nn.Activation;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.train.DataConfig;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.TrainingConfig;

/** What the driver asks for; the keys are those of the benchmark's README. */
record Spec(Map<?, ?> values) {
  private static final int NO_EPOCH_IS_THE_LAST = 1_000_000;

  static Spec read(String json) {
    return new Spec(Json.read("spec", json, Map.class));
  }

  String text(String key) {
    return (String) values.get(key);
  }

  int whole(String key) {
    return ((Number) values.get(key)).intValue();
  }

  boolean asked(String key) {
    return Boolean.TRUE.equals(values.get(key));
  }

  List<Double> numbers(String key) {
    return ((List<?>) values.get(key)).stream().map(n -> ((Number) n).doubleValue()).toList();
  }

  Path folder() {
    return Path.of(text("folder"));
  }

  RowShape shape() {
    return RowShape.of(wholes((List<?>) values.get("shape")));
  }

  Compute compute() {
    return new Compute(Device.CPU, whole("threads"));
  }

  /** The model and its training, without end but for an end of the driver's. */
  RunConfig run() {
    RunConfig plain = RunConfig.of("vae");
    double rate = ((Number) values.get("learning_rate")).doubleValue();
    return plain
        .withModel(plain.model().withNetwork(network()).withLatent(whole("latent")))
        .withData(DataConfig.defaults())
        .withTraining(
            TrainingConfig.defaults()
                .withEpochs(NO_EPOCH_IS_THE_LAST)
                .withBatch(whole("batch"))
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(rate))
                .withSeed(whole("seed"))
                .withCompute(compute()));
  }

  private Network network() {
    Map<?, ?> network = (Map<?, ?>) values.get("network");
    if (network.get("kind").equals("dense")) {
      return new DenseNetwork(list((List<?>) network.get("hidden")), Activation.RELU);
    }
    return new ConvolutionalNetwork(
        list((List<?>) network.get("channels")),
        ((Number) network.get("hidden")).intValue(),
        Activation.RELU);
  }

  /** The rows to learn from, in memory. */
  DataSet train() {
    DataSet file = file("data");
    return inMemory(file, file.rows());
  }

  private DataSet file(String key) {
    return Formats.open(Path.of(text(key)), ReadOptions.defaults());
  }

  /**
   * The rows to learn from, as many as make whole batches, as the peers take them; and just one to
   * judge by: time is for training.
   */
  DataSplit trainAlone() {
    DataSet file = file("data");
    int rows = file.rows() - file.rows() % whole("batch");
    return new DataSplit(asked("stream") ? file : inMemory(file, rows), inMemory(file, 1));
  }

  /** The rows to learn from and those to judge by. */
  DataSplit trainAndTest() {
    DataSet test = file("test");
    return new DataSplit(train(), inMemory(test, test.rows()));
  }

  /** As many rows as a batch has. */
  DataSet oneBatch() {
    DataSet file = file("data");
    return inMemory(file, Math.min(file.rows(), whole("batch")));
  }

  private static DataSet inMemory(DataSet data, int rows) {
    int size = data.shape().size();
    byte[] bytes = new byte[Math.multiplyExact(rows, size)];
    for (int row = 0; row < rows; row++) {
      data.readBytes(row, bytes, row * size);
    }
    return InMemoryDataSet.of("benchmark rows", data.shape(), bytes);
  }

  private static List<Integer> list(List<?> numbers) {
    return numbers.stream().map(n -> ((Number) n).intValue()).toList();
  }

  private static int[] wholes(List<?> numbers) {
    return numbers.stream().mapToInt(n -> ((Number) n).intValue()).toArray();
  }
}
