package org.vaetf.export;

import java.nio.file.Path;
import java.util.Arrays;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.Scaling;
import org.vaetf.tf.Compute;

/**
 * A trained model, loaded from a SavedModel: encodes, decodes, reconstructs, samples and scores
 * data as people have it ({@code 0…255} for grey levels); the scaling of the manifest is applied on
 * the way in and undone on the way out. Safe for use by many threads at once. Owns native memory:
 * close it; calls after that throw {@link IllegalStateException}.
 *
 * <p>A conditional model is given a label with each row, as in {@code encode(Batch.of(x, labels))}
 * and {@code sample(16, 1, 7)}; an unconditional one takes none.
 */
public final class SavedModelVae implements AutoCloseable {
  /**
   * So many points at most come from one call of the signature, as (seed, 0) gives them; the next
   * come from (seed, 1), so that memory does not grow with their number.
   */
  public static final int POINTS_A_PART = 1 << 17;

  private final ScaledVae vae;
  private final Scaling scaling;

  private SavedModelVae(ScaledVae vae) {
    this.vae = vae;
    this.scaling = vae.manifest().data().scaling();
  }

  /**
   * Loads a model for the CPU.
   *
   * @param path a SavedModel of the contract, or a run folder that holds one
   * @return the loaded model
   * @throws ContractException if there is no SavedModel, or it is not of this contract
   */
  public static SavedModelVae load(Path path) {
    return load(path, LoadOptions.defaults());
  }

  /**
   * Loads a model.
   *
   * @param path a SavedModel of the contract, or a run folder that holds one
   * @param compute device and threads
   * @return the loaded model
   * @throws ContractException if there is no SavedModel, or it is not of this contract
   * @throws org.vaetf.base.VaeException if the device cannot be used or TensorFlow cannot load the
   *     model
   */
  public static SavedModelVae load(Path path, Compute compute) {
    return load(path, LoadOptions.defaults().withCompute(compute));
  }

  /**
   * Loads a model.
   *
   * @param path a SavedModel of the contract, or a run folder that holds one
   * @param options device, threads, and what the model may do
   * @return the loaded model
   * @throws ContractException if there is no SavedModel, it is not of this contract, or is not
   *     trusted and would run operations that do more than compute
   * @throws org.vaetf.base.VaeException if the device cannot be used or TensorFlow cannot load the
   *     model
   */
  public static SavedModelVae load(Path path, LoadOptions options) {
    return new SavedModelVae(ScaledVae.load(path, options));
  }

  /**
   * What the model says of itself.
   *
   * @return its manifest
   */
  public Manifest manifest() {
    return vae.manifest();
  }

  /**
   * The shape of a row of x.
   *
   * @return from the manifest
   */
  public RowShape shape() {
    return vae.shape();
  }

  /**
   * The number of latent dimensions.
   *
   * @return at least 1
   */
  public int latent() {
    return vae.latent();
  }

  /**
   * Whether rows come with labels.
   *
   * @return true if there are classes
   */
  public boolean isConditional() {
    return vae.isConditional();
  }

  /**
   * The classes that labels are of.
   *
   * @return from the manifest; none of an unconditional model
   */
  public Classes classes() {
    return vae.classes();
  }

  /**
   * Whether the posterior is one point, as an autoencoder's is: then its log-variance is −∞.
   *
   * @return found by encoding a row of zeros
   */
  public boolean isDeterministic() {
    Samples zeros = new Samples(shape(), new float[shape().size()]);
    Batch row = isConditional() ? Batch.of(zeros, 0) : Batch.of(zeros);
    return encode(row).logVariance().values()[0] == Float.NEGATIVE_INFINITY;
  }

  /**
   * The same model in its scaled space.
   *
   * @return owned by this object
   */
  public ScaledVae scaled() {
    return vae;
  }

  /**
   * The posterior of each row.
   *
   * @param x {@code [rows, shape...]}
   * @return mean and log-variance, {@code [rows, latent]}
   * @throws ConfigException if the shape is another, or the model is conditional
   */
  public Encoding encode(Samples x) {
    return encode(Batch.of(x));
  }

  /**
   * The posterior of each row.
   *
   * @param rows x, {@code [rows, shape...]}, with labels where the model is conditional
   * @return mean and log-variance, {@code [rows, latent]}
   * @throws ConfigException if the shape is another, or the labels do not fit
   */
  public Encoding encode(Batch rows) {
    return vae.encode(scale(rows));
  }

