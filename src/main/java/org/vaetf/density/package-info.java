/**
 * Formulas over tensors in nats, stable in single precision, without weights: log-densities, sums
 * of densities given by their logarithms. Shared by likelihoods, posteriors, priors and flows.
 */
package org.vaetf.density;
