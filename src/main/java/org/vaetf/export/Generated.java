package org.vaetf.export;

import org.vaetf.base.Samples;

/**
 * New data and the points they were decoded from.
 *
 * @param x {@code [rows, shape...]}
 * @param z {@code [rows, latent]}
 */
public record Generated(Samples x, Samples z) {}
