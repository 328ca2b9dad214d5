package org.vaetf.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the terms of objectives are, in one sentence each, all in nats and means over rows. */
final class TermDefinition {
  private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

  static {
    SENTENCES.put("loss", "What training minimises: the objective, its weights included.");
    SENTENCES.put(
        "negative_elbo",
        "−E log p(x|z) + KL(q(z|x) ‖ p(z)), an upper bound of −log p(x); less is better.");
    SENTENCES.put(
        "reconstruction_error",
        "−E log p(x|z): how badly decoded points of the posterior meet their row (distortion).");
    SENTENCES.put(
        "kl", "KL(q(z|x) ‖ p(z)): what the latent point tells of its row beyond the prior (rate).");
    SENTENCES.put(
        "negative_importance_bound",
        "−log of the mean of k weights p(x, z)/q(z|x): a tighter bound of −log p(x).");
    SENTENCES.put("mutual_information", "I(x; z) under q, estimated from the batch.");
    SENTENCES.put(
        "total_correlation",
        "KL(q(z) ‖ Π q(z_j)): how far the latent dimensions depend on one another.");
    SENTENCES.put("dimension_wise_kl", "Σ KL(q(z_j) ‖ p(z_j)), dimension by dimension.");
    SENTENCES.put(
        "discriminator_loss", "Cross-entropy of the discriminator that tells the correlation.");
    SENTENCES.put("discrepancy", "Maximum mean discrepancy of draws and prior (no unit).");
    SENTENCES.put(
        "covariance_penalty", "How far the latent covariance is from the identity (weighted).");
  }

  private TermDefinition() {}

  /** The sentence; nothing for a term of an objective made by a user. */
  static String of(String term) {
    return SENTENCES.getOrDefault(term, "");
  }
}
