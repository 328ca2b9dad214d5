package org.vaetf.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code spark-submit}, as PyPI's pyspark brings it to the Python of {@link Python}. */
public final class SparkSubmit {
  private SparkSubmit() {}

  /**
   * A call of it, on the Java of this process and on loopback.
   *
   * @param master where the job runs
   * @param words what follows: options, the jar, and the job's own
   */
  public static ProcessBuilder of(String master, List<String> words) {
    String python = Python.require();
    List<String> command = new ArrayList<>();
    command.add(Path.of(python).resolveSibling("spark-submit").toString());
    command.addAll(List.of("--master", master, "--conf", "spark.ui.enabled=false"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PYSPARK_PYTHON", python);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }
}
