package org.vaetf.export;

import org.vaetf.base.Samples;

/**
 * The posterior q(z|x) of some rows.
 *
 * @param mean {@code [rows, latent]}
 * @param logVariance {@code [rows, latent]}; minus infinity for a deterministic encoder
 */
public record Encoding(Samples mean, Samples logVariance) {}
