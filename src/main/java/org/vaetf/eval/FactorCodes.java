package org.vaetf.eval;

import java.util.List;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.data.FactorGrid;

/**
 * The codes of rows whose factors are known: what metrics of disentanglement are computed from. A
 * row's code is its posterior mean; each factor's values should come about equally often, and
 * independently of the other factors'.
 *
 * @param axes the factors
 * @param codes {@code [rows][latent]}, finite
 * @param places of each row on the axes, {@code [rows][factors]}
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record FactorCodes(List<FactorGrid.Axis> axes, double[][] codes, int[][] places) {

  /**
   * Checks the sizes.
   *
   * @param axes the factors
   * @param codes {@code [rows][latent]}, finite
   * @param places of each row on the axes, {@code [rows][factors]}
   * @throws ConfigException if there are no rows, latent dimensions or factors, the numbers of
   *     codes and places differ, a row has another length than the first, or a number is not finite
   */
  public FactorCodes {
    axes = List.copyOf(axes);
    Check.atLeast("number of factors", axes.size(), 1);
    Check.atLeast("number of rows", codes.length, 1);
    Check.atLeast("number of latent dimensions", codes[0].length, 1);
    if (places.length != codes.length) {
      throw new ConfigException(
          "number of places", places.length, codes.length + ", one for each row's code");
    }
    for (int row = 0; row < codes.length; row++) {
      if (codes[row].length != codes[0].length || places[row].length != axes.size()) {
        throw new ConfigException(
            "row " + row,
            codes[row].length + " dimensions and " + places[row].length + " factors",
            codes[0].length + " and " + axes.size());
      }
      for (double value : codes[row]) {
        if (!Double.isFinite(value)) {
          throw new ConfigException("a number in the code of row " + row, value, "a finite number");
        }
      }
    }
  }

  int rows() {
    return codes.length;
  }

  int latent() {
    return codes[0].length;
  }

  /** One dimension's codes, {@code [rows]}. */
  double[] dimension(int i) {
    double[] column = new double[codes.length];
    for (int row = 0; row < column.length; row++) {
      column[row] = codes[row][i];
    }
    return column;
  }

  /** One factor's places, {@code [rows]}. */
  int[] factor(int k) {
    int[] column = new int[places.length];
    for (int row = 0; row < column.length; row++) {
      column[row] = places[row][k];
    }
    return column;
  }

  /** One factor's values, {@code [rows]}. */
  double[] values(int k) {
    double[] column = new double[places.length];
    for (int row = 0; row < column.length; row++) {
      column[row] = axes.get(k).values().get(places[row][k]);
    }
    return column;
  }

  ActiveUnits active(double threshold) {
    Estimate.Gatherer[] columns = Estimate.Gatherer.columns(latent());
    for (double[] code : codes) {
      for (int i = 0; i < code.length; i++) {
        columns[i].add(code[i]);
      }
    }
    return ActiveUnits.of(columns, threshold);
  }
}
