package org.vaetf.spark;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.vaetf.base.DataException;

/** Image files, wherever Hadoop finds them. */
final class ImageFiles {
  private ImageFiles() {}

  /** All of a file. */
  static byte[] bytes(String file) {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(SparkHadoopUtil.get().conf()).open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
