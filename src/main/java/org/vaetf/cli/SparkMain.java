package org.vaetf.cli;

import java.io.PrintStream;
import java.util.List;
import org.vaetf.spark.Operation;

/**
 * The jobs on Apache Spark: {@code spark-submit --class org.vaetf.cli.SparkMain vae-tf.jar COMMAND
 * [options]}. Options, streams and exit status are those of {@link Main}.
 */
public final class SparkMain {
  static final String LAUNCHER = "spark-submit --class org.vaetf.cli.SparkMain vae-tf.jar";

  static final List<Command> COMMANDS =
      List.of(
          new SparkRowsCommand(Operation.ENCODE),
          new SparkRowsCommand(Operation.DECODE),
          new SparkRowsCommand(Operation.RECONSTRUCT),
          new SparkRowsCommand(Operation.SCORE),
          new SparkSampleCommand(),
          new SparkTrainCommand());

  static final Program PROGRAM =
      new Program(
          LAUNCHER,
          "variational autoencoders on TensorFlow, as jobs on Apache Spark",
          LAUNCHER + " encode --help",
          COMMANDS);

  private SparkMain() {}

  /**
   * Runs a job; where it fails, ends the process with its status. A job that is done just returns,
   * as cluster managers expect.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    if (!isSparkThere()) {
      System.err.println(
          "vae-tf: Spark is not on the class path; run this by spark-submit, as in: "
              + LAUNCHER
              + " encode --help");
      System.exit(Main.FAILED);
    }
    int status = PROGRAM.runInProcess(args);
    if (status != Main.DONE) {
      System.exit(status);
    }
  }

  /**
   * Runs a job.
   *
   * @param args the command and its options
   * @param out receives results
   * @param err receives everything else, in plain lines
   * @return the exit status
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return PROGRAM.run(args, out, err, false);
  }

  private static boolean isSparkThere() {
    try {
      Class.forName("org.apache.spark.sql.SparkSession");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
