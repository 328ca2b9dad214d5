package org.vaetf.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Binarization;
import org.vaetf.data.Classes;
import org.vaetf.data.Scaling;
import org.vaetf.export.Contract;
import org.vaetf.export.Manifest;
import org.vaetf.export.ModelExport;
import org.vaetf.flow.Flow;
import org.vaetf.flow.InverseAutoregressiveFlow;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.PlanarFlow;
import org.vaetf.flow.RadialFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.latent.FlowPosterior;
import org.vaetf.latent.FlowPrior;
import org.vaetf.latent.LadderPosterior;
import org.vaetf.latent.LadderPrior;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.VampPrior;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Categorical;
import org.vaetf.likelihood.ContinuousBernoulli;
import org.vaetf.likelihood.DiscretizedLogistic;
import org.vaetf.likelihood.DiscretizedLogisticMixture;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Laplace;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.likelihood.NegativeBinomial;
import org.vaetf.likelihood.Poisson;
import org.vaetf.likelihood.Spread;
import org.vaetf.likelihood.StudentT;
import org.vaetf.model.Adversarial;
import org.vaetf.model.Factor;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.Presets;
import org.vaetf.model.VaeGraph;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.network.LinearNetwork;
import org.vaetf.network.Network;
import org.vaetf.nn.Activation;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;

/**
 * A model of a few dozen weights.
 *
 * @param name says which point on the axes it is
 * @param config that point
 * @param shape of a row
 */
public record TinyModel(String name, ModelConfig config, RowShape shape) {
  /** Odd sizes and two channels: what padding and interleaving could get wrong. */
  public static final RowShape IMAGE = RowShape.image(3, 5, 2);

  /** Of a conditional model. */
  public static final int CLASSES = 3;

  /** The presets whose every network and likelihood have a {@link PlainModel}. */
  private static final Set<String> PLAIN = Set.of("ae", "vae", "beta-vae");

  private static final int LEVELS = 5;

  /**
   * Every plain preset with every network and the likelihoods that all paths must serve, and the
   * plain VAE with every other likelihood.
   */
  public static Stream<TinyModel> all() {
    List<TinyModel> models = new ArrayList<>();
    for (Presets.Preset preset : Presets.all()) {
      if (!PLAIN.contains(preset.name())) {
        continue;
      }
      networks()
          .forEach(
              (network, body) ->
                  likelihoods()
                      .forEach(
                          (likelihood, family) ->
                              models.add(of(preset.name(), network, body, likelihood, family))));
    }
    otherLikelihoods()
        .forEach(
            (likelihood, family) ->
                models.add(of("vae", "dense", networks().get("dense"), likelihood, family)));
    return models.stream();
  }

  /** A conditional model of three classes with every network. */
  public static Stream<TinyModel> conditional() {
    return networks().entrySet().stream()
        .map(
            network ->
                new TinyModel(
                    "cvae " + network.getKey(),
                    small(Presets.of("cvae").model()).withLatent(2).withNetwork(network.getValue()),
                    IMAGE));
  }

  /** Every preset once, with a dense network and small numbers. */
  public static Stream<TinyModel> presets() {
    return Presets.all().stream()
        .map(
            preset ->
                new TinyModel(
                    preset.name(),
                    small(preset.model())
                        .withLatent(3)
                        .withNetwork(new DenseNetwork(List.of(4, 3), Activation.TANH)),
                    IMAGE));
  }

  /** One model of {@link #presets}. */
  public static TinyModel preset(String name) {
    return presets().filter(model -> model.name.equals(name)).findFirst().orElseThrow();
  }

  private static ModelConfig small(ModelConfig model) {
    return model
        .withPosteriorAndPrior(small(model.posterior()), small(model.prior()))
        .withObjective(small(model.objective()))
        .withCondition(model.condition().settledOn(CLASSES));
  }

  private static Posterior small(Posterior posterior) {
    if (posterior instanceof FlowPosterior flow) {
      return new FlowPosterior(small(flow.flow()));
    }
    return posterior instanceof LadderPosterior ladder
        ? new LadderPosterior(ladder.layers(), 4)
        : posterior;
  }

