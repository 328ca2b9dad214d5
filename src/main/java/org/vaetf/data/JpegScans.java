package org.vaetf.data;

import org.vaetf.base.DataException;

/**
 * The passes that a progressive JPEG makes over its picture. Each costs the time of the whole
 * picture and a dozen bytes of the file: a few kilobytes could keep a decoder busy for hours.
 */
final class JpegScans {
  /** Encoders make about ten. */
  private static final int MOST = 100;

  private static final int MARKER = 0xff;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;
  private static final int IMAGE_BEGINS = 0xd8;
  private static final int IMAGE_ENDS = 0xd9;
  private static final int SCAN_BEGINS = 0xda;

  private JpegScans() {}

  /**
   * Refuses a JPEG of too many scans.
   *
   * @param path names the file in messages
   * @param bytes of the file, of any format
   * @throws DataException if it has too many
   */
  static void requireFew(Object path, byte[] bytes) {
    int scans = count(bytes);
    if (scans > MOST) {
      throw new DataException(
          path,
          "is a JPEG image of "
              + scans
              + " scans; expected at most "
              + MOST
              + "; save it anew with an image program");
    }
  }

  /** From segment to segment: a thumbnail's scans lie within one, and are not the picture's. */
  private static int count(byte[] bytes) {
    int scans = 0;
    int at = 0;
    while (at + 3 < bytes.length) {
      int marker = bytes[at + 1] & 0xff;
      if ((bytes[at] & 0xff) != MARKER || isData(marker)) {
        at++;
      } else if (marker == IMAGE_BEGINS || marker == IMAGE_ENDS) {
        at += 2;
      } else {
        scans += marker == SCAN_BEGINS ? 1 : 0;
        at += 2 + Math.max(2, ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff));
      }
    }
    return scans;
  }

  /** What follows 0xff within a scan, where no segment begins. */
  private static boolean isData(int marker) {
    return marker == 0 || marker == MARKER || (marker >= FIRST_RESTART && marker <= LAST_RESTART);
  }
}
