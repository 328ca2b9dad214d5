package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.vaetf.export.SavedModelVae;
import org.vaetf.serve.ModelServer;
import org.vaetf.serve.ServeConfig;

/** Serves a model over HTTP until it is interrupted. */
final class ServeCommand implements Command {

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Answer requests over HTTP in the shape of TensorFlow Serving's REST API: prints the"
        + " address of the model, and serves it until Ctrl-C or SIGTERM; then answers what waits.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar serve --model saved_models/mnist-2d --port 8501";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(
        List.of(
            CliOption.NAME,
            CliOption.HOST,
            CliOption.PORT,
            CliOption.MAX_BATCH,
            CliOption.BATCH_DELAY,
            CliOption.QUEUE,
            CliOption.MAX_BODY,
            CliOption.WORKERS));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    Interruption.run(end -> serve(arguments, console, end));
  }

  private static void serve(Arguments arguments, Console console, CountDownLatch end)
      throws InterruptedException {
    ServeConfig config = config(arguments);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        ModelServer server = ModelServer.start(vae, config, console::warn)) {
      console.print(server.address().toString());
      console.say("Ctrl-C ends it");
      end.await();
      console.say("answering what waits, %d seconds at most", config.stopSeconds());
    }
  }

  private static ServeConfig config(Arguments arguments) {
    ServeConfig config = ServeConfig.of(TrainedModel.path(arguments));
    return config
        .withName(arguments.text(CliOption.NAME).orElse(config.name()))
        .withAddress(
            arguments.text(CliOption.HOST).orElse(config.host()),
            arguments.whole(CliOption.PORT).orElse(config.port()))
        .withBatches(
            arguments.whole(CliOption.MAX_BATCH).orElse(config.maxBatch()),
            arguments.whole(CliOption.BATCH_DELAY).orElse(config.batchDelayMillis()))
        .withLimits(
            arguments.whole(CliOption.QUEUE).orElse(config.queue()),
            arguments.whole(CliOption.MAX_BODY).orElse(config.maxBody()))
        .withWorkers(arguments.whole(CliOption.WORKERS).orElse(config.workers()));
  }
}
