package org.vaetf.testing;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleHeaderProto;

/**
 * Writes an index of variables as TensorFlow does, with checksums that are right: what a forger
 * would write, who wants his claims to be read.
 */
public final class IndexWriter {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int CHECKSUM_MASK = 0xa282ead8;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** A row of a table. */
  @SuppressWarnings("ArrayRecordComponent") // Written once.
  private record Entry(String key, byte[] value) {}

  private IndexWriter() {}

  /** The bytes of an index, its entries in the order of their names. */
  public static byte[] write(Map<String, ? extends MessageLite> variables) {
    return write(variables, 1);
  }

  /** An index that points to its one block of entries so many times. */
  public static byte[] write(Map<String, ? extends MessageLite> variables, int times) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry("", BundleHeaderProto.newBuilder().setNumShards(1).build().toByteArray()));
    variables.forEach((name, entry) -> entries.add(new Entry(name, entry.toByteArray())));
    IndexWriter writer = new IndexWriter();
    byte[] rows = writer.block(entries);
    byte[] filters = writer.block(List.of());
    byte[] pointers = writer.block(Collections.nCopies(times, new Entry("~", rows)));
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(filters).put(pointers).putLong(40, MAGIC);
    writer.file.writeBytes(footer.array());
    return writer.file.toByteArray();
  }

  /** Adds a block and gives the pointer to it. */
  private byte[] block(List<Entry> entries) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    List<Integer> restarts = new ArrayList<>(entries.isEmpty() ? List.of(0) : List.of());
    byte[] before = new byte[0];
    for (Entry entry : entries) {
      byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
      int same = Arrays.mismatch(before, key);
      int shared = block.size() == 0 || same < 0 ? 0 : same;
      if (shared == 0) {
        restarts.add(block.size());
      }
      number(block, shared);
      number(block, key.length - shared);
      number(block, entry.value().length);
      block.write(key, shared, key.length - shared);
      block.writeBytes(entry.value());
      before = key;
    }
    ByteBuffer index = ByteBuffer.allocate(4 * restarts.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
    restarts.forEach(index::putInt);
    block.writeBytes(index.putInt(restarts.size()).array());
    ByteArrayOutputStream pointer = new ByteArrayOutputStream();
    number(pointer, file.size());
    number(pointer, block.size());
    block.write(0);
    CRC32C sum = new CRC32C();
    sum.update(block.toByteArray());
    int masked = Integer.rotateRight((int) sum.getValue(), 15) + CHECKSUM_MASK;
    file.writeBytes(block.toByteArray());
    file.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array());
    return pointer.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int number) {
    int rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
  }
}
