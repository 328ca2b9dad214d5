/**
 * A model is a point on axes: network, posterior, prior, likelihood and objective. Each axis is an
 * interface whose values are small records that hold their settings and build their part of the
 * graph; {@link org.vaetf.model.VaeGraph} puts the parts together, and {@link
 * org.vaetf.model.Presets} names the well-known points.
 */
package org.vaetf.model;
