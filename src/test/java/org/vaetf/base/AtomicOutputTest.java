package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.testing.OneLine;

class AtomicOutputTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void appearsAtCommitAndNotBefore() throws IOException {
    Path target = folder.resolve("a.txt");
    try (AtomicOutput output = AtomicOutput.begin(target)) {
      Files.writeString(output.temporary(), "new");
      assertFalse(Files.exists(target));
      output.commit();
    }
    assertEquals("new", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void leavesNothingWithoutCommit() throws IOException {
    try (AtomicOutput output = AtomicOutput.begin(folder.resolve("a"))) {
      Files.createDirectory(output.temporary());
      Files.writeString(output.temporary().resolve("b"), "half");
    }
    assertEquals(List.of(), names());
  }

  @Test
  void leavesTheOldWhenTheWriterFails() throws IOException {
    Path target = folder.resolve("a.txt");
    Files.writeString(target, "old");
    VaeException e =
        assertThrows(
            VaeException.class,
            () ->
                AtomicOutput.write(
                    target,
                    place -> {
                      Files.writeString(place, "half");
                      throw new IOException("disk full");
                    }));
    assertTrue(e.getMessage().startsWith(target + ": cannot be written"), e.getMessage());
    assertTrue(e.getMessage().contains("disk full"), e.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void replacesFilesAndFolders() throws IOException {
    Path target = folder.resolve("a");
    Files.createDirectory(target);
    Files.writeString(target.resolve("old"), "old");
    AtomicOutput.write(
        target,
        place -> {
          Files.createDirectory(place);
          Files.writeString(place.resolve("new"), "new");
        });
    assertFalse(Files.exists(target.resolve("old")));
    assertEquals("new", Files.readString(target.resolve("new")));
    AtomicOutput.write(target, place -> Files.writeString(place, "file"));
    assertEquals("file", Files.readString(target));
    assertEquals(List.of("a"), names());
  }

  @Test
  void makesMissingParents() throws IOException {
    Path target = folder.resolve("x/y/z.txt");
    AtomicOutput.write(target, place -> Files.writeString(place, "z"));
    assertEquals("z", Files.readString(target));
  }

  @Test
  void removesFilesAndFoldersAndSaysWhatItCannot() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "c");
    AtomicOutput.remove(folder.resolve("a"));
    Files.writeString(folder.resolve("d"), "d");
    AtomicOutput.remove(folder.resolve("d"));
    assertEquals(List.of(), names());
    OneLine.of(() -> AtomicOutput.remove(folder.resolve("a")), folder.resolve("a"), "it has gone");
  }

  @Test
  void saysWhyAPlaceCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    Path below = folder.resolve("file/a.txt");
    VaeException e = assertThrows(VaeException.class, () -> AtomicOutput.begin(below));
    assertTrue(e.getMessage().contains("a file stands where a folder is needed"), e.getMessage());
    assertThrows(VaeException.class, () -> AtomicOutput.begin(Path.of("/")));
  }

  @Test
  void whatTheDeadHaveLeftIsPutInOrder() throws IOException {
    for (String left : List.of(".vae-tf-1/a", ".vae-tf-1.old/a", ".vae-tf-2.old/b", "b")) {
      Files.createDirectories(folder.resolve(left));
      Files.writeString(folder.resolve(left).resolve("in"), left);
    }
    Files.createDirectory(folder.resolve(".vae-tf-3.old"));
    Files.createDirectory(folder.resolve(".vae-tf-4"));
    Files.writeString(folder.resolve(".vae-tf-4/c.txt"), "half");
    Files.createDirectory(folder.resolve(".vae-tf-x"));
    AtomicOutput.recover(folder);
    assertEquals(List.of(".vae-tf-x", "a", "b"), names());
    assertEquals(".vae-tf-1.old/a", Files.readString(folder.resolve("a").resolve("in")));
    assertEquals("b", Files.readString(folder.resolve("b").resolve("in")));
    AtomicOutput.recover(folder.resolve("missing"));
  }

  /** The longest that file systems allow: nothing can be put before or behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "漢"})
  void takesANameOf255Bytes(String letter) throws IOException {
    int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
    String name = letter.repeat(255 / bytes) + "x".repeat(255 % bytes);
    Path target = folder.resolve(name);
    for (String content : List.of("first", "second")) {
      AtomicOutput.write(
          target,
          place -> {
            Files.createDirectory(place);
            Files.writeString(place.resolve("in"), content);
          });
      assertEquals(content, Files.readString(target.resolve("in")));
      assertEquals(List.of(name), names());
    }
    OneLine.of(
        () -> AtomicOutput.write(folder.resolve(name + "y"), place -> Files.writeString(place, "")),
        "cannot be written");
    assertEquals(List.of(name), names());
  }

  @Test
  void deletingWhatIsMissingIsFine() {
    AtomicOutput.deleteTree(folder.resolve("nothing"));
  }
}