  /**
   * The mean of p(x|z) for each point.
   *
   * @param z {@code [rows, latent]}
   * @return {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the model is conditional
   */
  public Samples decode(Samples z) {
    return decode(Batch.of(z));
  }

  /**
   * The mean of p(x|z) for each point.
   *
   * @param points z, {@code [rows, latent]}, with labels where the model is conditional
   * @return {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the labels do not fit
   */
  public Samples decode(Batch points) {
    return unscale(vae.decode(points));
  }

  /**
   * The mean of p(x|z) at the posterior mean of each row.
   *
   * @param x {@code [rows, shape...]}
   * @return {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the model is conditional
   */
  public Samples reconstruct(Samples x) {
    return reconstruct(Batch.of(x));
  }

  /**
   * The mean of p(x|z) at the posterior mean of each row.
   *
   * @param rows x, {@code [rows, shape...]}, with labels where the model is conditional
   * @return {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the labels do not fit
   */
  public Samples reconstruct(Batch rows) {
    return unscale(vae.reconstruct(scale(rows)));
  }

  /**
   * New data: points drawn from the prior, or from the sampler in its place, decoded.
   *
   * @param count how many, at least 1
   * @param seed the same gives the same rows, in Python too
   * @return rows and their points
   * @throws ConfigException if the count is below 1, or the model is conditional
   */
  public Generated sample(int count, long seed) {
    return unscale(vae.sample(count, new long[] {seed, 0}));
  }

  /**
   * New data of one class: points drawn from the prior, decoded.
   *
   * @param count how many, at least 1
   * @param seed the same gives the same rows, in Python too
   * @param label of all rows
   * @return rows and their points, which are those of any other class
   * @throws ConfigException if the count is below 1, there is no such class, or the model is
   *     unconditional
   */
  public Generated sample(int count, long seed, int label) {
    int[] labels = new int[Check.atLeast("count", count, 1)];
    Arrays.fill(labels, label);
    return sample(labels, seed);
  }

  /**
   * New data of given classes: points drawn from the prior, decoded.
   *
   * @param labels of the rows to come, at least one
   * @param seed the same gives the same rows, in Python too
   * @return as many rows, and their points
   * @throws ConfigException if there is no label, one is of no class, or the model is unconditional
   */
  public Generated sample(int[] labels, long seed) {
    return unscale(vae.sample(labels, new long[] {seed, 0}));
  }

  /**
   * Points drawn from the prior, or from the sampler in its place, to be decoded in as many batches
   * as one likes.
   *
   * @param count how many, at least 1
   * @param seed the same gives the same points, in Python too
   * @param part for more points than one call should hold: another number gives other points; 0
   *     gives those of {@link #sample}
   * @return {@code [count, latent]}
   * @throws ConfigException if the count is below 1
   */
  public Samples points(int count, long seed, long part) {
    return vae.points(count, new long[] {seed, part});
  }

  /**
   * The evidence of each row, of its density in the scaled space.
   *
   * @param x {@code [rows, shape...]}
   * @param draws from the posterior for each row, at least 1
   * @param seed the same gives the same scores, in Python too
   * @return nats
   * @throws ConfigException if the shape is another, {@code draws} is below 1, or the model is
   *     conditional
   */
  public Scores score(Samples x, int draws, long seed) {
    return score(Batch.of(x), draws, seed);
  }

  /**
   * The evidence of each row, of its density in the scaled space.
   *
   * @param rows x, {@code [rows, shape...]}, with labels where the model is conditional: then all
   *     densities are given the label
   * @param draws from the posterior for each row, at least 1
   * @param seed the same gives the same scores, in Python too
   * @return nats
   * @throws ConfigException if the shape is another, {@code draws} is below 1, or the labels do not
   *     fit
   */
  public Scores score(Batch rows, int draws, long seed) {
    return vae.score(scale(rows), draws, new long[] {seed, 0});
  }

  /** Waits for calls in flight, then frees the model. Idempotent. */
  @Override
  public void close() {
    vae.close();
  }

  private Batch scale(Batch rows) {
    Samples x = rows.samples().requireShape("x", shape());
    float[] values = x.values().clone();
    scaling.apply(values);
    return new Batch(new Samples(x.shape(), values), rows.labels());
  }

  private Generated unscale(Generated generated) {
    return new Generated(unscale(generated.x()), generated.z());
  }

  private Samples unscale(Samples x) {
    scaling.undo(x.values());
    return x;
  }
}
