package org.vaetf.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.vaetf.base.Sha256;

/**
 * What tells one data set from another: SHA-256 over the shape, the number of rows, the encoding,
 * the labels and the rows' values as single-precision numbers. All rows count up to 10,000 of them;
 * of more, 4,096 at even distances, so that gigabytes take no longer: row {@code i * rows / 4096}.
 */
public final class Fingerprint {
  private static final int ALL_ROWS = 10_000;
  private static final int SOME_ROWS = 4096;

  private Fingerprint() {}

  /**
   * The fingerprint of a data set.
   *
   * @param data read, not closed
   * @return 64 hexadecimal digits; equal for equal data under any name, in any format
   */
  public static String of(DataSet data) {
    MessageDigest digest = Sha256.begin();
    String head = data.shape() + " " + data.rows() + " " + data.encoding().label();
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    boolean all = data.rows() <= ALL_ROWS;
    int count = all ? data.rows() : SOME_ROWS;
    float[] values = new float[data.shape().size()];
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES + Integer.BYTES);
    int[] labels = data.labels().orElse(null);
    for (int i = 0; i < count; i++) {
      int row = all ? i : (int) ((long) i * data.rows() / SOME_ROWS);
      data.read(row, values, 0);
      bytes.clear().putInt(labels == null ? -1 : labels[row]);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes.array());
    }
    return Sha256.hex(digest);
  }
}
