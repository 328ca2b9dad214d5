package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.RunFiles;

/** Which pictures of a run stay, and what is made of them. */
class EpochFramesTest {
  @TempDir Path folder;

  private EpochFrames frames() {
    return new EpochFrames(folder.resolve("epochs"));
  }

  private static BufferedImage picture(int level) {
    BufferedImage picture = new BufferedImage(90, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 360; i++) {
      picture.getRaster().setSample(i % 90, i / 90, 0, (level + i) % 256);
    }
    return picture;
  }

  /** Pictures as a run makes them that does some epochs more. */
  private void go(int from, int to) {
    for (int epoch = from; epoch <= to; epoch++) {
      if (epoch == to || EpochFrames.isDue(epoch)) {
        frames().keep(epoch, picture(epoch));
      }
    }
  }

  private static List<Integer> each(int from, int to, int step) {
    return IntStream.rangeClosed(0, (to - from) / step).mapToObj(i -> from + i * step).toList();
  }

  private static List<Integer> all(List<List<Integer>> parts) {
    List<Integer> all = new ArrayList<>();
    parts.forEach(all::addAll);
    return all;
  }

  @Test
  void theFirstStayAndEveryPowerOfTwoth() {
    go(0, 3);
    assertEquals(List.of(0, 1, 2, 3), frames().epochs());
    go(4, 64);
    assertEquals(each(0, 64, 1), frames().epochs());
    go(65, 65);
    assertEquals(
        all(List.of(each(0, 8, 1), each(10, 64, 2), List.of(65))),
        frames().epochs(),
        "65 as the last one");
    go(66, 128);
    assertEquals(all(List.of(each(0, 8, 1), each(10, 128, 2))), frames().epochs());
    go(129, 131);
    assertEquals(all(List.of(each(0, 8, 1), each(12, 128, 4), List.of(131))), frames().epochs());
    assertEquals(
        List.of("0000.png", "0001.png"), RunFiles.names(folder.resolve("epochs")).subList(0, 2));
  }

  /** The rule alone, as far as a run can go. */
  @Test
  void thereAreAtMost74() {
    for (int last : new int[] {64, 65, 127, 129, 1000, 1025, 4096, 99_999, 10_000_000}) {
      TreeSet<Integer> kept = new TreeSet<>(each(0, 8, 1));
      for (int every = 1; every <= last; every *= 2) {
        if (last / every <= 64) {
          kept.addAll(each(0, last, every));
          break;
        }
      }
      kept.add(last);
      assertTrue(kept.size() <= 74, last + ": " + kept.size());
      assertTrue(kept.size() > 32, last + ": " + kept.size());
      for (int epoch : kept) {
        assertTrue(epoch == last || EpochFrames.isDue(epoch), "drawn when it came: " + epoch);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 67, 130})
  void aRunInTwoPartsKeepsTheSame(int cut) {
    go(0, 140);
    Path whole = Path.of(frames().folder() + "-whole");
    assertTrue(frames().folder().toFile().renameTo(whole.toFile()));
    go(0, cut);
    // What was made after the checkpoint, with other pictures, is to be made again.
    frames().keep(cut + 1, picture(99));
    frames().dropAfter(cut);
    go(cut + 1, 140);
    RunFiles.assertSameBytes(whole, frames().folder());
  }

  @Test
  void laterEpochsAreDropped() {
    go(0, 12);
    frames().dropAfter(12);
    assertEquals(each(0, 12, 1), frames().epochs());
    frames().dropAfter(5);
    assertEquals(each(0, 5, 1), frames().epochs());
  }

  @Test
  void otherFilesAreLeftAlone() throws IOException {
    go(0, 3);
    Path note = Files.writeString(frames().folder().resolve("note.txt"), "mine");
    Path short3 = Files.writeString(frames().folder().resolve("3.png"), "mine");
    frames().dropAfter(0);
    assertEquals(List.of(0), frames().epochs());
    assertTrue(Files.exists(note) && Files.exists(short3));
    assertFalse(Files.exists(frames().file(3)));
  }

  @Test
  void epochsBeyondFourDigitsAreInOrder() {
    for (int epoch : new int[] {1, 9728, 9999, 10_240}) {
      frames().keep(epoch, picture(epoch));
    }
    assertEquals(List.of(1, 9728, 10_240), frames().epochs(), "every 256th");
    assertTrue(Files.exists(folder.resolve("epochs").resolve("10240.png")));
  }

  @Test
  void theAnimationShowsThemInOrderEachWithItsShareOfTheBar() throws IOException {
    go(0, 4);
    Path file = folder.resolve("a.gif");
    NamedAnimation animation = frames().animation();
    assertEquals("epochs", animation.name());
    animation.write(file);
    List<GifFrames.Frame> read = GifFrames.read(file);
    assertEquals(5, read.size());
    for (int epoch = 0; epoch <= 4; epoch++) {
      BufferedImage expected = picture(epoch);
      BufferedImage frame = read.get(epoch).image();
      for (int i = 0; i < 360; i++) {
        int level = expected.getRaster().getSample(i % 90, i / 90, 0);
        assertEquals(level * 0x010101, frame.getRGB(i % 90, i / 90) & 0xFFFFFF, "epoch " + epoch);
      }
      int filled = 0;
      while (filled < 90 && (frame.getRGB(filled, 5) & 0xFF) < 0x80) {
        filled++;
      }
      assertEquals(Math.round(epoch * 90 / 4.0), filled, "epoch " + epoch);
      assertEquals(epoch == 4 ? 200 : 50, read.get(epoch).hundredths());
    }
    go(5, 40);
    frames().animation().write(file);
    assertEquals(15, GifFrames.read(file).get(0).hundredths(), "6 seconds by 41");
  }

  @Test
  void aPictureThatIsDamagedIsNamed() throws IOException {
    go(0, 2);
    Files.writeString(frames().file(1), "no picture");
    Path file = folder.resolve("a.gif");
    OneLine.ofData(() -> frames().animation().write(file), "0001.png", "is a damaged PNG");
    assertFalse(Files.exists(file));
  }
}
