package org.vaetf.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;

/** Rows as one picture, a {@link ImageGrid}. Keeps them in memory until it is drawn. */
public final class GridWriter implements RowWriter {
  /** About a gigabyte while the picture is made; larger ones open nowhere. */
  private static final long MOST_VALUES = 1L << 26;

  private final Path file;
  private final RowFormat format;
  private final ImageGrid grid;
  private final List<Samples> rows = new ArrayList<>();
  private long values;

  /**
   * A picture to come.
   *
   * @param file PNG
   * @param format of the rows; labels are not drawn
   * @param grid how they lie
   * @throws ConfigException if such rows are no images
   */
  public GridWriter(Path file, RowFormat format, ImageGrid grid) {
    ImageGrid.requireImage(format.shape());
    this.file = file;
    this.format = format;
    this.grid = grid;
  }

  @Override
  public void write(Batch batch) {
    values += batch.samples().values().length;
    if (values > MOST_VALUES) {
      throw new VaeException(
          file
              + ": too many images for one picture; expected at most "
              + MOST_VALUES / format.shape().size()
              + " of "
              + format.shape()
              + "; write a folder of images or a .npy file");
    }
    rows.add(GreyLevels.of(batch.samples(), format.encoding()));
  }

  @Override
  public void commit() {
    grid.write(file, Samples.concatenate(rows));
  }

  @Override
  public void close() {
    rows.clear();
  }
}
