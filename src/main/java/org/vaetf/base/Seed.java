package org.vaetf.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The one seed of a run, and the sub-seeds derived from it by name ({@code weights}, {@code
 * shuffle}, {@code noise} …): the first 64 bits of SHA-256 over the seed (big-endian) and the name
 * in UTF-8. A sub-seed is a {@code Seed} too, so names nest.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {

  /**
   * The sub-seed of a name.
   *
   * @param name what the sub-seed is for
   * @return a seed that shares nothing visible with this one or with another name's
   */
  public Seed named(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] input = ByteBuffer.allocate(Long.BYTES + text.length).putLong(value).put(text).array();
    return new Seed(ByteBuffer.wrap(Sha256.begin().digest(input)).getLong());
  }

  /**
   * The pair that TensorFlow's stateless generators take.
   *
   * @param counter the second half: a step, a batch number, or 0
   * @return {@code [value, counter]}
   */
  public long[] pair(long counter) {
    return new long[] {value, counter};
  }

  /**
   * A generator of Java's own that starts from this seed.
   *
   * @param counter distinguishes streams under one seed: an epoch, a row, or 0
   * @return the same sequence for the same seed and counter
   */
  public SplittableRandom random(long counter) {
    return new SplittableRandom(value ^ Long.rotateLeft(counter * 0x9E3779B97F4A7C15L, 32));
  }
}
