package org.vaetf.likelihood;

import org.vaetf.base.Named;

/** Where the spread of a likelihood comes from: its variance, scale or inverse dispersion. */
public enum Spread implements Named {
  /** A constant. */
  FIXED,
  /** One weight for all values. */
  LEARNED,
  /** One weight for each channel of an image, for each feature of a flat row. */
  PER_CHANNEL,
  /** A further output of the decoder for each value. */
  PER_PIXEL
}
