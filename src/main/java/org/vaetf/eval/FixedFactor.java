package org.vaetf.eval;

import java.util.SplittableRandom;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.FactorGrid;

/**
 * Batches of rows with one factor fixed, each batch's chosen at random, and all others at random.
 */
final class FixedFactor {
  private final FactorGrid grid;
  private final int rowsOfBatch;
  private final Seed ofBatches;
  private final Seed ofRows;

  FixedFactor(FactorGrid grid, int rowsOfBatch, Seed seed) {
    this.grid = grid;
    this.rowsOfBatch = rowsOfBatch;
    this.ofBatches = seed.named("batches");
    this.ofRows = seed.named("rows");
  }

  /** The factor that is fixed in a batch. */
  int factor(int batch) {
    return chooseFactor(ofBatches.random(batch));
  }

  private int chooseFactor(SplittableRandom random) {
    return random.nextInt(grid.axes().size());
  }

  /** All rows of a batch have the same value of its factor. */
  DataSet batches(String name, int count) {
    return grid.rows(
        name,
        count * rowsOfBatch,
        row -> {
          SplittableRandom ofBatch = ofBatches.random(row / rowsOfBatch);
          int factor = chooseFactor(ofBatch);
          int[] places = grid.draw(ofRows.random(row));
          places[factor] = ofBatch.nextInt(grid.axes().get(factor).size());
          return places;
        });
  }

  /** Rows 0 and 1, 2 and 3 … have the same value of their batch's factor, each pair its own. */
  DataSet pairs(String name, int count) {
    return grid.rows(
        name,
        count * rowsOfBatch,
        row -> {
          int[] places = grid.draw(ofRows.random(row));
          if (row % 2 == 1) {
            int factor = factor(row / rowsOfBatch);
            places[factor] = grid.draw(ofRows.random(row - 1))[factor];
          }
          return places;
        });
  }
}
