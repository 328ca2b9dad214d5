package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.tf.Natives;

/** TensorFlow's libraries, unpacked from the jar where nothing is as one wishes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the library has another name elsewhere")
class NativesIT {
  private static final String LIBRARY = "libtensorflow_framework.so.2";

  @TempDir Path folder;

  private JarProcess info(String... java) throws IOException {
    return JarProcess.start(folder, List.of(java), Map.of(), List.of("info"));
  }

  private static Path library(Path cache) throws IOException {
    try (Stream<Path> tree = Files.walk(cache)) {
      return tree.filter(file -> file.endsWith(LIBRARY)).findFirst().orElseThrow();
    }
  }

  private static long size(Path cache) {
    try {
      return Files.exists(cache) ? Files.size(library(cache)) : 0;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private static Object changed(Path file) throws IOException {
    return List.of(Files.getAttribute(file, "unix:ctime"), Files.getAttribute(file, "unix:ino"));
  }

  /**
   * The first process is killed at it; two that come at once, in two time zones, mend it. So does
   * one that finds the first library whole and the second half there.
   */
  @Test
  void aKilledFirstStartIsMendedByTwoAtOnce() throws Exception {
    Path cache = folder.resolve("cache");
    String place = "-D" + Natives.FOLDER + "=" + cache;
    JarProcess first = info(place);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (size(cache) == 0 && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    first.process().destroyForcibly().waitFor();
    long half = size(cache);
    JarProcess east = info(place, "-Duser.timezone=Pacific/Chatham");
    JarProcess west = info(place, "-Duser.timezone=America/St_Johns");
    assertTrue(east.done().contains("natives     " + cache));
    assertTrue(west.done().contains("natives     " + cache));
    assertTrue(half > 0 && half < size(cache), half + " of " + size(cache) + " bytes");
    try (RandomAccessFile file = new RandomAccessFile(library(cache).toFile(), "rw")) {
      file.setLength(half);
    }
    info(place).done();
    Object before = changed(library(cache));
    info(place, "-Duser.timezone=Asia/Kathmandu").done();
    assertEquals(before, changed(library(cache)));
  }

  /** A disk that lost its contents: neither its size nor its time tells. */
  @Test
  void withoutAHomeTheyLieAmongTemporaryFilesAndADamagedOneIsNamed() throws Exception {
    Path home = Files.createFile(folder.resolve("home"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    String[] java = {"-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary};
    Path cache = temporary.resolve("vae-tf-natives-" + System.getProperty("user.name"));
    String said = info(java).done();
    assertTrue(said.contains("natives     " + cache + "\n"), said);
    Path library = library(cache);
    FileTime time = Files.getLastModifiedTime(library);
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
      file.write(new byte[4096]);
    }
    Files.setLastModifiedTime(library, time);
    JarProcess.Ended damaged = info(java).end();
    assertOneLine(damaged, "vae-tf: " + cache + ": ", LIBRARY, "delete what is in it");
  }

  @Test
  void whereNothingCanBeWrittenTheLineNamesTheSetting() throws Exception {
    JarProcess.Ended nowhere = info("-Duser.home=/proc", "-Djava.io.tmpdir=/proc").end();
    assertOneLine(nowhere, "-Dorg.bytedeco.javacpp.cachedir=FOLDER");
  }

  private static void assertOneLine(JarProcess.Ended ended, String... parts) {
    assertEquals(Main.FAILED, ended.status(), ended.toString());
    assertEquals(1, ended.err().lines().count(), ended.err());
    for (String part : parts) {
      assertTrue(ended.err().contains(part), ended.err() + "\nlacks: " + part);
    }
  }
}
