package org.vaetf.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.RowShape;
import org.vaetf.base.VaeException;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;
import org.vaetf.tf.SavedModelFile;

/**
 * Writes a model as a SavedModel of the contract, from a fresh graph that holds inference alone,
 * weights as constants.
 */
public final class ModelExport {
  /** A graph is one protocol buffer, which holds 2 GiB at most. */
  private static final long MOST_BYTES = 1_900_000_000L;

  private ModelExport() {}

  /**
   * Writes the SavedModel, whole or not at all, in place of one that is there.
   *
   * @param folder where it is to appear
   * @param config the point on the axes
   * @param weights of the trained model, by name
   * @param manifest what it says of itself
   * @throws VaeException if the folder cannot be written, or the weights are too large for a
   *     SavedModel
   */
  public static void write(
      Path folder, ModelConfig config, Map<String, Array> weights, Manifest manifest) {
    write(folder, config, weights, Optional.empty(), manifest);
  }

  /**
   * Writes the SavedModel, whole or not at all, in place of one that is there.
   *
   * @param folder where it is to appear
   * @param config the point on the axes
   * @param weights of the trained model and of the sampler, by name
   * @param sampler what new points come from; empty for the model's own prior
   * @param manifest what it says of itself
   * @throws VaeException if the folder cannot be written, or the weights are too large for a
   *     SavedModel
   */
  static void write(
      Path folder,
      ModelConfig config,
      Map<String, Array> weights,
      Optional<LatentSampler> sampler,
      Manifest manifest) {
    long bytes =
        weights.values().stream()
            .mapToLong(array -> (long) Float.BYTES * array.values().length)
            .sum();
    if (bytes > MOST_BYTES) {
      throw new VaeException(
          "the weights take "
              + bytes
              + " bytes; a SavedModel holds at most "
              + MOST_BYTES
              + "; use a narrower network");
    }
    AtomicOutput.write(
        folder,
        place -> {
          Files.createDirectories(place);
          SavedModelFile.write(
              place,
              tf ->
                  new Inference(tf, config, manifest.data().shape(), constants(weights))
                      .signatures(sampler));
          manifest.writeTo(place);
        });
  }

  /**
   * Weights as constants of their names.
   *
   * @param arrays by name
   * @return where layers of the inference graph get them
   */
  static Weights.Source constants(Map<String, Array> arrays) {
    return (tf, name, shape, initializer) -> {
      Array array = arrays.get(name);
      if (array == null) {
        throw new IllegalArgumentException("no weight " + name + " among " + arrays.keySet());
      }
      return tf.withName(name)
          .constant(Shape.of(array.shape()), DataBuffers.of(array.values(), false, false));
    };
  }

