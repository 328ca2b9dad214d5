package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.Png;
import org.vaetf.plot.AnimatedGif;
import org.vaetf.plot.ProgressStrip;

/**
 * The pictures that a run keeps of its epochs, a PNG each, named after the epoch: {@code
 * epochs/0007.png}. Epoch 0 is the model that has learned nothing.
 *
 * <p>There are 74 at most, however long the run: epochs 0 to 8, in which most happens; after them
 * every k-th up to the newest, k the least power of two that makes at most 64 of them; and the
 * newest. The rule does not ask how long the run will be: who goes on with one keeps what a longer
 * one would have kept.
 *
 * @param folder {@code epochs} of a run; made with the first picture
 */
public record EpochFrames(Path folder) {
  private static final int FIRST = 8;
  private static final int MOST = 64;
  private static final Pattern NAME = Pattern.compile("(\\d{4,9})\\.png");

  /**
   * The whole animation takes so long, if that leaves each frame neither too short nor too long.
   */
  private static final int WHOLE_MILLISECONDS = 6000;

  private static final int LEAST_MILLISECONDS = 80;
  private static final int MOST_MILLISECONDS = 500;
  private static final int HOLD_MILLISECONDS = 2000;

  /** Whether the picture of an epoch stays when many more have come. */
  static boolean isDue(int epoch) {
    return stays(epoch, epoch);
  }

  /** Whether the picture of an epoch is kept after a later one, beside that. */
  private static boolean stays(int epoch, int newest) {
    int every = 1;
    while (newest / every > MOST) {
      every *= 2;
    }
    return epoch <= FIRST || epoch % every == 0;
  }

  /**
   * The epochs of which there are pictures.
   *
   * @return their numbers, in order
   * @throws DataException if the folder cannot be listed
   */
  public List<Integer> epochs() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(name -> name.matches())
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  /** Where the picture of an epoch lies. */
  Path file(int epoch) {
    return folder.resolve(String.format(Locale.ROOT, "%04d.png", epoch));
  }

  /** Writes the picture of the newest epoch, then removes those that no longer stay. */
  void keep(int epoch, BufferedImage picture) {
    Png.write(file(epoch), picture);
    for (int other : epochs()) {
      if (other != epoch && !stays(other, epoch)) {
        remove(other);
      }
    }
  }

  /** Removes the pictures of later epochs, which are to be done again. */
  void dropAfter(int epoch) {
    for (int other : epochs()) {
      if (other > epoch) {
        remove(other);
      }
    }
  }

  private void remove(int epoch) {
    try {
      Files.deleteIfExists(file(epoch));
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file(epoch), e);
    }
  }

  /** The pictures one after the other, each above its epoch; read when they are asked for. */
  NamedAnimation animation() {
    List<Integer> epochs = epochs();
    int last = Math.max(1, epochs.get(epochs.size() - 1));
    ProgressStrip strip = new ProgressStrip("epoch " + last);
    int delay = WHOLE_MILLISECONDS / epochs.size();
    return new NamedAnimation(
        PlotKind.EPOCHS.label(),
        new AnimatedGif(
            Math.max(LEAST_MILLISECONDS, Math.min(MOST_MILLISECONDS, delay)), HOLD_MILLISECONDS),
        () ->
            epochs.stream()
                .map(
                    epoch ->
                        strip.below(Png.read(file(epoch)), "epoch " + epoch, epoch / (double) last))
                .iterator());
  }
}
