package org.vaetf.export;

import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.SavedModel;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.testing.MessageMutator;
import org.vaetf.testing.Mutator;
import org.vaetf.testing.OtherProcess;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/**
 * A SavedModel in many broken forms: by turns of its bytes, of the program in it, and of the files
 * of its variables where it has any.
 */
final class HostileModels {
  private static final LoadOptions ONE_THREAD =
      LoadOptions.defaults().withCompute(new Compute(Device.CPU, 1));

  private final Path folder;
  private final List<Path> files;
  private final List<Mutator> mutators;
  private final List<byte[]> whole;
  private final MessageMutator program;

  /** Of a whole model; its files are broken in place. */
  HostileModels(Path folder) throws IOException {
    this.folder = folder;
    Path variables = folder.resolve("variables");
    this.files =
        List.of(
                folder.resolve("saved_model.pb"),
                variables.resolve("variables.index"),
                variables.resolve("variables.data-00000-of-00001"))
            .stream()
            .filter(Files::exists)
            .toList();
    this.whole = new ArrayList<>();
    for (Path file : files) {
      whole.add(Files.readAllBytes(file));
    }
    this.mutators = whole.stream().map(bytes -> new Mutator(List.of(bytes))).toList();
    this.program = new MessageMutator(List.of(SavedModel.parseFrom(whole.get(0))));
  }

  /** Writes the broken model of a number: most of them programs that can be parsed. */
  void write(long number) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Mutator.replace(files.get(i), whole.get(i));
    }
    if (number % 4 > 0) {
      Message broken = program.broken(number);
      Mutator.replace(files.get(0), broken.toByteArray());
    } else {
      int which = (int) (number / 4 % files.size());
      Mutator.replace(files.get(which), mutators.get(which).broken(number));
    }
  }

  /** Whether it passes what is checked before TensorFlow sees it. */
  boolean passes() {
    return done(() -> ModelGuard.check(folder));
  }

  /** Whether it could be loaded, and be called in every way. */
  boolean works() {
    return done(
        () -> {
          try (SavedModelVae vae = SavedModelVae.load(folder, ONE_THREAD)) {
            Samples x = new Samples(vae.shape(), new float[3 * vae.shape().size()]);
            Samples z = new Samples(RowShape.of(vae.latent()), new float[3 * vae.latent()]);
            List<Runnable> calls =
                List.of(
                    () -> vae.encode(x),
                    () -> vae.decode(z),
                    () -> vae.reconstruct(x),
                    () -> vae.sample(3, 5),
                    () -> vae.score(x, 4, 6));
            if (!calls.stream().map(HostileModels::done).reduce(true, Boolean::logicalAnd)) {
              throw new VaeException("a call was refused");
            }
          }
        });
  }

  /** Done, or refused in one line. */
  private static boolean done(Runnable work) {
    try {
      work.run();
      return true;
    } catch (VaeException e) {
      if (e.getMessage().lines().count() != 1) {
        throw new AssertionError(e.getMessage(), e);
      }
      return false;
    }
  }

  /** Through TensorFlow, in a process of its own. */
  public static void main(String[] arguments) throws IOException {
    HostileModels models = new HostileModels(Path.of(arguments[2]).resolve("model"));
    OtherProcess.work(
        arguments,
        number -> {
          models.write(number);
          return models.works();
        });
  }
}
