package org.vaetf.cli;

import java.util.List;
import java.util.Locale;
import org.vaetf.base.Json;
import org.vaetf.model.Presets;

/** Lists the presets. */
final class ModelsCommand implements Command {

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "List the models that 'train --preset' knows, with their papers.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar models";
  }

  @Override
  public List<CliOption> options() {
    return List.of(CliOption.JSON);
  }

  @Override
  public void run(Arguments arguments, Console console) {
    if (arguments.has(CliOption.JSON)) {
      console.print(Json.write(Presets.all()));
      return;
    }
    for (Presets.Preset preset : Presets.all()) {
      console.print(String.format(Locale.ROOT, "%-10s %s", preset.name(), preset.title()));
      console.print(String.format(Locale.ROOT, "%-10s %s", "", preset.paper()));
    }
  }
}
