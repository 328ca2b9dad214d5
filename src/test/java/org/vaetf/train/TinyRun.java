package org.vaetf.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** Runs of a fraction of a second, on rows in memory. */
final class TinyRun {
  static final int TRAIN_ROWS = 50;
  static final int BATCH = 16;
  static final int STEPS_AN_EPOCH = 4;

  private TinyRun() {}

  /** A model on 50 rows in batches of 16: four steps an epoch, the last of two rows. */
  static RunConfig config(ModelConfig model, int epochs) {
    return RunConfig.of("vae")
        .withModel(model)
        .withTraining(
            TrainingConfig.defaults()
                .withEpochs(epochs)
                .withBatch(BATCH)
                .withSeed(3)
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.01))
                .withCompute(new Compute(Device.CPU, 2)));
  }

  static RunConfig config(int epochs) {
    return config(TinyModel.of("vae dense bernoulli").config(), epochs);
  }

  /** Rows in [0, 1]. */
  static DataSplit data() {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    return data(model.data(TRAIN_ROWS, 31), model.data(12, 32));
  }

  static DataSplit data(Samples train, Samples test) {
    return new DataSplit(
        InMemoryDataSet.of("train rows", train), InMemoryDataSet.of("test rows", test));
  }

  /** Every file of a folder, its bytes by relative path. */
  static Map<String, byte[]> bytes(Path folder) {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** The names in a folder, in order. */
  static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
