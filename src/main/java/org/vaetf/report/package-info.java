/**
 * Pictures of runs and models: plots, grids of images, the manifold of a latent space, paths
 * through it; and the numbers behind them.
 */
package org.vaetf.report;
