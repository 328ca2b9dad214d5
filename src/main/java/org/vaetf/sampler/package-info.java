/**
 * Samplers that are fitted to the latent space of a trained model and written into its SavedModel,
 * where they take the prior's place: {@link org.vaetf.sampler.Sampler} is the axis, {@link
 * org.vaetf.sampler.SamplerFit} where to begin. What is drawn in a graph is a {@link
 * org.vaetf.model.LatentSampler}; here are those, what fits them, and their settings.
 */
package org.vaetf.sampler;
