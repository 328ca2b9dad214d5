package org.vaetf.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.SavedModel;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.testing.MessageMutator;
import org.vaetf.testing.Mutator;

final class HostileModels {
  private final Path folder;

  private HostileModels(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long from = Long.parseLong(arguments[1]);
    long to = Long.parseLong(arguments[2]);
    boolean bytes = arguments[3].equals("bytes");
    byte[] whole = Files.readAllBytes(folder.resolve("whole.pb"));
    MessageMutator mutator = new MessageMutator(List.of(SavedModel.parseFrom(whole)));
    Mutator byteMutator = new Mutator(List.of(whole));
    Map<String, Integer> outcomes = new TreeMap<>();
    for (long seed = from; seed < to; seed++) {
      System.out.println(seed);
      System.out.flush();
      Files.write(folder.resolve("saved_model.pb"), bytes ? byteMutator.broken(seed) : mutator.broken(seed).toByteArray());
      long t = System.nanoTime();
      String outcome = new HostileModels(folder).outcome(seed);
      double s = (System.nanoTime() - t) / 1e9;
      if (s > 2) System.out.println("SLOW " + seed + " " + s + " " + outcome);
      outcomes.merge(outcome, 1, Integer::sum);
    }
    System.out.println(outcomes.toString().replace(", ", "\n"));
    System.out.println(Files.readString(Path.of("/proc/self/status")).lines().filter(l -> l.startsWith("VmHWM")).toList());
  }

  private String outcome(long seed) {
    SavedModelVae vae;
    try {
      vae = SavedModelVae.load(folder);
    } catch (VaeException e) {
      return "refused " + (e.getMessage().contains("TensorFlow cannot load") ? "by TF" : "by us");
    } catch (RuntimeException | Error e) {
      return fault(seed, e);
    }
    String result = "";
    try (vae) {
      Samples x = new Samples(vae.shape(), new float[3 * vae.shape().size()]);
      Samples z = new Samples(org.vaetf.base.RowShape.of(vae.latent()), new float[3 * vae.latent()]);
      List<Runnable> calls = List.of(
        () -> vae.encode(x), () -> vae.decode(z), () -> vae.reconstruct(x), () -> vae.sample(3, 5), () -> vae.score(x, 4, 6));
      for (Runnable call : calls) {
        try {
          call.run();
          result += "+";
        } catch (VaeException e) {
          result += "-";
        } catch (RuntimeException | Error e) {
          result += " " + fault(seed, e);
        }
      }
    }
    return result;
  }

  private static String fault(long seed, Throwable e) {
    return e.getClass().getSimpleName();
  }
}
