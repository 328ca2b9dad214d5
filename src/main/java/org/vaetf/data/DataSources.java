package org.vaetf.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.Seed;

/** Opens data by the names that people give it. */
public final class DataSources {
  private static final String MNIST = "mnist";
  private static final String SHAPES = "shapes";

  private final Mnist mnist;
  private final DownloadProgress progress;

  /** With MNIST in the user's cache, and silent downloads. */
  public DataSources() {
    this(Mnist.ofUser(), DownloadProgress.none());
  }

  /**
   * With MNIST from elsewhere.
   *
   * @param mnist opened only where it is asked for
   * @param progress told how downloads come along
   */
  public DataSources(Mnist mnist, DownloadProgress progress) {
    this.mnist = mnist;
    this.progress = progress;
  }

  /**
   * Opens data to learn from and data to judge by: the test data asked for; else the test rows that
   * the data brings along; else a random part of its rows.
   *
   * @param request which data
   * @param seed of the random part
   * @return both, owned by the caller
   * @throws DataException if a source is missing or faulty, has no rows, has one row and no test
   *     data beside it, or the two do not go together
   * @throws ConfigException if a name or a setting in it is not known
   */
  public DataSplit split(DataRequest request, Seed seed) {
    Parts parts = parts(request.data(), request.read());
    try {
      if (!request.test().isEmpty()) {
        parts.test().ifPresent(DataSet::close);
      }
      Optional<DataSet> test =
          request.test().isEmpty()
              ? parts.test()
              : Optional.of(openTest(request.test(), request.read()));
      return test.map(rows -> join(parts.train(), rows))
          .orElseGet(() -> DataSplit.random(parts.train(), request.testFraction(), seed));
    } catch (RuntimeException e) {
      parts.train().close();
      throw e;
    }
  }

  /** Data that brings test rows along gives those: {@code mnist} is then its 10,000 test digits. */
  private DataSet openTest(String source, ReadOptions options) {
    Parts parts = parts(source, options);
    if (parts.test().isPresent()) {
      parts.train().close();
    }
    return parts.test().orElse(parts.train());
  }

  private static DataSplit join(DataSet train, DataSet test) {
    try {
      return new DataSplit(train, test);
    } catch (RuntimeException e) {
      test.close();
      throw e;
    }
  }

  /**
   * Opens data of one kind: of data that brings test rows along, those to learn from.
   *
   * @param source a name, a file or a folder, as in a request
   * @param options what files do not say of themselves
   * @return the rows, owned by the caller
   * @throws DataException if the source is missing or faulty
   * @throws ConfigException if a setting in the name is not known
   */
  public DataSet open(String source, ReadOptions options) {
    Parts parts = parts(source, options);
    parts.test().ifPresent(DataSet::close);
    return parts.train();
  }

  /**
   * Opens rows to go through in order. A file is streamed; a named data set gives what {@link
   * #open} gives.
   *
   * @param source a name, a file or a folder, as in a request
   * @param options what files do not say of themselves
   * @return an open reader, owned by the caller
   * @throws DataException if the source is missing or faulty
   * @throws ConfigException if a setting in the name is not known
   */
  public RowReader reader(String source, ReadOptions options) {
    return isNamed(source) || new MnistFolder(path(source)).isPresent()
        ? new DataSetReader(open(source, options))
        : Formats.reader(path(source), options);
  }

  /**
   * Opens the rows to judge by, to go through in order.
   *
   * @param request which data
   * @param seed of the random part, where the data brings no test rows along
   * @return an open reader of the test part, owned by the caller
   * @throws DataException as {@link #split}
   * @throws ConfigException as {@link #split}
   */
  public RowReader testReader(DataRequest request, Seed seed) {
    DataSplit split = split(request, seed);
    return new DataSetReader(split.test(), split::close);
  }

  private record Parts(DataSet train, Optional<DataSet> test) {
    static Parts of(DataSplit split) {
      return new Parts(split.train(), Optional.of(split.test()));
    }
  }

  private Parts parts(String source, ReadOptions options) {
    if (source.equals(Mnist10k.NAME)) {
      return Parts.of(Mnist10k.open());
    }
    if (source.equals(MNIST)) {
      return Parts.of(mnist.open(progress));
    }
    if (isNamed(source)) {
      return new Parts(Shapes.parse(source), Optional.empty());
    }
    Path path = path(source);
    MnistFolder folder = new MnistFolder(path);
    if (folder.isPresent()) {
      return new Parts(
          new NamedDataSet(source, folder.openTrain()),
          folder.openTest().map(rows -> new NamedDataSet(source, rows)));
    }
    return new Parts(Formats.open(path, options), Optional.empty());
  }

  private static boolean isNamed(String source) {
    return source.equals(Mnist10k.NAME)
        || source.equals(MNIST)
        || source.equals(SHAPES)
        || source.startsWith(SHAPES + ":");
  }

  private static Path path(String source) {
    try {
      Path path = Path.of(source);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Said below: there is no such file.
    }
    throw new DataException(
        source,
        "does not exist; expected mnist-10k, mnist, shapes, shapes:count=…,size=…, or an existing"
            + " file or folder; check the path");
  }
}
