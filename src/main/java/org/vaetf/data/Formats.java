package org.vaetf.data;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;

/**
 * The file formats, chosen by the file's ending.
 *
 * <table>
 * <caption>What is read and written</caption>
 * <tr><th>ending</th><th>read</th><th>written</th><th>labels</th></tr>
 * <tr><td>{@code .npy}</td><td>u1, i1, i2, i4, i8, f4, f8</td><td>u1, f4</td><td>none</td></tr>
 * <tr><td>{@code .npz}</td><td>arrays {@code images} or {@code x}</td><td>deflated</td>
 * <td>array {@code labels} or {@code y}</td></tr>
 * <tr><td>{@code .idx}, {@code -idx3-ubyte}, with or without {@code .gz}</td><td>all types</td>
 * <td>bytes, floats</td><td>a file beside: {@code -labels.idx}</td></tr>
 * <tr><td>{@code .csv}</td><td>with or without header</td><td>with header</td><td>a column</td>
 * </tr>
 * <tr><td>{@code .png}, {@code .jpg}</td><td>one image, one row</td><td>not here</td>
 * <td>none</td></tr>
 * <tr><td>a folder</td><td>PNG and JPEG</td><td>PNG</td><td>one sub-folder a class</td></tr>
 * </table>
 *
 * <p>Arrays of rank 2 are flat rows, of rank 3 grey images, of rank 4 images NHWC; a list of
 * numbers is rows of shape {@code [1]}.
 */
public final class Formats {
  private static final Pattern IDX = Pattern.compile("[.-]idx\\d?(-ubyte)?(\\.gz)?$");

  /** One format: what is empty it does not do. */
  private record Format(
      String ending,
      Predicate<Path> matches,
      BiFunction<Path, ReadOptions, RowReader> reader,
      Optional<BiFunction<Path, ReadOptions, DataSet>> direct,
      Optional<BiFunction<Path, RowFormat, RowWriter>> writer) {}

  private static final Format FOLDER =
      new Format(
          "a folder of images",
          path -> Files.isDirectory(path) || ending(path).isEmpty(),
          (path, options) -> new ImageRows(path, ImageFolder.list(path), options),
          Optional.empty(),
          Optional.of(PngFolderWriter::new));

  private static final List<Format> FILES =
      List.of(
          new Format(
              ".npy",
              path -> ending(path).equals(".npy"),
              (path, options) -> Npy.reader(path),
              Optional.of((path, options) -> Npy.open(path)),
              Optional.of(Npy::writer)),
          new Format(
              ".npz",
              path -> ending(path).equals(".npz"),
              (path, options) -> Npz.reader(path),
              Optional.empty(),
              Optional.of(Npz::writer)),
          new Format(
              ".idx",
              path -> isIdx(path) && !Idx.isGzip(path),
              (path, options) -> Idx.reader(path),
              Optional.of((path, options) -> Idx.open(path)),
              Optional.of(Idx::writer)),
          new Format(
              ".idx.gz",
              path -> isIdx(path) && Idx.isGzip(path),
              (path, options) -> Idx.reader(path),
              Optional.empty(),
              Optional.of(Idx::writer)),
          new Format(
              ".csv",
              path -> ending(path).equals(".csv"),
              CsvReader::new,
              Optional.empty(),
              Optional.of(CsvWriter::new)),
          new Format(
              ".png or .jpg",
              ImageFolder::isImage,
              (path, options) ->
                  new ImageRows(
                      path, new ImageFolder<>(List.of(path), Optional.empty(), List.of()), options),
              Optional.empty(),
              Optional.empty()));

  private Formats() {}

  /**
   * Opens a file or folder for reading in order; memory does not grow with the number of rows.
   *
   * @param path the file or folder
   * @param options what the file does not say of itself
   * @return an open reader, owned by the caller
   * @throws DataException if it is missing, of no known format, or does not hold what it should
   */
  public static RowReader reader(Path path, ReadOptions options) {
    return existing(path).reader().apply(path, options);
  }

  /**
   * Opens a file or folder for reading by row number: NPY and uncompressed IDX straight from the
   * file, all else in memory up to a quarter of the heap, or else from a temporary file.
   *
   * @param path the file or folder
   * @param options what the file does not say of itself
   * @return the rows, owned by the caller
   * @throws DataException if it is missing, of no known format, or does not hold what it should
   */
  public static DataSet open(Path path, ReadOptions options) {
    Format format = existing(path);
    if (format.direct().isPresent()) {
      return format.direct().get().apply(path, options);
    }
    try (RowReader reader = format.reader().apply(path, options)) {
      return RowCollector.collect(path.toString(), reader);
    }
  }

  /**
   * Opens a file or folder for writing. It appears when the writer commits.
   *
   * @param path where; a name without an ending is a folder of PNG images
   * @param format the rows to come
   * @return an open writer, owned by the caller
   * @throws ConfigException if the ending is of no format that is written, or the format cannot
   *     hold such rows
   */
  public static RowWriter writer(Path path, RowFormat format) {
    List<Format> written =
        Stream.concat(FILES.stream(), Stream.of(FOLDER))
            .filter(known -> known.writer().isPresent())
            .toList();
    return written.stream()
        .filter(known -> known.matches().test(path))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "output " + path, "of no format that is written", names(written)))
        .writer()
        .orElseThrow()
        .apply(path, format);
  }

  /**
   * Writes a table to a stream as rows come; what was written before a failure stays.
   *
   * @param stream UTF-8; flushed by commit, not closed
   * @param format the rows to come
   * @return an open writer
   */
  public static RowWriter table(OutputStream stream, RowFormat format) {
    return new CsvWriter(stream, format);
  }

  private static Format existing(Path path) {
    if (!Files.exists(path)) {
      throw new DataException(path, "does not exist; check the path");
    }
    if (Files.isDirectory(path)) {
      return FOLDER;
    }
    return FILES.stream()
        .filter(known -> known.matches().test(path))
        .findFirst()
        .orElseThrow(
            () -> new DataException(path, "is of no known format; expected " + names(FILES)));
  }

  private static String names(List<Format> formats) {
    return "one of: " + formats.stream().map(Format::ending).collect(Collectors.joining(", "));
  }

  private static boolean isIdx(Path path) {
    return IDX.matcher(path.getFileName().toString()).find();
  }

  private static String ending(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    // The official names of MNIST have no dot.
    int dot = isIdx(path) ? 0 : name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }
}
