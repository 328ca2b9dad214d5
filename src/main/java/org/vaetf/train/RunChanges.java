package org.vaetf.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.vaetf.base.Json;
import org.vaetf.base.Kinds;
import org.vaetf.base.VaeException;
import org.vaetf.model.ModelConfig;

/**
 * What differs between the configuration that a run has begun with and the one it is to go on with,
 * compared as JSON, leaf by leaf.
 */
final class RunChanges {
  private static final Set<String> ALLOWED =
      Set.of(
          "training.epochs",
          "training.patience",
          "training.checkpointEvery",
          "training.keepCheckpoints",
          "training.precision",
          "training.compute.device",
          "training.compute.threads");
  private static final String MODEL = "model";

  private RunChanges() {}

  /**
   * Refuses to go on with a run of another configuration.
   *
   * @param run that has begun
   * @param config to go on with
   * @throws VaeException if something differs that may not; names it
   */
  static void check(RunFolder run, RunConfig config) {
    Map<String, Object> begun = begun(run.config());
    Map<String, Object> now = Json.leaves(Json.toMap(config));
    Set<String> keys = new TreeSet<>(begun.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      if (!ALLOWED.contains(key) && !Objects.equals(begun.get(key), now.get(key))) {
        throw new VaeException(
            run.path()
                + ": cannot be resumed: "
                + key
                + " was "
                + begun.get(key)
                + " and is now "
                + now.get(key)
                + "; only epochs, patience, checkpointEvery, keepCheckpoints, precision, device and threads may change");
      }
    }
  }

  /**
   * Leaves of a run's configuration, among them those that the library did not have yet when the
   * run began. An axis whose value was given in Java cannot be read back: it is as it was written.
   */
  private static Map<String, Object> begun(Path file) {
    Map<?, ?> config = Json.read(file, Map.class);
    Map<String, Object> written = Json.leaves(config);
    List<String> givenInJava = givenInJava(written);
    if (givenInJava.isEmpty()) {
      return Json.leaves(Json.toMap(RunConfig.read(file)));
    }
    givenInJava.forEach(((Map<?, ?>) config.get(MODEL))::remove);
    Map<String, Object> begun = Json.leaves(Json.toMap(RunConfig.read(file, Json.write(config))));
    for (String axis : givenInJava) {
      begun.keySet().removeIf(key -> key.startsWith(below(axis)));
      written.keySet().stream()
          .filter(key -> key.startsWith(below(axis)))
          .forEach(key -> begun.put(key, written.get(key)));
    }
    return begun;
  }

  /** The axes whose values no kind's name in JSON stands for. */
  private static List<String> givenInJava(Map<String, Object> written) {
    List<String> axes = new ArrayList<>();
    Kinds.axesOf(ModelConfig.class)
        .forEach(
            (axis, kinds) -> {
              Object kind = written.get(below(axis) + kinds.key());
              if (kind instanceof String name && !kinds.choices().contains(name)) {
                axes.add(axis);
              }
            });
    return axes;
  }

  private static String below(String axis) {
    return MODEL + "." + axis + ".";
  }
}
