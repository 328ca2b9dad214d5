package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Named;

/** Elementwise functions between layers. Each has a gradient in TensorFlow from Java. */
public enum Activation implements Named {
  /** {@code max(x, 0)}. */
  RELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.relu(x);
    }
  },
  /** {@code x} where positive, {@code 0.2 x} elsewhere. */
  LEAKY_RELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
    }
  },
  /** {@code x} where positive, {@code exp(x) - 1} elsewhere; Clevert et al., arXiv 1511.07289. */
  ELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.elu(x);
    }
  },
  /** Scaled ELU; Klambauer et al., arXiv 1706.02515. */
  SELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.selu(x);
    }
  },
  /** {@code x Φ(x) = x (1 + erf(x / √2)) / 2}, exact; Hendrycks and Gimpel, arXiv 1606.08415. */
  GELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      // TensorFlow's own Gelu operation has no gradient from Java; Erf has one.
      Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
      return tf.math.mul(x, tf.math.mul(tf.constant(0.5f), tf.math.add(tf.constant(1f), erf)));
    }
  },
  /** {@code x σ(x)}; Ramachandran et al., arXiv 1710.05941. */
  SWISH {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.mul(x, tf.math.sigmoid(x));
    }
  },
  /** {@code tanh(x)}. */
  TANH {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.tanh(x);
    }
  },
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.softplus(x);
    }
  };

  /**
   * Adds the function to a graph.
   *
   * @param tf the graph
   * @param x any shape
   * @return the same shape
   */
  public abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
}
