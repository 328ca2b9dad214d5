package org.vaetf.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.testing.IndexWriter;
import org.vaetf.testing.OneLine;

/** Indexes whose checksums are right and whose content is meant to do harm. */
class VariablesIndexTest {
  private static final int SIZE = 4;

  @TempDir Path folder;
  private Path prefix;

  @BeforeEach
  void writeData() throws IOException {
    prefix = folder.resolve("variables");
    Files.write(folder.resolve("variables.data-00000-of-00001"), new byte[SIZE]);
  }

  @Test
  void namesThatShareTheirBeginningsAreRead() throws IOException {
    Map<String, BundleEntryProto> variables = variables("encoder.dense", 100);
    write(IndexWriter.write(variables));
    assertEquals(variables, VariablesIndex.read(prefix));
  }

  /** Fifty kilobytes of a file would become twenty megabytes, and so on. */
  @Test
  void namesThatShareAlmostAllAreRefused() throws IOException {
    write(IndexWriter.write(variables("x".repeat(20_000), 1000)));
    OneLine.of(() -> VariablesIndex.read(prefix), "variables.index", "keys that share too much");
  }

  @Test
  void manyPointersToOneBlockAreRefused() throws IOException {
    write(IndexWriter.write(variables("x", 10_000), 100_000));
    OneLine.of(() -> VariablesIndex.read(prefix), "variables.index", "blocks that lie in each");
  }

  private void write(byte[] index) throws IOException {
    Files.write(folder.resolve("variables.index"), index);
  }

  private static Map<String, BundleEntryProto> variables(String name, int count) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(1).build())
            .build();
    BundleEntryProto entry =
        BundleEntryProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setShape(shape)
            .setSize(SIZE)
            .build();
    Map<String, BundleEntryProto> variables = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      variables.put(name + (100_000 + i), entry);
    }
    return variables;
  }
}
