/**
 * A model is a point on axes: network, posterior, prior, likelihood, objective and condition. The
 * objective axis lives here, as it sees the whole, and the condition, which comes into the whole;
 * {@link org.vaetf.model.VaeGraph} puts the parts together, {@link org.vaetf.model.ModelConfig}
 * names a point, and {@link org.vaetf.model.Presets} the well-known ones. A {@link
 * org.vaetf.model.LatentSampler} may take the prior's place once the model is trained.
 */
package org.vaetf.model;
