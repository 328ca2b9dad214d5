package org.vaetf.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.OneLine;

/** CVE-2024-7254: groups in groups where a map's entry should be overflowed the parser's stack. */
class NestedGroupsTest {
  private static final int META_GRAPHS = 2;
  private static final int SIGNATURE_DEF = 5;
  private static final byte START_OF_GROUP_3 = 0x1B;

  @TempDir Path folder;

  @Test
  void areRefused() throws IOException {
    byte[] groups = new byte[1_000_000];
    Arrays.fill(groups, START_OF_GROUP_3);
    byte[] model = field(META_GRAPHS, field(SIGNATURE_DEF, groups));
    Files.write(folder.resolve("saved_model.pb"), model);
    OneLine.of(
        () -> ModelGuard.check(folder),
        folder,
        "saved_model.pb that cannot be read (InvalidProtocolBufferException)");
  }

  private static byte[] field(int number, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(number, content);
    out.flush();
    return bytes.toByteArray();
  }
}
