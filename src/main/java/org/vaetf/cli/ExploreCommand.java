package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSet;
import org.vaetf.explore.ExploreServer;
import org.vaetf.explore.Explorer;
import org.vaetf.export.SavedModelVae;

/** Serves a page to look around in a latent space, until it is interrupted. */
final class ExploreCommand implements Command {
  private static final String THIS_MACHINE_ALONE = "127.0.0.1";

  @Override
  public String name() {
    return "explore";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Look around in the latent space of a model of pictures, in a browser: prints the address"
        + " of a page on this machine, and serves it until Ctrl-C. The map shows up to 2000 test"
        + " rows.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar explore runs/first";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.addAll(List.of(CliOption.HOST, CliOption.PORT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    Interruption.run(end -> serve(arguments, console, end));
  }

  private static void serve(Arguments arguments, Console console, CountDownLatch end)
      throws InterruptedException {
    String host = arguments.text(CliOption.HOST).orElse(THIS_MACHINE_ALONE);
    int port = arguments.whole(CliOption.PORT, 0, 0);
    try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
      Explorer explorer = explorer(arguments, console, vae);
      try (ExploreServer server = ExploreServer.start(explorer, host, port, console::warn)) {
        console.print(server.address().toString());
        console.say("%d rows on the map; Ctrl-C ends it", explorer.points());
        end.await();
      }
    }
  }

  /** Rows that were asked for must be there; the model's own may be gone by now. */
  private static Explorer explorer(Arguments arguments, Console console, SavedModelVae vae) {
    Explorer without = Explorer.of(vae);
    try (DataSet data = Input.dataSet(arguments, console, vae)) {
      return Explorer.of(vae, data);
    } catch (VaeException e) {
      if (Input.OPTIONS.stream().anyMatch(arguments::has)) {
        throw e;
      }
      console.warn("no rows on the map: " + e.getMessage());
      return without;
    }
  }
}
