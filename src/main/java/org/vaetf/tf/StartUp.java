package org.vaetf.tf;

/** Sets how TensorFlow's Java binding starts. No result depends on it. */
public final class StartUp {
  /** Names the kinds of natives to look for beside the plain ones; where unset, it is CUDA's. */
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private StartUp() {}

  /**
   * JavaCPP refuses new objects, a graph or a tensor, once the whole process, TensorFlow's weights
   * with it, takes more than this: by default four times Java's heap, 0 for any amount. It is there
   * for programs that leave their freeing to the garbage collector.
   */
  private static final String MOST_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

  /** Must be called before TensorFlow is first touched, else it does nothing. */
  public static void prepare() {
    if (System.getProperty(MOST_BYTES) == null) {
      System.setProperty(MOST_BYTES, "0");
    }
    if (!Devices.cudaNatives() && System.getProperty(EXTENSION) == null) {
      // Else JavaCPP looks for CUDA's twenty libraries, under every name and in every place.
      System.setProperty(EXTENSION, "");
    }
  }
}
