package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Kinds;
import org.vaetf.sampler.Sampler;

/** The options that choose a sampler and set its keys, as its JSON has them. */
final class SamplerSettings {
  static final List<CliOption> OPTIONS = List.of(CliOption.KIND, CliOption.SET);

  private SamplerSettings() {}

  /** The sampler of a kind, with some of its keys set. */
  static Sampler of(Arguments arguments) {
    arguments.required(CliOption.KIND);
    Kinds<Sampler> kinds = Kinds.of(Sampler.class);
    String kind = arguments.word(CliOption.KIND, kinds.choices()).orElseThrow();
    List<KeySetting> settings = new ArrayList<>();
    settings.add(new KeySetting(CliOption.KIND.flag(), kinds.key(), kind));
    arguments.texts(CliOption.SET).stream()
        .map(assignment -> KeySetting.parse(assignment, "components=20"))
        .forEach(settings::add);
    return ModelKeys.set(Sampler.class, kinds.defaults(kind), settings);
  }
}