  private static Prior small(Prior prior) {
    if (prior instanceof FlowPrior flow) {
      return new FlowPrior(small(flow.flow()));
    }
    if (prior instanceof LadderPrior ladder) {
      return new LadderPrior(ladder.layers(), 4);
    }
    if (prior instanceof VampPrior vamp) {
      return new VampPrior(4, vamp.source());
    }
    return prior instanceof NormalMixturePrior ? new NormalMixturePrior(3) : prior;
  }

  private static Flow small(Flow flow) {
    if (flow instanceof PlanarFlow) {
      return new PlanarFlow(2);
    }
    if (flow instanceof RadialFlow) {
      return new RadialFlow(2);
    }
    if (flow instanceof InverseAutoregressiveFlow inverse) {
      return new InverseAutoregressiveFlow(2, List.of(5), Math.min(2, inverse.context()));
    }
    return flow instanceof MaskedAutoregressiveFlow
        ? new MaskedAutoregressiveFlow(2, List.of(5), 0)
        : new RealNvp(2, List.of(5));
  }

  private static Objective small(Objective objective) {
    if (objective instanceof Factor factor) {
      return new Factor(factor.gamma(), List.of(5, 4), factor.discriminatorOptimizer());
    }
    return objective instanceof Adversarial adversarial
        ? new Adversarial(adversarial.lambda(), List.of(5, 4), adversarial.discriminatorOptimizer())
        : objective;
  }

  private static TinyModel of(
      String preset, String network, Network body, String likelihood, Likelihood family) {
    ModelConfig config =
        Presets.of(preset).model().withLatent(2).withNetwork(body).withLikelihood(family);
    return new TinyModel(preset + " " + network + " " + likelihood, config, IMAGE);
  }

  /** One model of {@link #all}. */
  public static TinyModel of(String name) {
    return all().filter(model -> model.name.equals(name)).findFirst().orElseThrow();
  }

  private static Map<String, Network> networks() {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put("linear", new LinearNetwork());
    networks.put("dense", new DenseNetwork(List.of(4, 3), Activation.TANH));
    networks.put("convolutional", new ConvolutionalNetwork(List.of(2, 3), 4, Activation.SOFTPLUS));
    return networks;
  }

  private static Map<String, Likelihood> likelihoods() {
    Map<String, Likelihood> likelihoods = new LinkedHashMap<>();
    likelihoods.put("bernoulli", new Bernoulli());
    likelihoods.put("fixed", new Gaussian(Spread.FIXED, 0.5));
    likelihoods.put("learned", new Gaussian(Spread.LEARNED, 0.5));
    likelihoods.put("per-pixel", new Gaussian(Spread.PER_PIXEL, 1));
    return likelihoods;
  }

  private static Map<String, Likelihood> otherLikelihoods() {
    Map<String, Likelihood> likelihoods = new LinkedHashMap<>();
    likelihoods.put("per-channel", new Gaussian(Spread.PER_CHANNEL, 0.5));
    likelihoods.put("continuous-bernoulli", new ContinuousBernoulli());
    likelihoods.put("laplace", new Laplace(Spread.LEARNED, 0.5));
    likelihoods.put("student-t", new StudentT(3, Spread.PER_PIXEL, 1));
    likelihoods.put("discretized-logistic", new DiscretizedLogistic(Spread.PER_CHANNEL, 0.3));
    likelihoods.put("discretized-logistic-mixture", new DiscretizedLogisticMixture(2));
    likelihoods.put("categorical", new Categorical(LEVELS));
    likelihoods.put("poisson", new Poisson());
    likelihoods.put("negative-binomial", new NegativeBinomial(Spread.PER_CHANNEL, 2));
    return likelihoods;
  }

  /** The same for rows of another shape. */
  public TinyModel of(RowShape other) {
    return new TinyModel(name, config, other);
  }

  /** The same with another configuration. */
  public TinyModel with(ModelConfig other) {
    return new TinyModel(name, other, shape);
  }

  /** Random weights of the right shapes, by name. */
  public Map<String, Array> weights(long seed) {
    Map<String, Array> weights = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    shapes()
        .forEach(
            (weight, size) -> {
              double spread = weight.endsWith(".kernel") ? 0.8 : 0.4;
              weights.put(weight, random(size, random, -spread, spread));
            });
    return weights;
  }

