package org.vaetf.spark;

import java.io.Serializable;
import org.vaetf.base.Check;

/**
 * How rows pass through a model.
 *
 * @param operation what is done with them
 * @param label of all rows, a name or a number; empty for each row's own
 * @param batchRows rows that TensorFlow is given at a time; 0 for as many as the commands on one
 *     machine take
 * @param draws from the posterior for each row that is scored
 * @param seed of these draws
 * @serial exclude
 */
@SuppressWarnings(
    "InvalidBlockTag") // Javadoc has @serial exclude for classes; Error Prone has not.
public record RowSettings(Operation operation, String label, int batchRows, int draws, long seed)
    implements Serializable {

  /**
   * Checks the numbers.
   *
   * @param operation what is done with them
   * @param label of all rows, a name or a number; empty for each row's own
   * @param batchRows rows that TensorFlow is given at a time; 0 for as many as the commands on one
   *     machine take
   * @param draws from the posterior for each row that is scored
   * @param seed of these draws
   * @throws org.vaetf.base.ConfigException if one cannot be
   */
  public RowSettings {
    Check.present("operation", operation);
    Check.present("label", label);
    Check.atLeast("batch", batchRows, 0);
    Check.atLeast("samples", draws, 1);
  }

  /**
   * Labels, if any, from the rows; batches as usual; one draw; seed 0.
   *
   * @param operation what is done with rows
   * @return the settings
   */
  public static RowSettings of(Operation operation) {
    return new RowSettings(operation, "", 0, 1, 0);
  }

  /**
   * The same with one label for all rows.
   *
   * @param value a name or a number; empty for each row's own
   * @return a copy
   */
  public RowSettings withLabel(String value) {
    return new RowSettings(operation, value, batchRows, draws, seed);
  }

  /**
   * The same with other batches.
   *
   * @param value rows a batch; 0 for the usual number
   * @return a copy
   */
  public RowSettings withBatchRows(int value) {
    return new RowSettings(operation, label, value, draws, seed);
  }

  /**
   * The same with other draws.
   *
   * @param value for each row
   * @param newSeed of the draws
   * @return a copy
   */
  public RowSettings withDraws(int value, long newSeed) {
    return new RowSettings(operation, label, batchRows, value, newSeed);
  }
}
