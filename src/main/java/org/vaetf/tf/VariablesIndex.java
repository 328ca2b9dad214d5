package org.vaetf.tf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.base.DataException;

/**
 * The index of variables in TensorFlow's format, {@code PREFIX.index}: where in the files {@code
 * PREFIX.data-…} each lies. TensorFlow allots what an index claims before it looks at the data, and
 * ends the process where a shape is no shape; a file that may be forged is read here first.
 */
public final class VariablesIndex {
  private static final long LARGEST_BYTES = 64L << 20;
  private static final int MOST_FILES = 1000;

  private VariablesIndex() {}

  /**
   * Reads and checks an index.
   *
   * @param prefix path and beginning of the names of the files
   * @return the variables by name
   * @throws DataException if there is none, or it claims what the files do not hold
   */
  public static Map<String, BundleEntryProto> read(Path prefix) {
    Path file = prefix.resolveSibling(prefix.getFileName() + ".index");
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new DataException(file, "is larger than 64 MiB; expected an index of variables");
      }
      return check(prefix, SortedTable.read(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new DataException(
          file, "is no index of variables (" + e.getClass().getSimpleName() + ")", e);
    } catch (SortedTable.Damage e) {
      throw new DataException(
          file, "is damaged: it has " + e.getMessage() + "; copy it again, or begin anew", e);
    }
  }

  private static Map<String, BundleEntryProto> check(Path prefix, List<SortedTable.Entry> entries)
      throws IOException, SortedTable.Damage {
    if (entries.isEmpty() || entries.get(0).key().length > 0) {
      throw new SortedTable.Damage("no header");
    }
    BundleHeaderProto header = BundleHeaderProto.parseFrom(entries.get(0).value());
    if (header.getNumShards() < 1
        || header.getNumShards() > MOST_FILES
        || header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
      throw new SortedTable.Damage("a header of " + header.getNumShards() + " files");
    }
    long[] sizes = new long[header.getNumShards()];
    for (int i = 0; i < sizes.length; i++) {
      String name =
          String.format(Locale.ROOT, "%s.data-%05d-of-%05d", prefix.getFileName(), i, sizes.length);
      sizes[i] = Files.size(prefix.resolveSibling(name));
    }
    Map<String, BundleEntryProto> variables = new LinkedHashMap<>();
    for (SortedTable.Entry entry : entries.subList(1, entries.size())) {
      String name = new String(entry.key(), StandardCharsets.UTF_8);
      variables.put(name, check(name, BundleEntryProto.parseFrom(entry.value()), sizes));
    }
    return variables;
  }

  private static BundleEntryProto check(String name, BundleEntryProto variable, long[] sizes)
      throws SortedTable.Damage {
    int shard = variable.getShardId();
    if (shard < 0
        || shard >= sizes.length
        || variable.getOffset() < 0
        || variable.getSize() < 0
        || variable.getSize() > sizes[shard] - variable.getOffset()
        || variable.getSlicesCount() > 0
        || variable.getShape().getUnknownRank()
        || !fits(variable)) {
      throw new SortedTable.Damage("a variable that its files do not hold (" + name + ")");
    }
    return variable;
  }

  private static boolean fits(BundleEntryProto variable) {
    int width = ElementBytes.of(variable.getDtype());
    long elements = 1;
    for (TensorShapeProto.Dim dimension : variable.getShape().getDimList()) {
      if (dimension.getSize() < 0
          || elements > Integer.MAX_VALUE / Math.max(1, dimension.getSize())) {
        return false;
      }
      elements *= dimension.getSize();
    }
    // Texts are of any length, with a byte at least to say so.
    return width > 0
        && (variable.getDtype() == DataType.DT_STRING
            ? elements <= variable.getSize()
            : elements * width == variable.getSize());
  }
}
