package org.vaetf.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.sampler.FlowSampler;
import org.vaetf.sampler.NormalMixtureSampler;
import org.vaetf.sampler.PriorSampler;
import org.vaetf.sampler.Sampler;
import org.vaetf.sampler.TwoStageSampler;
import org.vaetf.sampler.VampSampler;

/** The options that choose a sampler and set its keys, as its JSON has them. */
final class SamplerSettings {
  static final List<CliOption> OPTIONS = List.of(CliOption.KIND, CliOption.SET);

  private static final List<Sampler> KINDS =
      List.of(
          new PriorSampler(),
          NormalMixtureSampler.defaults(),
          FlowSampler.defaults(),
          TwoStageSampler.defaults(),
          VampSampler.defaults());

  private SamplerSettings() {}

  /** The sampler of a kind, with some of its keys set. */
  static Sampler of(Arguments arguments) {
    Map<String, Object> keys = defaults(arguments);
    for (String assignment : arguments.texts(CliOption.SET)) {
      set(keys, assignment);
    }
    try {
      return Json.read(CliOption.SET.flag(), Json.writeLine(keys), Sampler.class);
    } catch (DataException e) {
      // The place in a text that nobody has written says nothing.
      throw new UsageException(e.getMessage().replaceFirst("(:\\d+)+: ", " "));
    }
  }

  private static Map<String, Object> defaults(Arguments arguments) {
    Map<String, Map<String, Object>> byKind = new LinkedHashMap<>();
    for (Sampler sampler : KINDS) {
      Map<String, Object> keys = Json.toMap(sampler);
      byKind.put(String.valueOf(keys.get("kind")), keys);
    }
    arguments.required(CliOption.KIND);
    String kind = arguments.word(CliOption.KIND, List.copyOf(byKind.keySet())).orElseThrow();
    return byKind.get(kind);
  }

  private static void set(Map<String, Object> keys, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw UsageException.value(
          CliOption.SET, "'" + assignment + "'", "KEY=VALUE, as in components=20");
    }
    String key = assignment.substring(0, equals);
    if (key.equals("kind") || !keys.containsKey(key)) {
      List<String> known = keys.keySet().stream().filter(name -> !name.equals("kind")).toList();
      throw UsageException.inapplicable(
          CliOption.SET,
          "the sampler "
              + keys.get("kind")
              + " has no "
              + key
              + "; it has "
              + (known.isEmpty() ? "no settings" : "the keys " + String.join(", ", known)));
    }
    keys.put(key, value(key, assignment.substring(equals + 1), keys.get(key)));
  }

  /** A value of the sort of the one that is there. */
  private static Object value(String key, String text, Object present) {
    try {
      if (present instanceof Integer) {
        return Integer.valueOf(text);
      }
      if (present instanceof Double) {
        return Double.valueOf(text);
      }
      if (present instanceof List) {
        return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
      }
      return present instanceof Map ? Json.read(key, text, Map.class) : text;
    } catch (NumberFormatException | DataException e) {
      throw UsageException.value(
          CliOption.SET,
          "'" + key + "=" + text + "'",
          "a value as in " + key + "=" + example(present));
    }
  }

  private static String example(Object present) {
    return present instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : present instanceof Map ? Json.writeLine(present) : String.valueOf(present);
  }
}
