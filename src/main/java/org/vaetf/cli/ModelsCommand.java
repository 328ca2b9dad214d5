package org.vaetf.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaetf.base.Json;
import org.vaetf.base.Kinds;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;

/** Lists the presets, or the axes that they are points on. */
final class ModelsCommand implements Command {

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "List the models that 'train --preset' knows, with their papers; or, with --axes, what"
        + " 'train --set' can make of them.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar models --axes";
  }

  @Override
  public List<CliOption> options() {
    return List.of(CliOption.AXES, CliOption.JSON);
  }

  @Override
  public void run(Arguments arguments, Console console) {
    boolean json = arguments.has(CliOption.JSON);
    if (arguments.has(CliOption.AXES)) {
      console.print(json ? Json.write(axes()) : axesText());
    } else if (json) {
      console.print(Json.write(Presets.all()));
    } else {
      for (Presets.Preset preset : Presets.all()) {
        console.print(String.format(Locale.ROOT, "%-10s %s", preset.name(), preset.title()));
        console.print(String.format(Locale.ROOT, "%-10s %s", "", preset.paper()));
      }
    }
  }

  /** By axis and kind, the keys with their default values. */
  private static Map<String, Map<String, Map<String, Object>>> axes() {
    Map<String, Map<String, Map<String, Object>>> axes = new LinkedHashMap<>();
    ModelAxes.of(ModelConfig.class).forEach((axis, kinds) -> axes.put(axis, keys(kinds)));
    return axes;
  }

  private static Map<String, Map<String, Object>> keys(Kinds<?> kinds) {
    Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
    for (String kind : kinds.choices()) {
      Map<String, Object> values = new LinkedHashMap<>(Json.toMap(kinds.defaults(kind)));
      values.remove(kinds.key());
      keys.put(kind, values);
    }
    return keys;
  }

  /** The kinds of each axis, their values as {@code --set} takes them. */
  private static String axesText() {
    Map<String, Map<String, Map<String, Object>>> axes = axes();
    int column =
        axes.values().stream()
            .flatMap(kinds -> kinds.keySet().stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    axes.forEach(
        (axis, kinds) -> {
          text.append(axis).append(":\n");
          kinds.forEach(
              (kind, keys) -> {
                String values = String.join(" ", assignments(axis, keys));
                Help.row(text, kind, column + 2, values.isEmpty() ? "no settings" : values);
              });
        });
    return text.append("\n--set network.kind=dense, or --network dense for short, chooses a kind")
        .append(" with these values;\n--set network.hidden=400,200 sets one.")
        .toString();
  }

  private static List<String> assignments(String path, Map<?, ?> keys) {
    return keys.entrySet().stream()
        .flatMap(
            entry -> {
              String key = path + "." + entry.getKey();
              return entry.getValue() instanceof Map<?, ?> below
                  ? assignments(key, below).stream()
                  : Stream.of(key + "=" + value(entry.getValue()));
            })
        .toList();
  }

  private static String value(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ModelsCommand::value).collect(Collectors.joining(","));
    }
    // People write 1 where the library has 1.0.
    return String.valueOf(value).replaceFirst("\\.0$", "");
  }
}
