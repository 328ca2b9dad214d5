/**
 * Distributions over the latent space: the posterior axis q(z|x) and the prior axis p(z). They live
 * together because one may be made of the other: a divergence in closed form knows both, and a
 * VampPrior is a mixture of posteriors. And paths from one point of the space to another.
 */
package org.vaetf.latent;
