package org.vaetf.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is said of shared libraries, shown by ones that every system has and ones that none has. */
class CudaLibraryTest {
  private static CudaLibrary library(String file, ToIntFunction<NativeLibrary> version) {
    return new CudaLibrary(file, "C", "libc6", "", version);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "libraries have other names elsewhere")
  void oneThatIsThereIsAskedForItsVersion() {
    assertEquals(OptionalInt.of(0), library("libm.so.6", opened -> 0).found());
    ToIntFunction<NativeLibrary> absolute =
        opened -> opened.getFunction("abs").invokeInt(new Object[] {-12050});
    assertEquals(OptionalInt.of(12050), library("libc.so.6", absolute).found());
  }

  @Test
  void oneThatIsNotThereIsMissing() {
    assertEquals(OptionalInt.empty(), library("libnone-vaetf.so.12", opened -> 1).found());
  }

  @Test
  void versionsAsPeopleWriteThem() {
    assertEquals("12.5", CudaLibrary.cudaVersion(12050));
    assertEquals("12.10", CudaLibrary.cudaVersion(12100));
    assertEquals("9.3.0", CudaLibrary.cudnnVersion(90300));
    assertEquals("9.14.1", CudaLibrary.cudnnVersion(91401));
  }

  @Test
  void packagesAreNamed() {
    assertEquals("cuda-drivers", CudaLibrary.DRIVER.packages());
    assertEquals("libcudnn9-cuda-12, or from PyPI nvidia-cudnn-cu12", CudaLibrary.CUDNN.packages());
  }

  @Test
  void everyOneIsListedOnce() {
    assertEquals(8, new HashSet<>(CudaLibrary.all()).size());
    assertEquals(8, CudaLibrary.all().size());
    assertTrue(CudaLibrary.all().containsAll(CudaLibrary.missing()));
  }
}
