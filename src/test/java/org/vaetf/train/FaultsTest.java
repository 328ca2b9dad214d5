package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.OutputException;
import org.vaetf.base.RowShape;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Formats;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.FileSizeLimit;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.MemoryException;

/**
 * What the machine does to a run under way, in its third epoch of four: one line says so, nothing
 * half-written is left, and once the cause is gone the run goes on to the same bytes.
 */
@Tag("slow")
class FaultsTest {
  private static final int EPOCHS = 4;
  private static final RunConfig CONFIG = config("1epochs");

  @TempDir Path folder;
  private FileSizeLimit limit;

  private static RunConfig config(String checkpointEvery) {
    RunConfig config = TinyRun.config(EPOCHS);
    return config.withTraining(
        config
            .training()
            .withKeepCheckpoints(9)
            .withCheckpointEvery(CheckpointInterval.of(checkpointEvery)));
  }

  @AfterEach
  void makeRoom() {
    if (limit != null) {
      limit.close();
      limit = null;
    }
  }

  /** Does something after a step, both counted from 1. */
  private static TrainingListener after(int epoch, int step, Runnable act) {
    return new TrainingListener() {
      @Override
      public void onBatch(int in, int number, OptionalDouble loss) {
        if (in == epoch && number == step) {
          act.run();
        }
      }
    };
  }

  private Path run() {
    return folder.resolve("run");
  }

  private <E extends VaeException> E fails(
      Class<E> type, RunConfig config, Supplier<DataSplit> data, TrainingListener listener) {
    try (DataSplit split = data.get()) {
      E failure =
          assertThrows(type, () -> Trainer.of(config).listen(listener).run(run(), false, split));
      assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
      return failure;
    } finally {
      makeRoom();
    }
  }

  /** The run as the fault left it: two epochs, all of them whole. */
  private void hasTwoEpochs() throws IOException {
    assertEquals(
        List.of(".lock", "checkpoints", "config.json", "metrics.csv"), RunFiles.names(run()));
    assertEquals(
        List.of("step-0000000004", "step-0000000008"),
        RunFiles.names(run().resolve("checkpoints")));
    for (String checkpoint : RunFiles.names(run().resolve("checkpoints"))) {
      Checksums.verify(run().resolve("checkpoints").resolve(checkpoint));
    }
    assertTrue(Files.readString(run().resolve("metrics.csv")).endsWith("\n"));
  }

  private void goesOnAsIfNothingHadBeen(RunConfig config, Supplier<DataSplit> data)
      throws IOException {
    Path whole = folder.resolve("whole");
    try (DataSplit split = data.get()) {
      Trainer.of(config).run(whole, false, split);
      Trainer.of(config).resume(run(), split);
    }
    RunFiles.assertSameCheckpointsToo(whole, run());
    assertEquals(RunFiles.names(whole), RunFiles.names(run()));
  }

