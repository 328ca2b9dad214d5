package org.vaetf.sampler;

import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;

/**
 * Latent points in units of mean 0 and deviation 1, some of them held out to say which epoch of a
 * fit is best.
 *
 * @param units points to learn from and points held out
 * @param scaling from latent points to these units, as the points to learn from have it
 */
record HeldOut(DataSplit units, Scaling scaling) {

  /**
   * Sets points aside.
   *
   * @param points at least two
   * @param fraction of them to hold out; one at least is
   * @param seed says which
   */
  static HeldOut of(Samples points, double fraction, Seed seed) {
    DataSet all = InMemoryDataSet.of("latent points", points);
    try (DataSplit split = DataSplit.random(all, fraction, seed)) {
      Scaling scaling = Scaling.fit(Scaling.Kind.STANDARDIZE, split.train());
      return new HeldOut(
          new DataSplit(scaled(split.train(), scaling), scaled(split.test(), scaling)), scaling);
    }
  }

  private static DataSet scaled(DataSet rows, Scaling scaling) {
    Samples all = rows.slice(0, rows.rows());
    scaling.apply(all.values());
    return InMemoryDataSet.of(rows.name(), all);
  }

  RowShape shape() {
    return units.train().shape();
  }

  /** A batch may be no larger than the rows are many. */
  int batch(int wanted) {
    return Math.min(wanted, units.train().rows());
  }

  Samples heldOut() {
    return units.test().slice(0, units.test().rows());
  }
}
