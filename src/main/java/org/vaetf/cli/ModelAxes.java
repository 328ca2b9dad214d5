package org.vaetf.cli;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vaetf.base.Keys;
import org.vaetf.base.Kinds;
import org.vaetf.model.ModelConfig;

/** The axes of a model, and those within its kinds, by the paths that {@code --set} takes. */
final class ModelAxes {
  private ModelAxes() {}

  /** The kinds that a key's value may name; none where the key is of another sort. */
  static List<String> kinds(String path) {
    return of(ModelConfig.class).entrySet().stream()
        .filter(axis -> path.equals(ModelKeys.join(axis.getKey(), axis.getValue().key())))
        .findFirst()
        .map(axis -> axis.getValue().choices())
        .orElse(List.of());
  }

  /**
   * The axes of a record by path: its own, each followed by those that its kinds have in turn. An
   * axis below itself is left out.
   */
  static Map<String, Kinds<?>> of(Class<?> record) {
    Map<String, Kinds<?>> axes = new LinkedHashMap<>();
    collect("", record, Set.of(), axes);
    return axes;
  }

  private static void collect(
      String path, Class<?> record, Set<Class<?>> above, Map<String, Kinds<?>> axes) {
    Keys.of(record)
        .forEach(
            (key, component) -> {
              Class<?> type = component.getType();
              String below = ModelKeys.join(path, key);
              if (type.isRecord()) {
                collect(below, type, above, axes);
              } else if (Kinds.isAxis(type) && !above.contains(type)) {
                Kinds<?> kinds = Kinds.of(type);
                axes.put(below, kinds);
                Set<Class<?>> here = new HashSet<>(above);
                here.add(type);
                kinds
                    .choices()
                    .forEach(kind -> collect(below, kinds.type(kind).orElseThrow(), here, axes));
              }
            });
  }
}
