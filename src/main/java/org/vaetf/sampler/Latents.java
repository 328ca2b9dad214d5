package org.vaetf.sampler;

import org.vaetf.base.Named;

/** Which point of its posterior stands for a row of data. */
public enum Latents implements Named {
  /** One draw from q(z|x): together they are the aggregated posterior, which decoding expects. */
  DRAWS,
  /** The mean of q(z|x). */
  MEANS
}