  private Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Weights source =
          Weights.from(
              (ops, weight, size, first) -> {
                shapes.put(weight, size.asArray());
                return ops.placeholder(TFloat32.class, Placeholder.shape(size));
              });
      Operand<TInt64> labels = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      VaeGraph vae = new VaeGraph(config, shape, new LayerScope(tf, source, "")).given(labels);
      long[] sizes = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
      Operand<TFloat32> rows =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1).append(Shape.of(sizes))));
      config
          .objective()
          .terms(vae, new Objective.Step(rows, tf.constant(new long[2]), tf.constant(1f), 1000));
    }
    return shapes;
  }

  /** Rows of numbers in the likelihood's support: of [0, 1] where it has them all. */
  public Samples data(int rows, long seed) {
    Array array = random(new long[] {(long) rows * shape.size()}, new SplittableRandom(seed), 0, 1);
    float[] values = array.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = supported(values[i]);
    }
    return new Samples(shape, values);
  }

  private float supported(float share) {
    Likelihood family = config.likelihood();
    if (family instanceof Poisson || family instanceof NegativeBinomial) {
      return (int) (6 * share);
    }
    if (family instanceof Laplace) {
      // Away from every prediction: the density has a kink there, and no difference agrees on one.
      return share < 0.5f ? share - 3 : share + 2;
    }
    if (family instanceof Categorical) {
      return Math.round(share * (LEVELS - 1)) / (LEVELS - 1f);
    }
    if (family instanceof DiscretizedLogistic || family instanceof DiscretizedLogisticMixture) {
      // A tenth of the pixels saturated at either end.
      return Math.round(Math.min(1, Math.max(0, 1.25f * share - 0.125f)) * 255) / 255f;
    }
    return share;
  }

  /** Rows of numbers in [0, 1], with labels if the model is conditional. */
  public Batch batch(int rows, long seed) {
    Samples x = data(rows, seed);
    return config.condition().needsLabels() ? Batch.of(x, labels(rows)) : Batch.of(x);
  }

  /** Labels of which no two neighbours are the same. */
  public int[] labels(int rows) {
    return IntStream.range(0, rows)
        .map(row -> (2 * row + 1) % config.condition().classes())
        .toArray();
  }

  /** Points around 0. */
  public Samples points(int rows, long seed) {
    Array array =
        random(new long[] {(long) rows * config.latent()}, new SplittableRandom(seed), -2, 2);
    return new Samples(RowShape.of(config.latent()), array.values());
  }

  /** The same model in plain Java. */
  public PlainModel plain(Map<String, Array> weights) {
    return new PlainModel(config, shape, weights);
  }

  /** Exports the model with these weights and no scaling. */
  public Path export(Path folder, Map<String, Array> weights) {
    return export(folder, weights, Scaling.none());
  }

  /** Exports the model with these weights. */
  public Path export(Path folder, Map<String, Array> weights, Scaling scaling) {
    Classes classes = new Classes(config.condition().classes(), List.of());
    ModelExport.write(folder, config, weights, manifest(shape, scaling, classes));
    return folder;
  }

  /** A manifest that says as little as it may. */
  public static Manifest manifest(RowShape shape, Scaling scaling) {
    return manifest(shape, scaling, Classes.none());
  }

  /** The same of a model of some classes. */
  public static Manifest manifest(RowShape shape, Scaling scaling, Classes classes) {
    return new Manifest(
        Contract.VERSION,
        new Manifest.Library("test", "0"),
        "0",
        new Manifest.Data("tiny", shape, scaling, Binarization.NONE, "", null, null),
        classes,
        Map.of(),
        Map.of(),
        0,
        Map.of());
  }

  private static Array random(long[] shape, SplittableRandom random, double least, double most) {
    int size = 1;
    for (long dimension : shape) {
      size = Math.toIntExact(size * dimension);
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (least + (most - least) * random.nextDouble());
    }
    return new Array(shape, values);
  }

  @Override
  public String toString() {
    return name;
  }
}