  @ParameterizedTest
  @CsvSource({
    // TensorFlow writes the variables, Java the rest. A checkpoint's variables take 3 kB or more.
    "2000, checkpoints/step-0000000012, 4",
    // Room for ten letters of the next row.
    "0, metrics.csv, 3"
  })
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  void aFullDisk(long bytes, String place, int rows) throws IOException {
    Path metrics = run().resolve("metrics.csv");
    OutputException failure =
        fails(
            OutputException.class,
            CONFIG,
            TinyRun::data,
            after(
                3,
                1,
                () ->
                    limit = FileSizeLimit.of(bytes == 0 ? metrics.toFile().length() + 10 : bytes)));
    assertEquals(run().resolve(place).toString(), failure.place());
    assertEquals(
        run().resolve(place)
            + ": cannot be written (File too large); make room there or choose another place; then"
            + " go on with --resume, from step-0000000008",
        failure.getMessage());
    hasTwoEpochs();
    assertEquals(rows, Files.readAllLines(metrics).size(), "header and epochs");
    goesOnAsIfNothingHadBeen(CONFIG, TinyRun::data);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  void aDiskTooFullForTheExport() throws IOException {
    OutputException failure =
        fails(
            OutputException.class,
            CONFIG,
            TinyRun::data,
            after(4, 4, () -> limit = FileSizeLimit.of(12_000)));
    assertEquals(run().resolve("saved_model").toString(), failure.place());
    assertTrue(failure.getMessage().endsWith("--resume, from step-0000000016"));
    assertEquals(
        List.of(".lock", "checkpoints", "config.json", "metrics.csv"), RunFiles.names(run()));
    goesOnAsIfNothingHadBeen(CONFIG, TinyRun::data);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  void aRunThatNeverHadRoomLeavesNothing() {
    limit = FileSizeLimit.of(10);
    OutputException failure =
        fails(OutputException.class, CONFIG, TinyRun::data, new TrainingListener() {});
    assertTrue(failure.getMessage().contains("File too large"), failure.getMessage());
    assertFalse(failure.getMessage().contains("--resume"), failure.getMessage());
    assertFalse(Files.exists(run()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1epochs", "1steps"})
  void aDeletedFolderStaysDeleted(String checkpointEvery) {
    VaeException failure =
        fails(
            VaeException.class,
            config(checkpointEvery),
            TinyRun::data,
            after(3, 2, () -> AtomicOutput.deleteTree(run())));
    assertEquals(
        run()
            + ": was deleted or replaced while the run was under way; nothing more is written;"
            + " begin the run anew",
        failure.getMessage());
    assertEquals(List.of(), RunFiles.names(folder));
  }

  @Test
  void theRunThatTookADeletedOnesPlaceIsLeftAlone() throws IOException {
    fails(
        VaeException.class,
        CONFIG,
        TinyRun::data,
        after(
            1,
            2,
            () -> {
              AtomicOutput.deleteTree(run());
              RunFolder.create(run(), false).close();
            }));
    assertEquals(List.of(".lock"), RunFiles.names(run()));
  }

  @Test
  void aFileThatIsCutWhileItIsRead() throws IOException {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    Path file = folder.resolve("train.npy");
    try (RowWriter writer =
        Formats.writer(file, RowFormat.of(model.shape(), DataSet.Encoding.REALS))) {
      writer.write(new Batch(model.data(TinyRun.TRAIN_ROWS, 31), Optional.empty()));
      writer.commit();
    }
    byte[] whole = Files.readAllBytes(file);
    Supplier<DataSplit> streamed =
        () ->
            new DataSplit(
                Formats.open(file, ReadOptions.defaults()),
                InMemoryDataSet.of("test rows", model.data(12, 32)));
    DataException failure =
        fails(
            DataException.class,
            CONFIG,
            streamed,
            after(2, 4, () -> write(file, Arrays.copyOf(whole, whole.length / 2))));
    assertEquals(file.toString(), failure.source());
    hasTwoEpochs();
    write(file, whole);
    goesOnAsIfNothingHadBeen(CONFIG, streamed);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHeapThatIsUsedUp() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    Supplier<DataSplit> greedy =
        () -> {
          DataSplit data = TinyRun.data();
          return new DataSplit(new Greedy(data.train(), full), data.test());
        };
    MemoryException failure =
        fails(MemoryException.class, CONFIG, greedy, after(2, 4, () -> full.set(true)));
    assertTrue(
        failure
            .getMessage()
            .startsWith(
                "training with batch 16: Java ran out of memory (Java heap space); lower the batch"
                    + " size, or give Java more with -Xmx (now "),
        failure.getMessage());
    assertTrue(
        failure
            .getMessage()
            .endsWith("; with more memory go on with --resume, from step-0000000008"),
        failure.getMessage());
    hasTwoEpochs();
    full.set(false);
    goesOnAsIfNothingHadBeen(CONFIG, greedy);
  }

  /** Rows for which, at times, there is no memory. */
  private record Greedy(DataSet all, AtomicBoolean full) implements DataSet {
    @Override
    public void read(int row, float[] into, int offset) {
      if (full.get()) {
        throw new OutOfMemoryError("Java heap space");
      }
      all.read(row, into, offset);
    }

    @Override
    public String name() {
      return all.name();
    }

    @Override
    public RowShape shape() {
      return all.shape();
    }

    @Override
    public int rows() {
      return all.rows();
    }

    @Override
    public Encoding encoding() {
      return all.encoding();
    }

    @Override
    public Optional<int[]> labels() {
      return all.labels();
    }

    @Override
    public void close() {
      all.close();
    }
  }

  @Test
  void weightsThatNoMachineHoldsAreRefusedAtOnce() {
    RunConfig config =
        TinyRun.config(
            TinyModel.of("vae dense bernoulli")
                .config()
                .withNetwork(new DenseNetwork(List.of(4_000_000, 4_000_000), Activation.RELU)),
            1);
    MemoryException failure =
        fails(MemoryException.class, config, TinyRun::data, new TrainingListener() {});
    assertTrue(
        failure
            .getMessage()
            .matches(
                "the weights and the optimizer's state for each of them take \\d{9} MiB; this"
                    + " machine has \\d+ MiB; lower the network's widths, or use a larger machine"),
        failure.getMessage());
    assertFalse(Files.exists(run()));
  }
}
