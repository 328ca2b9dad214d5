package org.vaetf.report;

import org.vaetf.base.Named;

/** Ways to bring latent points onto a plane. */
public enum Projection implements Named {
  /** The two dimensions that are used most. */
  DIMENSIONS,
  /** Onto the two directions in which the points vary most. */
  PCA,
  /** t-SNE: neighbours stay neighbours; distances and sizes mean little. */
  TSNE;

  /**
   * What is usual for a latent space.
   *
   * @param latent its number of dimensions
   * @return the dimensions themselves if there are two, else PCA
   */
  public static Projection usual(int latent) {
    return latent <= 2 ? DIMENSIONS : PCA;
  }
}
