package org.vaetf.cli;

import java.io.File;
import java.nio.file.Path;

/** Command lines that can be pasted into the shell that this program was called from. */
final class Shell {
  private static final boolean WINDOWS = File.separatorChar == '\\';

  /** Words that mean themselves; a tilde does not at the start. */
  private static final String PLAIN = "[\\w./:+@%=,-][\\w./:~+@%=,-]*";

  private Shell() {}

  /**
   * A call of this program on a folder.
   *
   * @param start the command, up to the option that takes the folder
   */
  static String command(String start, Path folder) {
    String name = folder.toString();
    // Else it would be taken for an option.
    return "java -jar "
        + quoted(jar())
        + " "
        + start
        + " "
        + quoted(name.startsWith("-") ? Path.of(".", name).toString() : name);
  }

  /** The jar as it was named to Java, whose class path it then is alone. */
  private static String jar() {
    String classPath = System.getProperty("java.class.path");
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? classPath
        : "vae-tf.jar";
  }

  /** One word, whatever is in it. */
  static String quoted(String word) {
    if (WINDOWS) {
      // No name there has a double quote in it.
      return word.matches("[\\w.\\\\/:~+@=-]+") ? word : '"' + word + '"';
    }
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
