package org.vaetf.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * The cores that this JVM may use: those that Spark gave it. The tasks of a JVM share one model and
 * its threads, so several executors on one machine do not fight over its cores.
 */
final class ExecutorCores {
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(?:,\\s*\\d+)?\\]");

  /** How every cluster manager starts an executor. */
  private static final Pattern STARTED_WITH = Pattern.compile("--cores (\\d+)");

  private ExecutorCores() {}

  static int count() {
    SparkEnv env = SparkEnv.get();
    return env == null
        ? Runtime.getRuntime().availableProcessors()
        : count(env.conf(), System.getProperty("sun.java.command", ""));
  }

  static int count(SparkConf conf, String startedWith) {
    String master = conf.get("spark.master", "");
    return number(STARTED_WITH, startedWith)
        .or(() -> number(LOCAL, master))
        .or(() -> master.equals("local") ? Optional.of(1) : Optional.empty())
        .orElseGet(
            () -> conf.getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors()));
  }

  private static Optional<Integer> number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }
}
