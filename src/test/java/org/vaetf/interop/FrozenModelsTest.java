package org.vaetf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.export.Contract;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Frozen;

/**
 * Models that earlier versions exported load, and give the numbers that Python's TensorFlow gave
 * when they were new.
 */
class FrozenModelsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("org.vaetf.testing.Frozen#models")
  void giveTheNumbersTheyGave(String name) throws IOException {
    Path model = Frozen.model(name, folder.resolve("model"));
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      assertEquals(Contract.VERSION, vae.manifest().contract());
      assertTrue(vae.latent() > 1);
      Cases.check(Frozen.cases(name), vae.scaled());
    }
  }
}
