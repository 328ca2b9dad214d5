package org.vaetf.tf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The table of byte strings that TensorFlow keeps the index of its variables in: LevelDB's sorted
 * string table, without compression. A footer points at a block of pointers, these at the blocks of
 * entries; a key is written as what it shares with the one before, and the rest. Everything that a
 * native reader relies on is checked.
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final int CHECKSUM_MASK = 0xa282ead8;

  /** Names of variables share their beginnings; a forger's could share a megabyte each. */
  private static final long MOST_KEY_BYTES_A_BYTE = 64;

  private final byte[] file;
  private long keyBytes;

  /** A key and its value. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, by the one who asked.
  record Entry(byte[] key, byte[] value) {}

  /** Where a block lies. */
  private record Block(int offset, int size) {
    static Block at(ByteBuffer pointer) throws Damage {
      return new Block(number(pointer), number(pointer));
    }
  }

  /** The file is no table: says why. */
  static final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage(String what) {
      super(what);
    }
  }

  private SortedTable(byte[] file) {
    this.file = file;
  }

  /** All entries, in the order of their keys. */
  static List<Entry> read(byte[] file) throws Damage {
    try {
      return new SortedTable(file).entries();
    } catch (RuntimeException e) {
      // A number that points outside, or a size that is none.
      throw new Damage("a pointer that leads outside");
    }
  }

  private List<Entry> entries() throws Damage {
    ByteBuffer footer =
        ByteBuffer.wrap(file, file.length - FOOTER, FOOTER).order(ByteOrder.LITTLE_ENDIAN);
    require(footer.getLong(file.length - Long.BYTES) == MAGIC, "no table's footer");
    // The first pointer is to a block of filters, of which there are none.
    require(entries(Block.at(footer)).isEmpty(), "a block of filters");
    List<Entry> all = new ArrayList<>();
    int end = 0;
    for (Entry pointer : entries(Block.at(footer))) {
      Block block = Block.at(ByteBuffer.wrap(pointer.value()));
      // Else many pointers to one block would make gigabytes of a small file.
      require(block.offset >= end, "blocks that lie in each other");
      end = Math.addExact(block.offset, block.size);
      all.addAll(entries(block));
    }
    for (int i = 1; i < all.size(); i++) {
      require(
          Arrays.compareUnsigned(all.get(i - 1).key(), all.get(i).key()) < 0, "keys out of order");
    }
    return all;
  }

  private List<Entry> entries(Block block) throws Damage {
    int offset = block.offset;
    int size = block.size;
    ByteBuffer trailer =
        ByteBuffer.wrap(file, offset + size, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    require(trailer.get() == 0, "a compressed block");
    CRC32C sum = new CRC32C();
    sum.update(file, offset, size + 1);
    int masked = Integer.rotateRight((int) sum.getValue(), 15) + CHECKSUM_MASK;
    require(trailer.getInt() == masked, "a block whose checksum is another");
    return entriesOf(ByteBuffer.wrap(file, offset, size).slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private List<Entry> entriesOf(ByteBuffer block) throws Damage {
    int restarts = block.getInt(block.limit() - Integer.BYTES);
    int end = Math.subtractExact(block.limit() - Integer.BYTES, Math.multiplyExact(restarts, 4));
    require(restarts >= 1 && end >= 0, "a block without an index");
    List<Entry> entries = new ArrayList<>();
    Set<Integer> whole = new HashSet<>(Set.of(0));
    byte[] key = new byte[0];
    while (block.position() < end) {
      int at = block.position();
      int shared = number(block);
      int rest = number(block);
      byte[] value = new byte[checked(number(block), block)];
      require(shared <= key.length, "a key that shares more than there is");
      key = Arrays.copyOf(key, shared + checked(rest, block));
      block.get(key, shared, rest).get(value);
      keyBytes += key.length;
      require(keyBytes <= MOST_KEY_BYTES_A_BYTE * file.length, "keys that share too much");
      entries.add(new Entry(key.clone(), value));
      if (shared == 0) {
        whole.add(at);
      }
    }
    require(block.position() == end, "a block that ends within an entry");
    for (int i = 0; i < restarts; i++) {
      require(whole.contains(block.getInt()), "an index that points between entries");
    }
    return entries;
  }

  private static int checked(int size, ByteBuffer block) throws Damage {
    require(size <= block.remaining(), "an entry longer than its block");
    return size;
  }

  /** Seven bits a byte, the lowest first. */
  private static int number(ByteBuffer from) throws Damage {
    int number = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      byte next = from.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new Damage("a number out of bounds");
  }

  private static void require(boolean sound, String otherwise) throws Damage {
    if (!sound) {
      throw new Damage(otherwise);
    }
  }
}
