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
 */
public record Evaluation(
    long rows,
    int draws,
    Optional<Estimate> negativeElboNats,
    Estimate reconstructionErrorNats,
    Optional<Estimate> klNats,
    Optional<Estimate> logLikelihoodNats,
    Estimate squaredError) {}
