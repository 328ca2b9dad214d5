package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;

/**
 * Independent Bernoulli values, parameterised by logits: {@code log p(x|z) = Σ x·l − softplus(l)}.
 * For x in {0, 1} that is a density; for grey x between 0 and 1 it is the usual cross-entropy,
 * which is no normalised density (Loaiza-Ganem and Cunningham, "The continuous Bernoulli", arXiv
 * 1907.06845): numbers on grey and on binarized data do not compare.
 */
public record Bernoulli() implements Likelihood {

  @Override
  public int parametersPerValue() {
    return 1;
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    return new Logits(scope.tf(), parameters);
  }

  @Override
  public void requireSupport(float least, float greatest) {
    if (!(least >= 0 && greatest <= 1)) {
      throw new ConfigException(
          "range of the scaled data",
          "[" + least + ", " + greatest + "]",
          "inside [0, 1] for the Bernoulli likelihood; use --scaling unit for bytes, or --likelihood gaussian");
    }
  }

  private record Logits(Ops tf, Operand<TFloat32> logits) implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      Operand<TFloat32> values = tf.math.sub(tf.math.mul(x, logits), tf.math.softplus(logits));
      return sum(values);
    }

    /**
     * The gradient by the logits is {@code x − sigmoid(l)}. Differentiating the formula comes to
     * that only after several passes over the data; {@code s = Σ l·(x − sigmoid(l))}, the bracket
     * held constant, has it at once. {@code log p + (s − s)} has the value of the one and the
     * gradient of the other.
     */
    @Override
    public Operand<TFloat32> trainingLogDensity(Operand<TFloat32> x) {
      Operand<TFloat32> slope = tf.stopGradient(tf.math.sub(x, tf.math.sigmoid(logits)));
      Operand<TFloat32> surrogate = sum(tf.math.mul(logits, slope));
      return tf.math.add(
          tf.stopGradient(logDensity(x)), tf.math.sub(surrogate, tf.stopGradient(surrogate)));
    }

    private Operand<TFloat32> sum(Operand<TFloat32> values) {
      return Columns.sum(tf, Flat.flatten(tf, values));
    }

    @Override
    public Operand<TFloat32> mean() {
      return tf.math.sigmoid(logits);
    }
  }
}
