package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.vaetf.testing.Golden;

/** The framing, byte for byte as TensorFlow writes it. */
class TfRecordTest {
  private static final JsonNode GOLDEN = Golden.read("events");

  @Test
  void recordsAreThoseOfTensorFlow() {
    assertTrue(GOLDEN.get("records").size() >= 5);
    for (JsonNode one : GOLDEN.get("records")) {
      byte[] data = HexFormat.of().parseHex(one.get("data").textValue());
      assertEquals(one.get("record").textValue(), HexFormat.of().formatHex(TfRecord.of(data)));
    }
  }

  @Test
  void checksumsAreThoseOfTheStandardMasked() {
    assertEquals(3, GOLDEN.get("crc32c").size());
    for (JsonNode one : GOLDEN.get("crc32c")) {
      byte[] data = HexFormat.of().parseHex(one.get("data").textValue());
      assertEquals(
          one.get("masked").longValue(),
          Integer.toUnsignedLong(TfRecord.maskedChecksum(data)),
          one.toString());
    }
  }
}
