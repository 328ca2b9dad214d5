package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The fully connected layer {@code y = x W + b}. */
public final class Dense {
  private Dense() {}

  /**
   * Adds a layer without activation.
   *
   * @param scope holds {@code kernel} {@code [features, units]} and {@code bias} {@code [units]}
   * @param x {@code [batch, features]}
   * @param units how many outputs
   * @return {@code [batch, units]}
   */
  public static Operand<TFloat32> linear(LayerScope scope, Operand<TFloat32> x, long units) {
    return linear(scope, x, units, scope.firstKernels().kernel(x.shape().get(-1), units));
  }

  /**
   * Adds a layer without activation, its kernel's first value given.
   *
   * @param scope holds {@code kernel} {@code [features, units]} and {@code bias} {@code [units]}
   * @param x {@code [batch, features]}
   * @param units how many outputs
   * @param first the kernel's first value
   * @return {@code [batch, units]}
   */
  public static Operand<TFloat32> linear(
      LayerScope scope, Operand<TFloat32> x, long units, Initializer first) {
    Operand<TFloat32> kernel = scope.weight("kernel", Shape.of(x.shape().get(-1), units), first);
    Operand<TFloat32> bias = scope.weight("bias", Shape.of(units), Initializer.zeros());
    return scope.tf().nn.biasAdd(scope.multiply(scope.tf().linalg::matMul, x, kernel), bias);
  }

  /**
   * Adds a layer with an activation.
   *
   * @param scope holds {@code kernel} {@code [features, units]} and {@code bias} {@code [units]}
   * @param x {@code [batch, features]}
   * @param units how many outputs
   * @param activation applied to each
   * @return {@code [batch, units]}
   */
  public static Operand<TFloat32> apply(
      LayerScope scope, Operand<TFloat32> x, long units, Activation activation) {
    return activation.apply(scope.tf(), linear(scope, x, units));
  }
}
