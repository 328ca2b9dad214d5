package org.vaetf.spark;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.vaetf.base.VaeException;

/** What went wrong on some machine, in the one line that the work there has for it. */
public final class JobFailure {
  private static final Pattern OURS = Pattern.compile("org\\.vaetf\\.[\\w.]+Exception: (.+)");

  private JobFailure() {}

  /**
   * Runs a job.
   *
   * @param job an action of Spark
   * @param <T> what it gives
   * @return that
   * @throws VaeException if it fails: the library's own, from whatever machine, or one line of what
   *     Spark says
   */
  public static <T> T inOneLine(Supplier<T> job) {
    try {
      return job.get();
    } catch (VaeException e) {
      throw e;
    } catch (Exception e) {
      throw of(e);
    }
  }

  private static VaeException of(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof VaeException ours) {
        return ours;
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher matcher = OURS.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        return new VaeException(matcher.group(1), failure);
      }
    }
    if (isSparks(failure)) {
      return new VaeException(
          "Spark: "
              + String.valueOf(failure.getMessage()).lines().findFirst().orElse("failed")
              + "; --debug shows all of it",
          failure);
    }
    if (failure instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    return new VaeException("the job failed (" + failure + ")", failure);
  }

  private static boolean isSparks(Exception failure) {
    return failure instanceof SparkException || failure instanceof AnalysisException;
  }
}
