package org.vaetf.explore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;

/**
 * A trained model of pictures and some rows to find one's way by: all that the page shows, without
 * the page. Safe for use by many threads. The model stays the caller's to close.
 */
public final class Explorer {
  private static final int DRAWS = 64;

  private final SavedModelVae vae;
  private final DataSet.Encoding encoding;
  private final EncodedRows rows;
  private final List<LatentDimension> dimensions;
  private final PrincipalPlane plane;

  private Explorer(SavedModelVae vae, EncodedRows rows) {
    this.vae = vae;
    this.encoding = GreyLevels.encoding(vae.manifest().data().scaling());
    this.rows = rows;
    this.dimensions = LatentDimension.of(rows, vae.latent());
    this.plane = PrincipalPlane.of(rows, vae.latent());
  }

  /**
   * A model with rows on its map: up to 2,000 of a data set, at even steps through it.
   *
   * @param vae of pictures
   * @param data of the model's shape, with labels if the model is conditional; read before this
   *     returns, not closed
   * @return the explorer
   * @throws ConfigException if the model's rows are no pictures
   * @throws org.vaetf.base.DataException if the rows cannot be read, or do not fit the model
   */
  public static Explorer of(SavedModelVae vae, DataSet data) {
    requirePictures(vae);
    return new Explorer(vae, EncodedRows.of(vae, data));
  }

  /**
   * A model with an empty map.
   *
   * @param vae of pictures
   * @return the explorer
   * @throws ConfigException if the model's rows are no pictures
   */
  public static Explorer of(SavedModelVae vae) {
    requirePictures(vae);
    return new Explorer(vae, EncodedRows.none());
  }

  private static void requirePictures(SavedModelVae vae) {
    if (!vae.shape().isImage()) {
      throw new ConfigException(
          "row shape of the model to explore",
          vae.shape(),
          "[height, width, 1] or [height, width, 3], as pictures have; 'encode' and 'decode' work on"
              + " rows of any shape");
    }
  }

  /** The shape of a picture. */
  RowShape shape() {
    return vae.shape();
  }

  /** The number of latent dimensions. */
  int latent() {
    return vae.latent();
  }

  /**
   * How many rows are on the map.
   *
   * @return at least 0
   */
  public int points() {
    return rows.count();
  }

  Answers.Model model() {
    return new Answers.Model(
        lastName(vae.manifest().data().name()),
        vae.shape(),
        vae.latent(),
        vae.manifest().data().scaling().kind().label(),
        vae.isConditional(),
        IntStream.range(0, vae.classes().count()).mapToObj(this::className).toList(),
        rows.count(),
        dimensions,
        plane);
  }

  /** Of a path, which is nobody's business, what it ends in. */
  private static String lastName(String data) {
    return data.replaceFirst(".*[/\\\\](?=.)", "");
  }

  private String className(int label) {
    List<String> names = vae.classes().names();
    return label < names.size() ? names.get(label) : String.valueOf(label);
  }

  Answers.Points map() {
    return new Answers.Points(
        matrix(new Samples(RowShape.of(vae.latent()), rows.means())),
        rows.labels().orElse(null),
        rows.classes());
  }

  byte[] decode(Requests.Decode request) {
    return pictures(points("z", request.z()), request.label());
  }

  Answers.Decoded interpolate(Requests.Interpolate request) {
    points("from", request.from());
    points("to", request.to());
    return decoded(
        request.method().points(request.from(), request.to(), request.steps()), request.label());
  }

  Answers.Decoded sample(Requests.Sample request) {
    Samples z = vae.points(request.count(), request.seed(), 0);
    for (int i = 0; i < z.values().length; i++) {
      z.values()[i] *= (float) request.temperature();
    }
    return decoded(z, request.label());
  }

  Answers.Encoded encode(Requests.Encode request) {
    if (request.pixels().length != vae.shape().size()) {
      throw new ConfigException(
          "number of pixels",
          request.pixels().length,
          vae.shape().size() + ", as a picture of shape " + vae.shape() + " has");
    }
    Samples greys = new Samples(vae.shape(), request.pixels());
    Batch x = given(GreyLevels.stored(greys, encoding), request.label());
    Encoding posterior = vae.encode(x);
    List<Answers.Neighbour> neighbours = nearest(posterior.mean(), request.neighbours());
    return new Answers.Encoded(
        posterior.mean().values(),
        deviations(posterior.logVariance()),
        GreyLevels.bytes(vae.reconstruct(x), encoding),
        evidence(vae.score(x, DRAWS, 0)),
        neighbours,
        pictures(neighbours));
  }

  private Samples points(String name, float[] z) {
    if (z.length != vae.latent()) {
      throw new ConfigException(
          "length of " + name, z.length, vae.latent() + ", as the model has latent dimensions");
    }
    return new Samples(RowShape.of(z.length), z);
  }

  private Answers.Decoded decoded(Samples z, Integer label) {
    return new Answers.Decoded(matrix(z), pictures(z, label));
  }

  private byte[] pictures(Samples z, Integer label) {
    return GreyLevels.bytes(vae.decode(given(z, label)), encoding);
  }

  /** With the label for every row where the model is conditional. */
  private Batch given(Samples samples, Integer label) {
    if (vae.isConditional() != (label != null)) {
      throw new ConfigException(
          "label",
          label == null ? "missing" : label,
          vae.isConditional()
              ? "a class from 0 to " + (vae.classes().count() - 1) + ": this model is conditional"
              : "none: this model is not conditional");
    }
    if (label == null) {
      return Batch.of(samples);
    }
    int[] labels = new int[samples.rows()];
    Arrays.fill(labels, label);
    return new Batch(samples, Optional.of(labels));
  }

  private List<Answers.Neighbour> nearest(Samples mean, int count) {
    return IntStream.range(0, rows.count())
        .mapToObj(point -> new Answers.Neighbour(point, distance(mean.values(), point)))
        .sorted(Comparator.comparingDouble(Answers.Neighbour::distance))
        .limit(count)
        .toList();
  }

  private double distance(float[] mean, int point) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double difference = (double) mean[i] - rows.means()[point * mean.length + i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private byte[] pictures(List<Answers.Neighbour> neighbours) {
    int size = vae.shape().size();
    byte[] pictures = new byte[neighbours.size() * size];
    for (int i = 0; i < neighbours.size(); i++) {
      System.arraycopy(rows.pictures(), neighbours.get(i).point() * size, pictures, i * size, size);
    }
    return pictures;
  }

  private static float[] deviations(Samples logVariance) {
    float[] deviations = new float[logVariance.values().length];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = (float) Math.exp(logVariance.values()[i] / 2);
    }
    return deviations;
  }

  private static Answers.Evidence evidence(Scores scores) {
    return new Answers.Evidence(
        finite(scores.elbo()[0]),
        finite(scores.reconstruction()[0]),
        finite(scores.kl()[0]),
        finite(scores.logLikelihood()[0]));
  }

  /** An autoencoder has no density: JSON has no infinity. */
  private static Double finite(float value) {
    return Float.isFinite(value) ? (double) value : null;
  }

  private static float[][] matrix(Samples rows) {
    float[][] matrix = new float[rows.rows()][];
    Arrays.setAll(matrix, rows::row);
    return matrix;
  }
}
