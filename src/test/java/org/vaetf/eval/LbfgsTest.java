package org.vaetf.eval;

import static org.vaetf.testing.Near.assertNear;

import org.junit.jupiter.api.Test;

class LbfgsTest {

  /** {@code Σ c_i (x_i − i)² / 2 + ((Σ x) − Σ i)⁴}, curvatures from 1 to 10,000. */
  @Test
  void anIllConditionedFunction() {
    int size = 30;
    double[] found =
        Lbfgs.minimise(
            (at, gradient) -> {
              double sum = 0;
              double off = 0;
              for (int i = 0; i < size; i++) {
                off += at[i] - i;
              }
              for (int i = 0; i < size; i++) {
                double curvature = Math.pow(10, 4.0 * i / (size - 1));
                sum += curvature * (at[i] - i) * (at[i] - i) / 2;
                gradient[i] = curvature * (at[i] - i) + 4 * off * off * off;
              }
              return sum + off * off * off * off;
            },
            new double[size],
            1e-9);
    for (int i = 0; i < size; i++) {
      assertNear(i, found[i], 1e-8, "x" + i);
    }
  }
}
