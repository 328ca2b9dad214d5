/**
 * What a trained model is worth: {@link org.vaetf.eval.Evaluator} for the evidence bound and its
 * terms, {@link org.vaetf.eval.Information} for how much of the latent code is used, {@link
 * org.vaetf.eval.Disentanglement} for how well it tells known factors apart.
 */
package org.vaetf.eval;
