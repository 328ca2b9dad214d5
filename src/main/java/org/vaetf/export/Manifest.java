package org.vaetf.export;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.vaetf.base.Check;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.data.Binarization;
import org.vaetf.data.Classes;
import org.vaetf.data.Scaling;

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
    Map<String, Double> metrics) {
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
   * What wrote the model.
   *
   * @param name of the library
   * @param version of the library
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Library(String name, String version) {}

  /**
   * What the model was fitted to.
   *
   * @param name of the data set
   * @param shape of a row
   * @param scaling from stored values to the model's
   * @param binarization of scaled values; none where absent
   * @param fingerprint of the training rows
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Data(
      String name, RowShape shape, Scaling scaling, Binarization binarization, String fingerprint) {

    /**
     * Checks that shape and scaling are there.
     *
     * @param name of the data set
     * @param shape of a row
     * @param scaling from stored values to the model's
     * @param binarization of scaled values; none where absent
     * @param fingerprint of the training rows
     * @throws org.vaetf.base.ConfigException if one is missing
     */
    public Data {
      Check.present("data.shape", shape);
      Check.present("data.scaling", scaling);
      binarization = binarization == null ? Binarization.NONE : binarization;
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
    int version = Json.read(file, Version.class).contract();
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
  private record Version(int contract) {}
}
