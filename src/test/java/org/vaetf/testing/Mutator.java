package org.vaetf.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes broken files out of whole ones: a few bits flipped, numbers put in place of others that
 * programs trip over, pieces cut out, doubled or taken from another file, the end cut off. The same
 * seed gives the same bytes.
 */
public final class Mutator {
  private static final int MOST_CHANGES = 4;
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final byte[] CHARACTERS =
      "0123456789-+.eE,;:\"'{}[]()\\/<>\n\r\t \0NaNif".getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> whole;

  /**
   * A mutator of some files.
   *
   * @param whole at least one
   */
  public Mutator(List<byte[]> whole) {
    this.whole = List.copyOf(whole);
  }

  /**
   * Puts a file in place of another. Not over it: some file systems then wait for the disk, which
   * takes longer than all else that is done with a broken file.
   */
  public static void replace(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, bytes);
  }

  /** One broken file, by its number. */
  public byte[] broken(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = any(random).clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes = change(bytes, random);
    }
    return bytes;
  }

  private byte[] any(SplittableRandom random) {
    return whole.get(random.nextInt(whole.size()));
  }

  private byte[] change(byte[] bytes, SplittableRandom random) {
    int at = place(bytes, random);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] = CHARACTERS[random.nextInt(CHARACTERS.length)];
      case 3 -> putNumber(bytes, at, random);
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(32));
        return join(bytes, 0, at, bytes, to, bytes.length);
      }
      case 6 -> {
        int from = random.nextInt(at + 1);
        byte[] doubled = Arrays.copyOfRange(bytes, from, Math.min(at + 1, from + 64));
        return join(
            join(bytes, 0, at, doubled, 0, doubled.length),
            0,
            at + doubled.length,
            bytes,
            at,
            bytes.length);
      }
      default -> {
        byte[] other = any(random);
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return join(bytes, 0, at, other, from, other.length);
      }
    }
    return bytes;
  }

  /** Heads and ends of files matter more than what lies between. */
  private static int place(byte[] bytes, SplittableRandom random) {
    int near = Math.min(bytes.length, 128);
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(bytes.length);
      case 1 -> bytes.length - 1 - random.nextInt(near);
      default -> random.nextInt(near);
    };
  }

  /** A number that programs trip over. */
  static long number(SplittableRandom random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private static void putNumber(byte[] bytes, int at, SplittableRandom random) {
    long number = number(random);
    ByteOrder order = random.nextInt(2) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int size = 1 << (1 + random.nextInt(3));
    ByteBuffer eight = ByteBuffer.allocate(Long.BYTES).order(order).putLong(number);
    int skip = order == ByteOrder.BIG_ENDIAN ? Long.BYTES - size : 0;
    for (int i = 0; i < size && at + i < bytes.length; i++) {
      bytes[at + i] = eight.get(skip + i);
    }
  }

  private static byte[] join(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
    byte[] joined = new byte[toA - fromA + toB - fromB];
    System.arraycopy(a, fromA, joined, 0, toA - fromA);
    System.arraycopy(b, fromB, joined, toA - fromA, toB - fromB);
    return joined;
  }
}
