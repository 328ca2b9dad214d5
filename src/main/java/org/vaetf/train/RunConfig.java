package org.vaetf.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import org.vaetf.base.Check;
import org.vaetf.base.Json;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;

/**
 * Everything needed to repeat a run, as {@code config.json} holds it.
 *
 * @param preset the name the model goes by
 * @param model the point on the axes
 * @param data what it is fitted to
 * @param training how it is fitted
 */
public record RunConfig(
    String preset, ModelConfig model, DataConfig data, TrainingConfig training) {
  /**
   * Checks that every part is there.
   *
   * @param preset the name the model goes by
   * @param model the point on the axes
   * @param data what it is fitted to
   * @param training how it is fitted
   * @throws org.vaetf.base.ConfigException if one is missing
   */
  public RunConfig {
    Check.present("preset", preset);
    Check.present("model", model);
    Check.present("data", data);
    Check.present("training", training);
  }

  /**
   * A plain VAE on the digits inside the library.
   *
   * @return preset {@code vae}, data {@code mnist-10k}
   */
  public static RunConfig defaults() {
    return of("vae");
  }

  /**
   * A preset on the digits inside the library.
   *
   * @param preset its name
   * @return the preset's model, all else at its defaults
   * @throws org.vaetf.base.ConfigException if there is no such preset
   */
  public static RunConfig of(String preset) {
    return new RunConfig(
        preset, Presets.of(preset).model(), DataConfig.defaults(), TrainingConfig.defaults());
  }

  /**
   * Reads a configuration. An axis that the model leaves out is as in its preset, or as in the
   * preset {@code vae} where the name is no preset's; a key that an axis's value leaves out is as
   * in the defaults of its kind.
   *
   * @param file JSON as in a run folder's {@code config.json}
   * @return the configuration
   * @throws org.vaetf.base.DataException if the file is missing, is not JSON, holds an unknown key
   *     or a value out of range
   */
  public static RunConfig read(Path file) {
    return Json.read(file, RunConfig.class, modelOf(Json.read(file, Name.class)));
  }

  /**
   * Reads a configuration from its text, as {@link #read(Path)} does.
   *
   * @param source for messages
   * @param text JSON as in a run folder's {@code config.json}
   * @return the configuration
   * @throws org.vaetf.base.DataException if the text is not JSON, holds an unknown key or a value
   *     out of range
   */
  public static RunConfig read(Path source, String text) {
    return Json.read(source, text, RunConfig.class, modelOf(Json.read(source, text, Name.class)));
  }

  /** As much of a configuration as says which model it begins with. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Name(String preset) {}

  private static ModelConfig modelOf(Name name) {
    return Presets.all().stream()
        .filter(preset -> preset.name().equals(name.preset()))
        .map(Presets.Preset::model)
        .findFirst()
        .orElseGet(ModelConfig::defaults);
  }

  /**
   * The same with another value of {@code model}.
   *
   * @param value the point on the axes
   * @return a copy
   */
  public RunConfig withModel(ModelConfig value) {
    return new RunConfig(preset, value, data, training);
  }

  /**
   * The same with another value of {@code data}.
   *
   * @param value what it is fitted to
   * @return a copy
   */
  public RunConfig withData(DataConfig value) {
    return new RunConfig(preset, model, value, training);
  }

  /**
   * The same with another value of {@code training}.
   *
   * @param value how it is fitted
   * @return a copy
   */
  public RunConfig withTraining(TrainingConfig value) {
    return new RunConfig(preset, model, data, value);
  }

  /**
   * Refuses to go on with a run of another configuration. Epochs, patience, checkpoints, device and
   * threads may differ: each is a matter of how long or on what, not of what is computed.
   *
   * @param run that has begun
   * @throws org.vaetf.base.VaeException if something differs that may not; names it
   */
  void requireResumable(RunFolder run) {
    RunChanges.check(run, this);
  }
}
