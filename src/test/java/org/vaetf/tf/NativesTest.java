package org.vaetf.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.OneLine;

class NativesTest {
  @TempDir Path folder;

  private Path temporary() {
    return folder.resolve("vae-tf-natives-" + System.getProperty("user.name"));
  }

  @Test
  void lieWhereJavaCppPutsThemIfThatCanBeWritten() {
    assertEquals(
        folder.resolve("home/.javacpp/cache"), Natives.folder(folder.resolve("home"), folder));
    assertTrue(Files.isDirectory(folder.resolve("home/.javacpp/cache")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
  void elseInATemporaryFolderThatNobodyElseCanWrite() throws IOException {
    Path home = Files.createFile(folder.resolve("file"));
    for (Path none : new Path[] {home, Path.of("?")}) {
      assertEquals(temporary(), Natives.folder(none, folder));
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary())));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
  void oneThatOthersCanWriteIsNotTrusted() throws IOException {
    Path home = Files.createFile(folder.resolve("file"));
    Files.createDirectory(temporary());
    Files.setPosixFilePermissions(temporary(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(home.resolve(".javacpp/cache"), Natives.folder(home, folder));
    Files.delete(temporary());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(temporary(), elsewhere);
    assertEquals(home.resolve(".javacpp/cache"), Natives.folder(home, folder));
  }

  @Test
  void areLoadedInOneTimeZoneAndFaultsAreOneLine() {
    TimeZone zone = TimeZone.getDefault();
    String[] seen = new String[1];
    OneLine.of(
        () ->
            Natives.load(
                () -> {
                  seen[0] = TimeZone.getDefault().getID();
                  throw new UnsatisfiedLinkError("libx.so: file too short\nsecond line");
                }),
        "native libraries cannot be unpacked",
        "libx.so: file too short",
        "-Dorg.bytedeco.javacpp.cachedir=FOLDER");
    assertEquals("UTC", seen[0]);
    assertEquals(zone, TimeZone.getDefault());
  }
}
