package org.vaetf.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Image files in order, one a row. The first decides what shape all must have. */
final class ImageRows implements RowReader {
  private final ImageFolder<Path> folder;
  private final ImageFit fit;
  private int row;

  /**
   * Images to read.
   *
   * @throws DataException if there is none, or the first cannot be read
   */
  ImageRows(Path source, ImageFolder<Path> folder, ReadOptions options) {
    if (folder.files().isEmpty()) {
      throw new DataException(
          source,
          "holds no images; expected .png or .jpg files, or one sub-folder of them a class");
    }
    this.folder = folder;
    this.fit = ImageFit.as(ImageDecoder.decode(folder.files().get(0)), options);
  }

  @Override
  public RowShape shape() {
    return fit.shape();
  }

  @Override
  public DataSet.Encoding encoding() {
    return DataSet.Encoding.BYTES;
  }

  @Override
  public long rows() {
    return folder.files().size();
  }

  @Override
  public List<String> classes() {
    return folder.classes();
  }

  @Override
  public Optional<Batch> next(int most) {
    int count = Math.min(folder.files().size() - row, Check.atLeast("number of rows", most, 1));
    if (count == 0) {
      return Optional.empty();
    }
    int first = row;
    RowShape shape = fit.shape();
    float[] values = new float[Math.multiplyExact(count, shape.size())];
    for (int i = 0; i < count; i++, row++) {
      Path file = folder.files().get(row);
      float[] image = fit.values(file, ImageDecoder.decode(file));
      System.arraycopy(image, 0, values, i * shape.size(), image.length);
    }
    return Optional.of(
        new Batch(
            new Samples(shape, values),
            folder.labels().map(all -> Arrays.copyOfRange(all, first, first + count))));
  }

  @Override
  public void close() {}
}
