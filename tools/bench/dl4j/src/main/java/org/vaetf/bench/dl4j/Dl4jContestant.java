package org.vaetf.bench.dl4j;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Deeplearning4j's contestant: its own variational autoencoder layer, pretrained. See the README two
 * folders up for the protocol.
 */
public final class Dl4jContestant {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNSUPPORTED = 3;
  private static final int WARM_UP_CALLS = 20;
  private static final double WARM_UP_SECONDS = 4;
  private static final int TEST_BATCH = 1000;
  private static final double EPSILON = 1e-8;

  private final JsonNode spec;
  private final int batch;
  private final int latent;
  private final MultiLayerNetwork network;

  private Dl4jContestant(JsonNode spec) {
    this.spec = spec;
    this.batch = spec.get("batch").asInt();
    this.latent = spec.get("latent").asInt();
    this.network = new MultiLayerNetwork(configuration());
    network.init();
  }

  public static void main(String[] args) throws Exception {
    long begin = System.nanoTime();
    JsonNode spec = JSON.readTree(args[0]);
    if (!spec.get("network").get("kind").asText().equals("dense")) {
      unsupported("the VariationalAutoencoder layer has dense layers only");
    }
    if (spec.get("samples").asInt() > 1) {
      unsupported("the VariationalAutoencoder layer has no importance-weighted bound");
    }
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Dl4jContestant contestant = new Dl4jContestant(spec);
    switch (spec.get("work").asText()) {
      case "train" -> contestant.train();
      case "quality" -> contestant.trainToQuality(begin);
      case "first-step" -> contestant.firstStep();
      case "first-sample" -> contestant.firstSample();
      default -> contestant.serveCalls();
    }
    System.exit(0); // Deeplearning4j leaves threads behind
  }

  private MultiLayerConfiguration configuration() {
    JsonNode sizes = spec.get("network").get("hidden");
    int[] encoder = new int[sizes.size()];
    int[] decoder = new int[sizes.size()];
    for (int i = 0; i < encoder.length; i++) {
      encoder[i] = sizes.get(i).asInt();
      decoder[encoder.length - 1 - i] = encoder[i];
    }
    return new NeuralNetConfiguration.Builder()
        .seed(spec.get("seed").asLong())
        .updater(new Adam(spec.get("learning_rate").asDouble(), 0.9, 0.999, EPSILON))
        .weightInit(WeightInit.XAVIER)
        .list()
        .layer(
            new org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder.Builder()
                .activation(Activation.RELU)
                .encoderLayerSizes(encoder)
                .decoderLayerSizes(decoder)
                .pzxActivationFunction(Activation.IDENTITY)
                .reconstructionDistribution(
                    new BernoulliReconstructionDistribution(Activation.SIGMOID))
                .nIn(pixels())
                .nOut(latent)
                .build())
        .build();
  }

  private int pixels() {
    int product = 1;
    for (JsonNode size : spec.get("shape")) {
      product *= size.asInt();
    }
    return product;
  }

  private static VariationalAutoencoder layer(MultiLayerNetwork network) {
    return (VariationalAutoencoder) network.getLayer(0);
  }

  /** The rows of a file as floats 0…1. */
  private INDArray scaled(String key) {
    INDArray bytes = Nd4j.createFromNpyFile(new File(spec.get(key).asText()));
    return bytes.castTo(DataType.FLOAT).reshape('c', bytes.size(0), pixels()).divi(255);
  }

  /** Batches picked from an array in memory, in an order shuffled anew each epoch. */
  private final class Batches {
    private final INDArray data = scaled("data");
    private final int[] order = new int[(int) data.rows()];
    private final Random random = new Random(spec.get("seed").asLong());
    private int at = order.length;

    Batches() {
      Arrays.setAll(order, i -> i);
    }

    int steps() {
      return order.length / batch;
    }

    INDArray next() {
      if (at + batch > order.length) {
        for (int i = order.length - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int kept = order[i];
          order[i] = order[j];
          order[j] = kept;
        }
        at = 0;
      }
      int[] chosen = Arrays.copyOfRange(order, at, at + batch);
      at += batch;
      return Nd4j.pullRows(data, 1, chosen);
    }
  }

  private void step(INDArray rows) {
    network.pretrainLayer(0, rows);
  }

  private double loss() {
    return layer(network).score();
  }

  private void train() throws IOException {
    Batches batches = new Batches();
    warmUp(() -> step(batches.next()));
    ready("");
    for (double seconds = nextTurn(); seconds > 0; seconds = nextTurn()) {
      long begin = System.nanoTime();
      long rows = 0;
      while (since(begin) < seconds) {
        step(batches.next());
        rows += batch;
      }
      say(Map.of("rows", rows, "seconds", since(begin), "loss", loss()));
    }
  }

