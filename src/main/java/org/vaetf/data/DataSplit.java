package org.vaetf.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.Seed;

/**
 * Rows to learn from and rows to judge by. Owns both: close it.
 *
 * @param train at least one row
 * @param test at least one row, of the same shape and encoding
 */
public record DataSplit(DataSet train, DataSet test) implements AutoCloseable {

  /**
   * Checks that the parts go together.
   *
   * @param train at least one row
   * @param test at least one row, of the same shape and encoding
   * @throws DataException if a part has no rows, or they differ in shape, encoding or classes
   */
  public DataSplit {
    requireRows(train, 1);
    requireRows(test, 1);
    requireSame(test, "shape", test.shape(), train.shape());
    requireSame(test, "encoding", test.encoding().label(), train.encoding().label());
    requireSame(test, "classes", test.classes(), train.classes());
  }

  private static void requireSame(DataSet test, String what, Object got, Object expected) {
    if (!got.equals(expected)) {
      throw new DataException(
          test.name(),
          "holds test rows with the "
              + what
              + " "
              + got
              + "; expected "
              + expected
              + ", as the training rows have");
    }
  }

  /**
   * Sets some rows aside for testing: a random choice that the seed decides. Both parts keep the
   * order of the rows.
   *
   * @param data taken over: closing the split closes it
   * @param testFraction how much to set aside; at least one row is, and at least one is left
   * @param seed of the choice
   * @return the split
   * @throws ConfigException if the fraction is outside {@code [0, 1)}
   * @throws DataException if there are fewer than two rows
   */
  public static DataSplit random(DataSet data, double testFraction, Seed seed) {
    Check.fraction("test fraction", testFraction);
    int rows = requireRows(data, 2).rows();
    int testRows = Math.max(1, Math.min(rows - 1, (int) Math.round(rows * testFraction)));
    SplittableRandom random = seed.named("split").random(0);
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = 0; i < testRows; i++) {
      int j = random.nextInt(i, rows);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    int[] test = Arrays.copyOf(order, testRows);
    int[] train = Arrays.copyOfRange(order, testRows, rows);
    Arrays.sort(test);
    Arrays.sort(train);
    return new DataSplit(new RowSubset(data, train), new RowSubset(data, test));
  }

  private static DataSet requireRows(DataSet data, int least) {
    if (data.rows() < least) {
      throw new DataException(
          data.name(),
          data.rows() == 0
              ? "holds no rows; expected at least one to learn from and one to test on"
              : "holds one row; expected at least two, one of them to test on; add rows or give"
                  + " test data of its own");
    }
    return data;
  }

  /** Closes both parts. Idempotent. */
  @Override
  public void close() {
    try {
      train.close();
    } finally {
      test.close();
    }
  }
}
