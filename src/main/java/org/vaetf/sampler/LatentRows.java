package org.vaetf.sampler;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.export.ExportedModel;
import org.vaetf.tf.Compute;

/** What a sampler is fitted to, and all else that a fit takes. */
public final class LatentRows {
  private final ExportedModel model;
  private final PosteriorEncoder encoder;
  private final DataSet data;
  private final Samples points;
  private final Seed seed;
  private final Compute compute;
  private final FitListener listener;

  LatentRows(
      ExportedModel model,
      PosteriorEncoder encoder,
      DataSet data,
      Samples points,
      Seed seed,
      Compute compute,
      FitListener listener) {
    this.model = model;
    this.encoder = encoder;
    this.data = data;
    this.points = points;
    this.seed = seed;
    this.compute = compute;
    this.listener = listener;
  }

  /**
   * The trained model.
   *
   * @return as it was exported
   */
  public ExportedModel model() {
    return model;
  }

  /**
   * The latent points to learn from.
   *
   * @return {@code [rows, latent]}; not to be written to
   */
  public Samples points() {
    return points;
  }

  /**
   * The posteriors of some of the rows, drawn without putting back.
   *
   * @param what names the number in a message
   * @param count how many
   * @return the parameters that the encoder gives, {@code [count, parameters]}
   * @throws ConfigException if there are fewer rows
   */
  public Samples somePosteriors(String what, int count) {
    if (count > data.rows()) {
      throw new ConfigException(
          what, count, "at most " + data.rows() + ", the number of rows to learn from");
    }
    int[] rows = chosen(count);
    int size = data.shape().size();
    float[] values = new float[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      data.read(rows[i], values, i * size);
    }
    InMemoryDataSet some = InMemoryDataSet.of(data.name(), new Samples(data.shape(), values));
    return encoder.parameters(
        data.labels()
            .map(
                labels ->
                    some.withLabels(Arrays.stream(rows).map(row -> labels[row]).toArray())
                        .withClasses(data.classes()))
            .orElse(some));
  }

  /** In order; Fisher and Yates, as far as it takes. */
  private int[] chosen(int count) {
    SplittableRandom random = seed.named("rows").random(0);
    int[] order = IntStream.range(0, data.rows()).toArray();
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, order.length);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    int[] chosen = Arrays.copyOf(order, count);
    Arrays.sort(chosen);
    return chosen;
  }

  /**
   * The seed of everything random in the fit.
   *
   * @return to derive sub-seeds from
   */
  public Seed seed() {
    return seed;
  }

  /**
   * Device and threads.
   *
   * @return no result depends on the threads
   */
  public Compute compute() {
    return compute;
  }

  /**
   * Who is told how the fit comes along.
   *
   * @return never null
   */
  public FitListener listener() {
    return listener;
  }
}
