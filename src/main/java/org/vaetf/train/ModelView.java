package org.vaetf.train;

import java.util.Map;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;
import org.vaetf.export.Encoding;
import org.vaetf.tf.Array;

/**
 * The model as it is after an epoch, for a listener to look at. Rows are as people have them
 * ({@code 0…255} for grey levels), as with {@link org.vaetf.export.SavedModelVae}. Looking changes
 * nothing of the training, and costs nothing where nobody looks: the graph that computes is built
 * when it is first needed, and closed with the run.
 *
 * <p>Valid during the call that was given it, on its thread; later every method that computes
 * throws {@link IllegalStateException}.
 */
public interface ModelView {

  /**
   * The shape of a row of x.
   *
   * @return as the data have it
   */
  RowShape shape();

  /**
   * How rows of x are stored, and so what their values mean to the eye.
   *
   * @return bytes for 0…255, else reals
   */
  DataSet.Encoding encoding();

  /**
   * The number of latent dimensions.
   *
   * @return at least 1
   */
  int latent();

  /**
   * The classes that labels are of.
   *
   * @return none of an unconditional model
   */
  Classes classes();

  /**
   * The weights, without the optimizer's slots.
   *
   * @return copies by dotted path, as {@code encoder.dense1.kernel}; those that serve training
   *     alone, as a discriminator's, among them
   */
  Map<String, Array> weights();

  /**
   * The posterior of each row.
   *
   * @param rows x, {@code [rows, shape...]}, with labels where the model is conditional
   * @return mean and log-variance, {@code [rows, latent]}
   * @throws ConfigException if the shape is another, or labels are missing
   * @throws org.vaetf.base.DataException if a label is of no class
   */
  Encoding encode(Batch rows);

  /**
   * The mean of p(x|z) at the posterior mean of each row.
   *
   * @param rows x, {@code [rows, shape...]}, with labels where the model is conditional
   * @return {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or labels are missing
   * @throws org.vaetf.base.DataException if a label is of no class
   */
  default Samples reconstruct(Batch rows) {
    return decode(new Batch(encode(rows).mean(), rows.labels()));
  }

  /**
   * The mean of p(x|z) for each point.
   *
   * @param points z, {@code [rows, latent]}, with labels where the model is conditional
   * @return {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or labels are missing
   * @throws org.vaetf.base.DataException if a label is of no class
   */
  Samples decode(Batch points);

  /**
   * Points drawn from p(z) as it is now, to be decoded. The draws behind them stay the same from
   * epoch to epoch; the points do too where the prior learns nothing.
   *
   * @param count how many, at least 1
   * @param seed the same gives the same draws
   * @return {@code [count, latent]}
   * @throws ConfigException if the count is below 1
   */
  Samples points(int count, long seed);
}
