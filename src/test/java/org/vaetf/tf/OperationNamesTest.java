package org.vaetf.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.testing.OneLine;

class OperationNamesTest {

  private static void in(String locale, Runnable work) {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(locale));
    try {
      work.run();
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva"})
  void otherDigitsAreRefusedInOneLine(String locale) {
    in(
        locale,
        () -> {
          OneLine.of(
              () -> GraphSession.build(Compute.defaults(), tf -> {}), locale, "Locale.setDefault");
          OneLine.of(() -> SavedModelFile.write(Path.of("nowhere"), tf -> List.of()), locale);
        });
  }

  @Test
  void decimalCommasAreNone() {
    in(
        "de-DE",
        () -> {
          try (GraphSession session =
              GraphSession.build(
                  Compute.defaults(),
                  tf -> {
                    tf.constant(1f);
                    tf.constant(2f);
                  })) {
            assertEquals(0, session.signatures().size());
          }
        });
  }
}
