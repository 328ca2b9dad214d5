package org.vaetf.eval;

import java.util.Optional;

/**
 * A model judged by some rows. An autoencoder has no evidence bound: its posterior is one point,
 * without a density, so what needs one is empty.
 *
 * @param rows how many
 * @param draws from the posterior for each row
 * @param negativeElboNats the mean of {@code KL(q(z|x) ‖ p(z)) − E log p(x|z)}
 * @param reconstructionErrorNats the mean of {@code −E log p(x|z)}
 * @param klNats the mean of {@code KL(q(z|x) ‖ p(z))}
 * @param logLikelihoodNats the mean importance-weighted estimate of {@code log p(x)}: Burda et al.,
 *     arXiv 1509.00519, equation 8; a lower bound that rises with the draws
 * @param squaredError the mean squared difference of a value and its reconstruction from the
 *     posterior mean, in the units of the data as stored
 * @param peakSignalToNoiseDecibels the mean over rows of {@code 10 log10(peak² / squared error)};
 *     infinite if a row is reconstructed exactly; empty if all values of the data are the same
 * @param structuralSimilarity the mean SSIM of an image and its reconstruction; empty if the rows
 *     are no images, or all values of the data are the same
 */
public record Evaluation(
    long rows,
    int draws,
    Optional<Estimate> negativeElboNats,
    Estimate reconstructionErrorNats,
    Optional<Estimate> klNats,
    Optional<Estimate> logLikelihoodNats,
    Estimate squaredError,
    Optional<Estimate> peakSignalToNoiseDecibels,
    Optional<Estimate> structuralSimilarity) {

  /**
   * The log-likelihood as the bits that a value of the data takes; as it is a lower bound, these
   * are an upper one.
   *
   * @param unit for this model's log-likelihoods
   * @return empty where there is no log-likelihood
   */
  public Optional<Estimate> bitsPerDimension(BitsPerDimension unit) {
    return logLikelihoodNats.map(unit::bits);
  }
}
