package org.vaetf.tf;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * A shared library that TensorFlow opens when it first looks for a GPU, all of which it needs. None
 * of them comes with its natives.
 *
 * @param file the name TensorFlow opens, with the major version it was built for
 * @param product what it is part of, for people
 * @param debianPackage that brings it from NVIDIA's repository for Debian and Ubuntu; CUDA's end in
 *     a minor version
 * @param pythonPackage that brings it from PyPI, in its folder {@code lib}; empty where none does
 * @param versionOf asks the opened library for its version; 0 where it has no call for it
 */
public record CudaLibrary(
    String file,
    String product,
    String debianPackage,
    String pythonPackage,
    ToIntFunction<NativeLibrary> versionOf) {
  private static final String CUDA = "CUDA 12";

  /** NVIDIA's driver, whose version is that of the newest CUDA it can run. */
  public static final CudaLibrary DRIVER =
      new CudaLibrary(
          "libcuda.so.1",
          "the driver",
          "cuda-drivers",
          "",
          library -> written(library, "cuDriverGetVersion"));

  /** CUDA's runtime. */
  public static final CudaLibrary RUNTIME =
      new CudaLibrary(
          "libcudart.so.12",
          CUDA,
          "cuda-cudart-12-x",
          "nvidia-cuda-runtime-cu12",
          library -> written(library, "cudaRuntimeGetVersion"));

  /** Convolutions. */
  public static final CudaLibrary CUDNN =
      new CudaLibrary(
          "libcudnn.so.9",
          "cuDNN 9",
          "libcudnn9-cuda-12",
          "nvidia-cudnn-cu12",
          library -> library.getFunction("cudnnGetVersion").invokeInt(new Object[0]));

  private static final List<CudaLibrary> ALL =
      List.of(
          DRIVER,
          RUNTIME,
          new CudaLibrary(
              "libcublas.so.12",
              CUDA,
              "libcublas-12-x",
              "nvidia-cublas-cu12",
              CudaLibrary::unknown),
          new CudaLibrary(
              "libcublasLt.so.12",
              CUDA,
              "libcublas-12-x",
              "nvidia-cublas-cu12",
              CudaLibrary::unknown),
          new CudaLibrary(
              "libcufft.so.11", CUDA, "libcufft-12-x", "nvidia-cufft-cu12", CudaLibrary::unknown),
          new CudaLibrary(
              "libcusolver.so.11",
              CUDA,
              "libcusolver-12-x",
              "nvidia-cusolver-cu12",
              CudaLibrary::unknown),
          new CudaLibrary(
              "libcusparse.so.12",
              CUDA,
              "libcusparse-12-x",
              "nvidia-cusparse-cu12",
              CudaLibrary::unknown),
          CUDNN);

  /**
   * All that TensorFlow needs.
   *
   * @return the driver first
   */
  public static List<CudaLibrary> all() {
    return ALL;
  }

  /**
   * Those of them that cannot be opened.
   *
   * @return in the order of {@link #all}
   */
  public static List<CudaLibrary> missing() {
    return ALL.stream().filter(library -> library.found().isEmpty()).toList();
  }

  /**
   * Opens it as TensorFlow does: on {@code LD_LIBRARY_PATH} and where the system looks.
   *
   * @return its version, as 12050 for CUDA 12.5, 90300 for cuDNN 9.3.0 and 0 for one that does not
   *     say; empty if it cannot be opened
   */
  public OptionalInt found() {
    try {
      return OptionalInt.of(versionOf.applyAsInt(NativeLibrary.getInstance(file)));
    } catch (UnsatisfiedLinkError e) {
      return OptionalInt.empty();
    }
  }

  /**
   * What brings it.
   *
   * @return for a message: the packages' names
   */
  public String packages() {
    return pythonPackage.isEmpty()
        ? debianPackage
        : debianPackage + ", or from PyPI " + pythonPackage;
  }

  /**
   * A version as people write it.
   *
   * @param version of {@link #RUNTIME} or {@link #DRIVER}: a thousand times the major and ten times
   *     the minor number
   * @return {@code 12.5} for 12050
   */
  public static String cudaVersion(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  /**
   * A version as people write it.
   *
   * @param version of {@link #CUDNN}: ten thousand times the major, a hundred times the minor
   *     number, and the patch
   * @return {@code 9.3.0} for 90300
   */
  public static String cudnnVersion(int version) {
    return version / 10_000 + "." + version % 10_000 / 100 + "." + version % 100;
  }

  /** Calls a function that writes a version to where its only argument points. */
  private static int written(NativeLibrary library, String function) {
    IntByReference version = new IntByReference();
    int status = library.getFunction(function).invokeInt(new Object[] {version});
    return status == 0 ? version.getValue() : 0;
  }

  private static int unknown(NativeLibrary library) {
    return 0;
  }

  @Override
  public String toString() {
    return file;
  }
}
