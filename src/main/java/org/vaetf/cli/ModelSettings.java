package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.model.ModelConfig;

/** The options that move a model on its axes: each sets a key of its configuration. */
final class ModelSettings {
  static final List<CliOption> OPTIONS =
      CliOption.all().stream()
          .filter(option -> option.key().isPresent() || option == CliOption.SET)
          .toList();

  private static final String EXAMPLE = "objective.beta=4; 'models --axes' lists the keys";

  private ModelSettings() {}

  /** A model with the options' values in place of its own. */
  static ModelConfig apply(ModelConfig base, Arguments arguments) {
    List<KeySetting> settings = new ArrayList<>();
    for (CliOption option : OPTIONS) {
      option
          .key()
          .flatMap(
              key -> arguments.text(option).map(text -> new KeySetting(option.flag(), key, text)))
          .ifPresent(settings::add);
    }
    arguments.texts(CliOption.SET).stream()
        .map(assignment -> KeySetting.parse(assignment, EXAMPLE))
        .forEach(settings::add);
    return ModelKeys.set(base, settings);
  }
}
