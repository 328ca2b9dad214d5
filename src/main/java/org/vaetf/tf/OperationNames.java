package org.vaetf.tf;

import java.util.Locale;
import org.vaetf.base.VaeException;

/**
 * The names that TensorFlow's Java API gives to operations: it numbers them in the digits of the
 * default locale, and TensorFlow takes none but 0 to 9.
 */
final class OperationNames {
  private OperationNames() {}

  /**
   * Must be called before operations are made.
   *
   * @throws VaeException if the default locale has other digits, as ar-EG has
   */
  static void requirePlainDigits() {
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    String one = String.format(locale, "%d", 1);
    if (!one.equals("1")) {
      throw new VaeException(
          "the digits of the default locale "
              + locale.toLanguageTag()
              + ", as in "
              + one
              + ", cannot stand in the names of TensorFlow's operations; expected 0 to 9; call"
              + " Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT) first, or start Java with"
              + " -Duser.language.format=en");
    }
  }
}
