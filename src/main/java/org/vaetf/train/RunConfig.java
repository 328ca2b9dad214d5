package org.vaetf.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vaetf.base.Check;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
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
  private static final Set<String> MAY_CHANGE =
      Set.of(
          "training.epochs",
          "training.patience",
          "training.checkpointEvery",
          "training.keepCheckpoints",
          "training.compute.device",
          "training.compute.threads");

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
   * Reads a configuration.
   *
   * @param file JSON as in a run folder's {@code config.json}
   * @return the configuration
   * @throws org.vaetf.base.DataException if the file is missing, is not JSON, holds an unknown key
   *     or a value out of range
   */
  public static RunConfig read(Path file) {
    return Json.read(file, RunConfig.class);
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
   * @throws VaeException if something differs that may not; names it
   */
  void requireResumable(RunFolder run) {
    // Compared as JSON: a network given in Java cannot be read back.
    Map<String, Object> begun = leaves(Json.read(run.config(), Map.class));
    // Runs from before there were conditional models do not say that they have no condition.
    begun.putIfAbsent("model.condition.kind", "none");
    Map<String, Object> now = leaves(Json.read(run.config(), Json.write(this), Map.class));
    Set<String> keys = new TreeSet<>(begun.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      if (!MAY_CHANGE.contains(key) && !Objects.equals(begun.get(key), now.get(key))) {
        throw new VaeException(
            run.path()
                + ": cannot be resumed: "
                + key
                + " was "
                + begun.get(key)
                + " and is now "
                + now.get(key)
                + "; only epochs, patience, checkpointEvery, keepCheckpoints, device and threads may change");
      }
    }
  }

  /** Leaves of the JSON by dotted path. */
  private static Map<String, Object> leaves(Map<?, ?> config) {
    Map<String, Object> leaves = new TreeMap<>();
    flatten("", config, leaves);
    return leaves;
  }

  private static void flatten(String path, Object value, Map<String, Object> leaves) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) ->
              flatten(path.isEmpty() ? key.toString() : path + "." + key, inner, leaves));
    } else {
      leaves.put(path, value);
    }
  }
}
