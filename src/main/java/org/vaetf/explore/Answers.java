package org.vaetf.explore;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.vaetf.base.RowShape;

/**
 * What the page is told, as JSON. Pictures are unsigned bytes, {@code [count, height, width,
 * channels]} in C order, which JSON holds in Base64.
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, compared by nobody.
final class Answers {
  private Answers() {}

  /**
   * The model.
   *
   * @param data what it was fitted to
   * @param shape of a picture
   * @param latent dimensions
   * @param scaling from stored values to the model's
   * @param conditional whether a label goes with every point and picture
   * @param classes names of the labels
   * @param points how many rows are on the map
   * @param dimensions most informative first
   * @param plane of the map
   */
  record Model(
      String data,
      RowShape shape,
      int latent,
      String scaling,
      boolean conditional,
      List<String> classes,
      int points,
      List<LatentDimension> dimensions,
      PrincipalPlane plane) {}

  /**
   * The rows on the map.
   *
   * @param means {@code [points, latent]}
   * @param labels {@code [points]}; null where the rows have none
   * @param classes names of the labels; none where they are numbers alone
   */
  record Points(float[][] means, int[] labels, List<String> classes) {}

  /**
   * Points and their pictures.
   *
   * @param z {@code [count, latent]}
   * @param pictures of each
   */
  record Decoded(float[][] z, byte[] pictures) {}

  /**
   * What the model makes of a picture.
   *
   * @param mean of the posterior, {@code [latent]}
   * @param deviation of the posterior, {@code [latent]}
   * @param reconstruction the picture at the mean
   * @param evidence in nats
   * @param neighbours nearest first
   * @param pictures of the neighbours
   */
  record Encoded(
      float[] mean,
      float[] deviation,
      byte[] reconstruction,
      Evidence evidence,
      List<Neighbour> neighbours,
      byte[] pictures) {}

  /**
   * The evidence of a picture in nats; what the model has no density for is null.
   *
   * @param elbo reconstruction − kl
   * @param reconstruction the mean of log p(x|z)
   * @param kl KL(q(z|x) ‖ p(z))
   * @param logLikelihood importance-weighted estimate of log p(x)
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Evidence(Double elbo, Double reconstruction, Double kl, Double logLikelihood) {}

  /**
   * A row whose posterior mean is near.
   *
   * @param point its number among the points
   * @param distance Euclidean, between the means
   */
  record Neighbour(int point, double distance) {}
}
