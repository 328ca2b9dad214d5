/** Pictures: grids of images, the manifold of a latent space, paths through it. */
package org.vaetf.report;
