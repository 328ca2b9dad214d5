/**
 * A page to look around in a trained model's latent space: the answers ({@link
 * org.vaetf.explore.Explorer}), and the server on this machine that gives them to a browser ({@link
 * org.vaetf.explore.ExploreServer}). The page itself lies beside, among the resources.
 */
package org.vaetf.explore;
