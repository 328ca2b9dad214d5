package org.vaetf.cli;

import org.vaetf.tf.Devices;

/** Shortens the time until TensorFlow is ready. No result depends on it. */
final class StartUp {
  /** Names the kinds of natives to look for beside the plain ones; where unset, it is CUDA's. */
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private StartUp() {}

  /** Must be called before TensorFlow is first touched, else it does nothing. */
  static void shorten() {
    if (!Devices.cudaNatives() && System.getProperty(EXTENSION) == null) {
      // Else JavaCPP looks for CUDA's twenty libraries, under every name and in every place.
      System.setProperty(EXTENSION, "");
    }
  }
}
