package org.vaetf.export;

/**
 * The evidence of some rows, in nats. For a deterministic posterior (an autoencoder) {@code kl} is
 * +∞ and {@code elbo} and {@code logLikelihood} are −∞: its draws have no density.
 *
 * @param elbo {@code reconstruction − kl}, {@code [rows]}
 * @param reconstruction the mean of log p(x|z) over the draws, {@code [rows]}
 * @param kl KL(q(z|x) ‖ p(z)), {@code [rows]}
 * @param logLikelihood importance-weighted estimate of log p(x), {@code [rows]}
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record Scores(float[] elbo, float[] reconstruction, float[] kl, float[] logLikelihood) {}
