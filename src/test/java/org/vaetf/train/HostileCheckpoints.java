package org.vaetf.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.tensorflow.proto.BundleEntryProto;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.testing.IndexWriter;
import org.vaetf.testing.MessageMutator;
import org.vaetf.testing.Mutator;
import org.vaetf.testing.OtherProcess;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.VariablesIndex;

/**
 * A checkpoint in many broken forms: by turns one of its files, with the sums that were written or
 * with sums made anew, as a forger would; and the index of its variables with other claims, its
 * checksums right.
 */
final class HostileCheckpoints {
  private static final String STEP = "step-0000000004";
  private static final String VARIABLES = "variables";
  private static final String INDEX = "variables.index";
  private static final String SUMS = "SHA256SUMS";

  private final Path checkpoint;
  private final TrainingGraph graph;
  private final List<String> names;
  private final Map<String, byte[]> whole;
  private final Map<String, BundleEntryProto> variables;
  private String broken = INDEX;

  private HostileCheckpoints(Path run, TrainingGraph graph) {
    this.checkpoint = run.resolve("checkpoints").resolve(STEP);
    this.graph = graph;
    this.whole = RunFiles.bytes(checkpoint);
    this.names = List.copyOf(whole.keySet());
    this.variables = VariablesIndex.read(checkpoint.resolve(VARIABLES));
  }

  static void train(Path run) {
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(TinyRun.config(1)).run(run, false, data);
    }
  }

  private void write(long number) throws IOException {
    mend();
    broken = number % 3 == 0 ? INDEX : names.get((int) (number / 3 % names.size()));
    byte[] bytes =
        number % 3 == 0
            ? forgedIndex(number)
            : new Mutator(List.of(whole.get(broken))).broken(number);
    Mutator.replace(checkpoint.resolve(broken), bytes);
    if (number % 3 < 2) {
      Checksums.write(checkpoint);
    }
  }

  /** Puts the checkpoint back, where it stepped aside, and the files that were broken. */
  private void mend() throws IOException {
    Path aside = checkpoint.resolveSibling(STEP + ".damaged");
    if (Files.exists(aside)) {
      Files.move(aside, checkpoint);
    }
    for (String name : List.of(broken, SUMS)) {
      Mutator.replace(checkpoint.resolve(name), whole.get(name));
    }
  }

  private byte[] forgedIndex(long number) {
    Map<String, BundleEntryProto> forged = new TreeMap<>(variables);
    String name =
        new ArrayList<>(variables.keySet())
            .get(new SplittableRandom(number).nextInt(variables.size()));
    MessageMutator mutator = new MessageMutator(List.of(variables.get(name)));
    forged.put(name, (BundleEntryProto) mutator.broken(number));
    return IndexWriter.write(forged);
  }

  private boolean isRestored() {
    try {
      return new Checkpoints(checkpoint.getParent(), 1)
          .restoreNewest(
              graph,
              (damaged, fault) -> {
                if (fault.lines().count() != 1) {
                  throw new AssertionError(fault);
                }
              })
          .isPresent();
    } catch (VaeException e) {
      if (e.getMessage().lines().count() != 1) {
        throw new AssertionError(e.getMessage(), e);
      }
      return false;
    }
  }

  /** Restores into a graph, in a process of its own. */
  public static void main(String[] arguments) {
    RunConfig config = TinyRun.config(1);
    try (TrainingGraph graph =
        new TrainingGraph(
            config.model(),
            new TrainingGraph.Feed(TinyModel.IMAGE, Scaling.none(), false, 1000),
            config.training())) {
      HostileCheckpoints checkpoints =
          new HostileCheckpoints(Path.of(arguments[2]).resolve("run"), graph);
      OtherProcess.work(
          arguments,
          number -> {
            checkpoints.write(number);
            return checkpoints.isRestored();
          });
    }
  }
}
