package org.vaetf.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;

/**
 * What {@link ModelExport} made a SavedModel of, taken out of it again: the configuration from the
 * manifest, the weights from the graph's constants of their names.
 *
 * @param folder of the SavedModel
 * @param config the point on the axes
 * @param weights of the model by name; those of a sampler are left out
 * @param manifest what it says of itself
 */
public record ExportedModel(
    Path folder, ModelConfig config, Map<String, Array> weights, Manifest manifest) {

  /**
   * Takes a loaded model apart.
   *
   * @param vae stays the caller's to close
   * @return configuration and weights
   * @throws ContractException if this library has not made the model, or cannot make it again
   */
  public static ExportedModel of(SavedModelVae vae) {
    ScaledVae loaded = vae.scaled();
    ModelConfig config = config(loaded);
    if (config.latent() != loaded.latent()) {
      throw new ContractException(
          loaded.folder(),
          "a configuration of " + config.latent() + " latent dimensions",
          loaded.latent() + ", as the signature decode has; export the model again");
    }
    Map<String, Array> weights = new LinkedHashMap<>();
    ModelExport.weights(config, loaded.shape())
        .forEach((name, shape) -> weights.put(name, weight(loaded, name, shape)));
    return new ExportedModel(loaded.folder(), config, weights, loaded.manifest());
  }

  private static ModelConfig config(ScaledVae vae) {
    try {
      return Json.read(vae.folder(), Json.writeLine(vae.manifest().model()), ModelConfig.class);
    } catch (VaeException e) {
      Manifest.Library library = vae.manifest().library();
      throw new ContractException(
          vae.folder(),
          "a model of "
              + (library == null ? "unknown make" : library.name() + " " + library.version())
              + " whose configuration cannot be read here",
          "one trained by this version of vae-tf, on axes that JSON can name; train it again");
    }
  }

  private static Array weight(ScaledVae vae, String name, Shape shape) {
    Optional<Array> found = vae.constant(name);
    if (found.isEmpty() || !Arrays.equals(found.get().shape(), shape.asArray())) {
      throw new ContractException(
          vae.folder(),
          found
              .map(array -> "a constant " + name + " of shape " + Arrays.toString(array.shape()))
              .orElse("no constant " + name),
          "one of shape "
              + shape
              + ", as the manifest's configuration has it; export the model with vae-tf");
    }
    return found.get();
  }

  /**
   * The model in a graph, its weights constants.
   *
   * @param tf the graph
   * @param sampler weights of a sampler beside the model's, by name; may be none
   * @return the model
   */
  public VaeGraph graph(Ops tf, Map<String, Array> sampler) {
    Weights all = Weights.from(ModelExport.constants(with(sampler)));
    return new VaeGraph(config, manifest.data().shape(), new LayerScope(tf, all, ""));
  }

  /**
   * Writes the model with a sampler, whole or not at all, in place of a SavedModel that is there.
   *
   * @param to where it is to appear
   * @param sampler what new points come from
   * @param own the sampler's weights by name
   * @param told what the manifest says of the sampler
   * @throws VaeException if the folder cannot be written, or the weights are too large
   */
  public void write(Path to, LatentSampler sampler, Map<String, Array> own, Manifest.Sampler told) {
    ModelExport.write(
        to, config, with(own), Optional.of(sampler), manifest.withSampler(Optional.of(told)));
  }

  /**
   * Writes the model with its own prior, whole or not at all, in place of a SavedModel that is
   * there.
   *
   * @param to where it is to appear
   * @throws VaeException if the folder cannot be written, or the weights are too large
   */
  public void writeWithPrior(Path to) {
    ModelExport.write(to, config, weights, manifest.withSampler(Optional.empty()));
  }

  private Map<String, Array> with(Map<String, Array> more) {
    Map<String, Array> all = new LinkedHashMap<>(weights);
    all.putAll(more);
    return all;
  }
}
