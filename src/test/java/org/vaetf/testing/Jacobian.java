package org.vaetf.testing;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.Columns;
import org.vaetf.tf.Array;

/** Derivatives of tables by tables, row by row, as TensorFlow's gradients give them. */
public final class Jacobian {
  private Jacobian() {}

  /**
   * ∂y_i / ∂x_j of a function of each row by itself.
   *
   * @param y {@code [rows, outputs]}
   * @param x {@code [rows, inputs]}
   * @return {@code [rows, outputs, inputs]}
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> y, Operand<TFloat32> x) {
    List<Operand<TFloat32>> rows = new ArrayList<>();
    for (Operand<TFloat32> column : Columns.parts(tf, y, (int) y.shape().get(1))) {
      rows.add(gradient(tf, column, x));
    }
    return tf.stack(rows, Stack.axis(1L));
  }

  /** The gradient of the sum of all of y, of the shape of x. */
  public static Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> y, Operand<TFloat32> x) {
    return gradients(tf, y, List.of(x)).get(0);
  }

  /** The gradients of the sum of all of y, of the shapes of each x. */
  public static List<Operand<TFloat32>> gradients(
      Ops tf, Operand<TFloat32> y, List<Operand<TFloat32>> x) {
    Output<?>[] by = x.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] of = {y.asOutput()};
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (Output<?> gradient : ((Graph) tf.scope().env()).addGradients(null, of, by, null)) {
      gradients.add(gradient.expect(TFloat32.class));
    }
    return gradients;
  }

  /** log |det| of each row's square matrix, in double precision, by elimination. */
  public static double[] logDeterminants(Array jacobian) {
    int rows = (int) jacobian.shape()[0];
    int size = (int) jacobian.shape()[1];
    double[] logs = new double[rows];
    for (int row = 0; row < rows; row++) {
      double[][] matrix = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          matrix[i][j] = jacobian.values()[(row * size + i) * size + j];
        }
      }
      logs[row] = logDeterminant(matrix);
    }
    return logs;
  }

  private static double logDeterminant(double[][] matrix) {
    double log = 0;
    for (int i = 0; i < matrix.length; i++) {
      int pivot = i;
      for (int row = i + 1; row < matrix.length; row++) {
        pivot = Math.abs(matrix[row][i]) > Math.abs(matrix[pivot][i]) ? row : pivot;
      }
      double[] swapped = matrix[pivot];
      matrix[pivot] = matrix[i];
      matrix[i] = swapped;
      log += Math.log(Math.abs(matrix[i][i]));
      for (int row = i + 1; row < matrix.length; row++) {
        double factor = matrix[row][i] / matrix[i][i];
        for (int column = i; column < matrix.length; column++) {
          matrix[row][column] -= factor * matrix[i][column];
        }
      }
    }
    return log;
  }
}