  /**
   * The weights that the inference graph of a model is made of.
   *
   * @param config the point on the axes
   * @param shape of a row of x
   * @return their shapes by name
   */
  static Map<String, Shape> weights(ModelConfig config, RowShape shape) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Weights.Source noting =
        (tf, name, size, initializer) -> {
          shapes.put(name, size);
          return tf.placeholder(TFloat32.class, Placeholder.shape(size));
        };
    // Nothing runs: the graph asks for its weights while it is built.
    GraphSession.build(
            Compute.defaults(),
            tf -> new Inference(tf, config, shape, noting).signatures(Optional.empty()))
        .close();
    return shapes;
  }

  /** The inference graph. */
  private static final class Inference {
    private final Ops tf;
    private final VaeGraph vae;
    private final Weights.Source source;
    private final Weights weights;

    Inference(Ops tf, ModelConfig config, RowShape shape, Weights.Source source) {
      this.tf = tf;
      this.source = source;
      this.weights = Weights.from(source);
      this.vae = new VaeGraph(config, shape, new LayerScope(tf, weights, ""));
    }

    List<SavedModelFile.Signature> signatures(Optional<LatentSampler> sampler) {
      Operand<TFloat32> x = rows("x", GraphSession.asShape(vae.shape()));
      LabelInput label = label("label");
      VaeGraph given = label.given(vae);
      Operand<TFloat32> rows = checked(x);
      Operand<TFloat32> parameters = given.posteriorParameters(rows);
      Prior.Distribution prior = vae.prior();
      Posterior.Conditional posterior = vae.posteriorGiven(parameters, prior);
      Operand<TFloat32> reconstruction =
          tf.withName("reconstruction").identity(given.likelihood(posterior.mean()).mean());

      Operand<TFloat32> z = rows("z", Shape.of(vae.config().latent()));
      LabelInput decodeLabel = label("decode_label");
      Operand<TFloat32> decoded =
          tf.withName("decoded").identity(decodeLabel.given(vae).likelihood(checked(z)).mean());

      Operand<TInt32> count = scalar("count");
      Operand<TInt64> sampleSeed = seed("sample_seed");
      LabelInput sampleLabel = label("sample_label");
      Operand<TFloat32> drawn =
          tf.withName("sample_z")
              .identity(
                  sampler
                      .map(fitted -> beside().drawFrom(fitted, count, sampleSeed))
                      .orElseGet(() -> vae.drawPrior(prior, count, sampleSeed)));
      Operand<TFloat32> sampled =
          tf.withName("sample_x").identity(sampleLabel.given(vae).likelihood(drawn).mean());

      Operand<TInt32> draws = scalar("samples");
      Operand<TInt64> scoreSeed = seed("score_seed");
      Map<String, Operand<?>> scores =
          new ScoreGraph(given, weights).build(rows, parameters, draws, scoreSeed);

      Map<String, Operand<?>> justX = label.beside(Map.of(Contract.X, x));
      Map<String, Operand<?>> reconstructed = Map.of(Contract.RECONSTRUCTION, reconstruction);
      return List.of(
          new SavedModelFile.Signature(Contract.SERVING_DEFAULT, justX, reconstructed),
          new SavedModelFile.Signature(Contract.RECONSTRUCT, justX, reconstructed),
          new SavedModelFile.Signature(
              Contract.ENCODE,
              justX,
              Map.of(
                  Contract.MEAN,
                  tf.withName("mean").identity(posterior.mean()),
                  Contract.LOG_VARIANCE,
                  tf.withName("log_variance").identity(posterior.logVariance()))),
          new SavedModelFile.Signature(
              Contract.DECODE,
              decodeLabel.beside(Map.of(Contract.Z, z)),
              Map.of(Contract.X, decoded)),
          new SavedModelFile.Signature(
              Contract.SAMPLE,
              sampleLabel.beside(Map.of(Contract.COUNT, count, Contract.SEED, sampleSeed)),
              Map.of(Contract.X, sampled, Contract.Z, drawn)),
          new SavedModelFile.Signature(
              Contract.SCORE,
              label.beside(
                  Map.of(Contract.X, x, Contract.SAMPLES, draws, Contract.SEED, scoreSeed)),
              scores));
    }

    /** The model, with weights of a sampler's own that the scores' loop need not carry along. */
    private VaeGraph beside() {
      Weights own = Weights.from(source);
      Weights all =
          Weights.from(
              (graph, name, size, first) ->
                  (name.startsWith(LatentSampler.PATH + ".") ? own : weights)
                      .get(graph, name, size, first));
      return new VaeGraph(vae.config(), vae.shape(), new LayerScope(tf, all, ""));
    }

    private LabelInput label(String name) {
      return LabelInput.of(tf, name, vae.config().condition());
    }

    private Operand<TFloat32> rows(String name, Shape row) {
      return tf.withName(name)
          .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1).append(row)));
    }

    /**
     * A session does not check the shapes it is fed, and some kernels end the process on a wrong
     * one.
     */
    private Operand<TFloat32> checked(Operand<TFloat32> input) {
      return tf.ensureShape(input, input.shape());
    }

    private Operand<TInt32> scalar(String name) {
      return tf.withName(name).placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    }

    private Operand<TInt64> seed(String name) {
      return tf.withName(name).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    }
  }
}
