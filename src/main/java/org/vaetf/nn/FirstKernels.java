package org.vaetf.nn;

import org.vaetf.base.Named;

/**
 * What the kernels of dense and convolutional layers are before training: uniform in {@code ±a},
 * with {@code in} the inputs that an output sees and {@code out} the outputs that an input reaches.
 * The wider ones are for saturating activations in several layers, which shrink what they pass on.
 */
public enum FirstKernels implements Named {
  /**
   * {@code a = 1 / √in}, a variance of 1 / (3 in), as in PyTorch: a third of what LeCun et al.,
   * "Efficient BackProp" (1998), section 4.6, ask for.
   */
  FAN_IN {
    @Override
    double limit(long in, long out) {
      return 1 / Math.sqrt((double) in);
    }
  },
  /**
   * {@code a = √(6 / (in + out))}, a variance of 2 / (in + out), as in Keras; Glorot and Bengio,
   * "Understanding the difficulty of training deep feedforward neural networks" (2010), equation
   * 16.
   */
  GLOROT {
    @Override
    double limit(long in, long out) {
      return Math.sqrt(6.0 / (in + out));
    }
  },
  /** {@code a = √(6 / in)}, a variance of 2 / in; He et al., arXiv 1502.01852, equation 10. */
  HE {
    @Override
    double limit(long in, long out) {
      return Math.sqrt(6.0 / in);
    }
  };

  abstract double limit(long in, long out);

  /**
   * The first value of a layer's kernel.
   *
   * @param in inputs that an output sees
   * @param out outputs that an input reaches
   * @return uniform around 0
   */
  public Initializer kernel(long in, long out) {
    return Initializer.uniformWithin(limit(in, out));
  }
}
