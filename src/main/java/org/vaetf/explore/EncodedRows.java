package org.vaetf.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.DataException;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;

/**
 * Rows and their posteriors, for the map.
 *
 * @param means {@code [count, latent]}
 * @param logVariances {@code [count, latent]}
 * @param pictures unsigned, {@code [count, height, width, channels]}
 * @param labels {@code [count]}, or empty
 * @param classes names of the labels; none where they are numbers alone
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
record EncodedRows(
    int count,
    float[] means,
    float[] logVariances,
    byte[] pictures,
    Optional<int[]> labels,
    List<String> classes) {
  private static final int MOST_ROWS = 2000;

  /** Of bytes, for pictures so large that they bound the number of rows. */
  private static final int MOST_MEMORY = 1 << 26;

  static EncodedRows none() {
    return new EncodedRows(0, new float[0], new float[0], new byte[0], Optional.empty(), List.of());
  }

  /** Rows at even steps through the data, all if they are few. */
  static EncodedRows of(SavedModelVae vae, DataSet data) {
    int size = vae.shape().size();
    int latent = vae.latent();
    int count = Math.min(data.rows(), Math.min(MOST_ROWS, Math.max(1, MOST_MEMORY / size)));
    Optional<int[]> all =
        vae.isConditional() ? Optional.of(vae.classes().labelsOf(data)) : data.labels();
    int[] rows =
        IntStream.range(0, count).map(i -> (int) ((long) i * data.rows() / count)).toArray();
    Optional<int[]> labels = all.map(of -> Arrays.stream(rows).map(row -> of[row]).toArray());
    EncodedRows encoded =
        new EncodedRows(
            count,
            new float[count * latent],
            new float[count * latent],
            new byte[count * size],
            labels,
            vae.isConditional() ? vae.classes().names() : data.classes());
    int most = vae.scaled().batchRows();
    for (int from = 0; from < count; from += most) {
      encoded.fill(vae, data, rows, from, Math.min(count, from + most));
    }
    return encoded;
  }

  private void fill(SavedModelVae vae, DataSet data, int[] rows, int from, int to) {
    int size = vae.shape().size();
    float[] values = new float[(to - from) * size];
    for (int i = from; i < to; i++) {
      data.read(rows[i], values, (i - from) * size);
    }
    Samples x = new Samples(data.shape(), values);
    Encoding posterior =
        vae.encode(
            new Batch(
                x,
                labels.filter(l -> vae.isConditional()).map(l -> Arrays.copyOfRange(l, from, to))));
    float[] mean = posterior.mean().values();
    for (float value : mean) {
      if (!Float.isFinite(value)) {
        throw new DataException(
            data.name(), "has rows whose posterior is not finite; expected rows as in training");
      }
    }
    System.arraycopy(mean, 0, means, from * vae.latent(), mean.length);
    System.arraycopy(
        posterior.logVariance().values(), 0, logVariances, from * vae.latent(), mean.length);
    byte[] greys = GreyLevels.bytes(x, GreyLevels.encoding(vae.manifest().data().scaling()));
    System.arraycopy(greys, 0, pictures, from * size, greys.length);
  }
}
