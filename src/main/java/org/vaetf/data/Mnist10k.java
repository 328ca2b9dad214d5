package org.vaetf.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.vaetf.base.DataException;

/**
 * The data set inside the jar: the first 10,000 training digits of MNIST, 9,000 to learn from and
 * 1,000 to test on, all classes mixed evenly. Made by {@code tools/data/make-mnist-10k.py}.
 */
public final class Mnist10k {
  /** What people call it. */
  public static final String NAME = "mnist-10k";

  private Mnist10k() {}

  /**
   * Unpacks the digits into memory, 8 MB.
   *
   * @return rows {@code [28, 28, 1]} with labels
   */
  public static DataSplit open() {
    return new DataSplit(part("train"), part("test"));
  }

  private static DataSet part(String part) {
    ArrayStream images = stream(part + "-images.idx.gz");
    ArrayStream labels = stream(part + "-labels.idx.gz").requireLabels(images.layout().rows());
    try (RowReader reader = new ArrayReader(images, Optional.of(labels), () -> {})) {
      return RowCollector.collect(NAME, reader);
    }
  }

  private static ArrayStream stream(String file) {
    InputStream in = Mnist10k.class.getResourceAsStream(NAME + "/" + file);
    if (in == null) {
      throw new DataException(NAME + "/" + file, "is missing in the jar; build it again");
    }
    try {
      return ArrayStreams.gzip(NAME + "/" + file, in, in.available(), IdxHeader::read);
    } catch (IOException e) {
      throw DataException.unreadable(NAME + "/" + file, e);
    }
  }
}
