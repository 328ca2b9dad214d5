package org.vaetf.export;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Version;
import org.vaetf.data.Binarization;
import org.vaetf.data.Classes;
import org.vaetf.data.Scaling;
import org.vaetf.tf.Devices;

/**
 * What a SavedModel says of itself, in {@code assets.extra/vae.json}.
 *
 * @param contract version of the contract, {@link Contract#VERSION}
 * @param library what wrote it
 * @param tensorflow version of the TensorFlow that wrote it
 * @param data what the model was fitted to
 * @param classes that a conditional model's labels are of; none, or absent, where the model is
 *     unconditional
 * @param model the model's configuration, as in a run's {@code config.json}
 * @param training the training's configuration; empty where unknown
 * @param seed of the run
 * @param metrics final metrics by name, in nats unless the name says otherwise
 * @param sampler what new points come from; null where it is the model's own prior
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
    int contract,
    Library library,
    String tensorflow,
    Data data,
    Classes classes,
    Map<String, Object> model,
    Map<String, Object> training,
    long seed,
    Map<String, Double> metrics,
    Sampler sampler) {
  private static final String FOLDER = "assets.extra";
  private static final String FILE = "vae.json";

  /**
   * Checks that what a loader needs is there.
   *
   * @param contract version of the contract, {@link Contract#VERSION}
   * @param library what wrote it
   * @param tensorflow version of the TensorFlow that wrote it
   * @param data what the model was fitted to
   * @param classes that a conditional model's labels are of; none, or absent, where the model is
   *     unconditional
   * @param model the model's configuration, as in a run's {@code config.json}
   * @param training the training's configuration; empty where unknown
   * @param seed of the run
   * @param metrics final metrics by name, in nats unless the name says otherwise
   * @param sampler what new points come from; null where it is the model's own prior
   * @throws org.vaetf.base.ConfigException if the data's description is missing
   */
  public Manifest {
    Check.present("data", data);
    classes = classes == null ? Classes.none() : classes;
    model = model == null ? Map.of() : model;
    training = training == null ? Map.of() : training;
    metrics = metrics == null ? Map.of() : metrics;
  }

  /**
   * What a model says of itself whose points come from its own prior.
   *
   * @param contract version of the contract, {@link Contract#VERSION}
   * @param library what wrote it
   * @param tensorflow version of the TensorFlow that wrote it
   * @param data what the model was fitted to
   * @param classes what rows are labelled with; none for an unconditional model
   * @param model the model's configuration, as in a run's {@code config.json}
   * @param training the training's configuration; empty where unknown
   * @param seed of the run
   * @param metrics final metrics by name, in nats unless the name says otherwise
   * @throws org.vaetf.base.ConfigException if the data's description is missing
   */
  public Manifest(
      int contract,
      Library library,
      String tensorflow,
      Data data,
      Classes classes,
      Map<String, Object> model,
      Map<String, Object> training,
      long seed,
      Map<String, Double> metrics) {
    this(contract, library, tensorflow, data, classes, model, training, seed, metrics, null);
  }

  /**
   * The same with another sampler, as this version of the library and of TensorFlow write it.
   *
   * @param value empty for the model's own prior
   * @return a copy
   */
  Manifest withSampler(Optional<Sampler> value) {
    return new Manifest(
        Contract.VERSION,
        Library.present(),
        Devices.tensorFlowVersion(),
        data,
        classes,
        model,
        training,
        seed,
        metrics,
        value.orElse(null));
  }

  /**
   * Whether the model is known to be, or may be, of one of these kinds on an axis.
   *
   * @param axis of the model, as {@code posterior}
   * @param kinds as {@code config.json} names them
   * @return true if it is; true too where the manifest, as one made by hand, does not say: such a
   *     model is taken for the plain one
   */
  public boolean isOf(String axis, String... kinds) {
    return !(model.get(axis) instanceof Map<?, ?> value)
        || value.get("kind") == null
        || List.of(kinds).contains(value.get("kind").toString());
  }

  /**
   * What wrote the model.
   *
   * @param name of the library
   * @param version of the library
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Library(String name, String version) {
    private static final String NAME = "vae-tf";

    /**
     * This library.
     *
     * @return its name and version
     */
    public static Library present() {
      return new Library(NAME, Version.library());
    }
  }

  /**
   * What the model was fitted to.
   *
   * @param name of the data set
   * @param shape of a row
   * @param scaling from stored values to the model's
   * @param binarization of scaled values; none where absent
   * @param fingerprint of the training rows
   * @param trainingRows how many rows it learned from; null where unknown
   * @param testRows how many rows the metrics are of; null where unknown
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Data(
      String name,
      RowShape shape,
      Scaling scaling,
      Binarization binarization,
      String fingerprint,
      Integer trainingRows,
      Integer testRows) {

    /**
     * Checks that shape and scaling are there.
     *
     * @param name of the data set
     * @param shape of a row
     * @param scaling from stored values to the model's
     * @param binarization of scaled values; none where absent
     * @param fingerprint of the training rows
     * @param trainingRows how many rows it learned from; null where unknown
     * @param testRows how many rows the metrics are of; null where unknown
     * @throws org.vaetf.base.ConfigException if one is missing
     */
    public Data {
      Check.present("data.shape", shape);
      Check.present("data.scaling", scaling);
      binarization = binarization == null ? Binarization.NONE : binarization;
    }
  }

  /**
   * What new points come from that was fitted to the latent space of the trained model.
   *
   * @param settings the sampler's kind and settings
   * @param seed of the fit
   * @param data name of the data set whose rows it was fitted to
   * @param fingerprint of these rows
   * @param rows how many
   * @param metrics of the fit by name, in nats unless the name says otherwise
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sampler(
      Map<String, Object> settings,
      long seed,
      String data,
      String fingerprint,
      int rows,
      Map<String, Double> metrics) {

    /**
     * Leaves nothing null that is read.
     *
     * @param settings the sampler's kind and settings
     * @param seed of the fit
     * @param data name of the data set whose rows it was fitted to
     * @param fingerprint of these rows
     * @param rows how many
     * @param metrics of the fit by name, in nats unless the name says otherwise
     */
    public Sampler {
      settings = settings == null ? Map.of() : settings;
      metrics = metrics == null ? Map.of() : metrics;
    }

    /**
     * The kind of sampler.
     *
     * @return its name; {@code unknown} where the manifest does not say
     */
    public String kind() {
      return String.valueOf(settings.getOrDefault("kind", "unknown"));
    }
  }

  /**
   * Writes the manifest into a SavedModel.
   *
   * @param savedModel the SavedModel's folder
   * @throws IOException if it cannot be written
   */
  void writeTo(Path savedModel) throws IOException {
    Path folder = Files.createDirectories(savedModel.resolve(FOLDER));
    Files.writeString(folder.resolve(FILE), Json.write(this) + "\n");
  }

  /**
   * Reads the manifest of a SavedModel.
   *
   * @param savedModel the SavedModel's folder
   * @return the manifest
   * @throws ContractException if there is none, or it is of another version of the contract
   * @throws org.vaetf.base.DataException if it is not the JSON it should be
   */
  static Manifest readFrom(Path savedModel) {
    Path file = savedModel.resolve(FOLDER).resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new ContractException(
          savedModel, "no " + FOLDER + "/" + FILE, "the manifest of a model exported by vae-tf");
    }
    int version = Json.read(file, Declared.class).contract();
    if (version != Contract.VERSION) {
      throw new ContractException(
          savedModel,
          "contract version " + version,
          "version "
              + Contract.VERSION
              + "; export the model again, or use the library version that wrote it");
    }
    return Json.read(file, Manifest.class);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Declared(int contract) {}
}
