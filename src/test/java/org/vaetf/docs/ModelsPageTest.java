package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vaetf.model.Presets;

/** docs/models.md and the README have every preset. */
class ModelsPageTest {

  @Test
  void everyPresetHasItsRow() throws IOException {
    String page = Files.readString(Path.of("docs", "models.md"));
    String readme = Files.readString(Path.of("README.md"));
    for (Presets.Preset preset : Presets.all()) {
      String row = "| `" + preset.name() + "` | " + preset.title() + " | ";
      assertTrue(page.contains(row), "docs/models.md lacks " + row);
      assertTrue(readme.contains("`" + preset.name() + "`"), "README.md lacks " + preset.name());
    }
  }
}