  private void trainToQuality(long begin) throws IOException {
    Batches batches = new Batches();
    INDArray test = scaled("test");
    double least = Double.MAX_VALUE;
    for (JsonNode target : spec.get("targets")) {
      least = Math.min(least, target.asDouble());
    }
    double seconds = 0;
    double value = Double.MAX_VALUE;
    long resumed = begin;
    for (int epoch = 1; epoch <= spec.get("epochs").asInt() && value > least; epoch++) {
      for (int i = 0; i < batches.steps(); i++) {
        step(batches.next());
      }
      seconds += since(resumed);
      value = negativeElbo(test);
      say(Map.of("epoch", epoch, "seconds", seconds, "negative_elbo", value));
      resumed = System.nanoTime();
    }
  }

  private double negativeElbo(INDArray rows) {
    VariationalAutoencoder layer = layer(network);
    double sum = 0;
    for (int from = 0; from < rows.rows(); from += TEST_BATCH) {
      int to = Math.min((int) rows.rows(), from + TEST_BATCH);
      layer.setInput(
          rows.get(NDArrayIndex.interval(from, to)).dup(), LayerWorkspaceMgr.noWorkspaces());
      layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
      sum += layer.score() * (to - from);
    }
    return sum / rows.rows();
  }

  private void firstStep() throws IOException {
    Batches batches = new Batches();
    step(batches.next());
    say(Map.of("step", 1, "loss", loss()));
  }

  private void firstSample() throws IOException {
    File file = new File(spec.get("folder").asText(), "vae.zip");
    if (spec.path("prepare").asBoolean()) {
      ModelSerializer.writeModel(network, file, false);
      say(Map.of("prepared", true));
      return;
    }
    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file, false);
    INDArray row = layer(loaded).generateAtMeanGivenZ(Nd4j.randn(DataType.FLOAT, 1, latent));
    say(Map.of("sample", row.toFloatVector()));
  }

  /** One caller: a copy of the model, for one must not be called by two threads, and its input. */
  private final class Caller {
    private final VariationalAutoencoder layer = layer(network.clone());
    private final String work = spec.get("work").asText();
    private final float[] input;
    private final List<Double> latencies = new ArrayList<>();

    Caller(INDArray rows) {
      input = rows.data().asFloat();
    }

    float[] call() {
      INDArray rows = Nd4j.create(input, new int[] {batch, input.length / batch}, 'c');
      if (!work.equals("decode")) {
        rows = layer.activate(rows, false, LayerWorkspaceMgr.noWorkspaces());
      }
      if (!work.equals("encode")) {
        rows = layer.generateAtMeanGivenZ(rows);
      }
      return rows.data().asFloat();
    }

    void until(long end) {
      latencies.clear();
      long now = System.nanoTime();
      while (now < end) {
        call();
        long after = System.nanoTime();
        latencies.add((after - now) / 1e3);
        now = after;
      }
    }
  }

  private void serveCalls() throws IOException, InterruptedException {
    boolean decode = spec.get("work").asText().equals("decode");
    INDArray data = decode ? null : scaled("data");
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < spec.get("callers").asInt(); i++) {
      INDArray rows =
          decode
              ? Nd4j.randn(DataType.FLOAT, batch, latent)
              : data.get(NDArrayIndex.interval((long) i * batch, (i + 1L) * batch)).dup();
      callers.add(new Caller(rows));
    }
    warmUp(() -> callers.forEach(Caller::call));
    ready(spec.get("work").asText().equals("encode") ? ", mean only" : "");
    for (double seconds = nextTurn(); seconds > 0; seconds = nextTurn()) {
      long begin = System.nanoTime();
      long end = begin + (long) (seconds * 1e9);
      List<Thread> threads = new ArrayList<>();
      for (Caller caller : callers) {
        Thread thread = new Thread(() -> caller.until(end));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      double elapsed = since(begin);
      double[] every =
          callers.stream()
              .flatMap(caller -> caller.latencies.stream())
              .mapToDouble(Double::doubleValue)
              .sorted()
              .toArray();
      say(
          Map.of(
              "rows", (long) every.length * batch,
              "calls", every.length,
              "seconds", elapsed,
              "median_us", every[every.length / 2],
              "p99_us", every[Math.min(every.length - 1, every.length * 99 / 100)]));
    }
  }

  private static void warmUp(Runnable call) {
    long begin = System.nanoTime();
    for (int calls = 0; calls < WARM_UP_CALLS || since(begin) < WARM_UP_SECONDS; calls++) {
      call.run();
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void ready(String remark) throws IOException {
    say(
        Map.of(
            "ready", true,
            "about", "Deeplearning4j, VariationalAutoencoder layer" + remark,
            "weights", network.numParams()));
  }

  private static final BufferedReader TURNS =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  /** The seconds of the next turn, 0 at the end of the input. */
  private static double nextTurn() throws IOException {
    String line = TURNS.readLine();
    return line == null ? 0 : JSON.readTree(line).get("seconds").asDouble();
  }

  private static void unsupported(String why) throws IOException {
    say(Map.of("unsupported", why));
    System.exit(UNSUPPORTED);
  }

  private static void say(Map<String, Object> answer) throws IOException {
    System.out.println(JSON.writeValueAsString(answer));
    System.out.flush();
  }
}
