package org.vaetf.serve;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.http.Listening;

/**
 * How a model is served.
 *
 * @param name of the model in addresses, {@code /v1/models/NAME}
 * @param version of the model in addresses and answers, 1 or more
 * @param host a name or address of this machine; {@code 127.0.0.1} for this machine alone
 * @param port to listen on; 0 for any free one
 * @param maxBatch most rows of several requests that are computed at once; 1 for each request alone
 * @param batchDelayMillis how long the first request of a batch may wait for others; 0: what has
 *     come while the model was at work goes together, and nothing waits
 * @param queue most requests that wait; more are refused with status 503
 * @param maxBody most bytes of a request, and of the numbers of an answer; more are refused with
 *     status 413 or 400
 * @param workers how many runs of the model may be under way at once; 0 for one a core
 * @param stopSeconds how long requests that wait may take once the server is to end
 */
public record ServeConfig(
    String name,
    long version,
    String host,
    int port,
    int maxBatch,
    int batchDelayMillis,
    int queue,
    int maxBody,
    int workers,
    int stopSeconds) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9._~-]");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

  /**
   * Checks every value.
   *
   * @param name of the model in addresses, {@code /v1/models/NAME}
   * @param version of the model in addresses and answers, 1 or more
   * @param host a name or address of this machine
   * @param port to listen on; 0 for any free one
   * @param maxBatch most rows that are computed at once
   * @param batchDelayMillis how long the first request of a batch may wait
   * @param queue most requests that wait
   * @param maxBody most bytes of a request
   * @param workers how many runs of the model may be under way at once
   * @param stopSeconds how long requests that wait may take at the end
   * @throws ConfigException if one is out of range
   */
  public ServeConfig {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new ConfigException("name", "'" + name + "'", "letters, digits, '.', '_', '~' and '-'");
    }
    if (version < 1) {
      throw new ConfigException("version", version, "a whole number, 1 or more");
    }
    Check.present("host", host);
    Listening.requirePort(port);
    Check.atLeast("maxBatch", maxBatch, 1);
    if (batchDelayMillis < 0 || batchDelayMillis > 60_000) {
      throw new ConfigException("batchDelay", batchDelayMillis, "milliseconds from 0 to 60000");
    }
    Check.atLeast("queue", queue, 1);
    if (maxBody < 1 || maxBody == Integer.MAX_VALUE) {
      throw new ConfigException("maxBody", maxBody, "a whole number of bytes from 1 to 2147483646");
    }
    if (workers < 0 || workers > 1024) {
      throw new ConfigException("workers", workers, "a whole number from 0 to 1024");
    }
    Check.atLeast("stopSeconds", stopSeconds, 0);
  }

  /**
   * Port 8501 of this machine alone, as TensorFlow Serving has it; the name and version that the
   * model's path tells.
   *
   * @param model a SavedModel or a run folder: {@code mnist}, {@code runs/first}, {@code
   *     runs/first/saved_model}; {@code mnist/3} is version 3 of {@code mnist}
   * @return the defaults
   */
  public static ServeConfig of(Path model) {
    Path folder = model.toAbsolutePath().normalize();
    long version = 1;
    if (folder.endsWith("saved_model")) {
      folder = parent(folder);
    }
    if (folder.getFileName() != null
        && folder.getParent() != null
        && VERSION.matcher(folder.getFileName().toString()).matches()) {
      version = Long.parseLong(folder.getFileName().toString());
      folder = parent(folder);
    }
    String last = folder.getFileName() == null ? "model" : folder.getFileName().toString();
    String name = OTHER.matcher(last).replaceAll("-");
    return new ServeConfig(name, version, "127.0.0.1", 8501, 256, 0, 1000, 64 << 20, 0, 20);
  }

  private static Path parent(Path folder) {
    return folder.getParent() == null ? folder : folder.getParent();
  }

  /**
   * The same under another name.
   *
   * @param value of the model in addresses
   * @return a copy
   */
  public ServeConfig withName(String value) {
    return new ServeConfig(
        value,
        version,
        host,
        port,
        maxBatch,
        batchDelayMillis,
        queue,
        maxBody,
        workers,
        stopSeconds);
  }

  /**
   * The same at another address.
   *
   * @param otherHost a name or address of this machine
   * @param otherPort to listen on; 0 for any free one
   * @return a copy
   */
  public ServeConfig withAddress(String otherHost, int otherPort) {
    return new ServeConfig(
        name,
        version,
        otherHost,
        otherPort,
        maxBatch,
        batchDelayMillis,
        queue,
        maxBody,
        workers,
        stopSeconds);
  }

  /**
   * The same with other batches.
   *
   * @param rows most rows that are computed at once
   * @param delayMillis how long the first request of a batch may wait
   * @return a copy
   */
  public ServeConfig withBatches(int rows, int delayMillis) {
    return new ServeConfig(
        name, version, host, port, rows, delayMillis, queue, maxBody, workers, stopSeconds);
  }

  /**
   * The same with other limits.
   *
   * @param waiting most requests that wait
   * @param body most bytes of a request
   * @return a copy
   */
  public ServeConfig withLimits(int waiting, int body) {
    return new ServeConfig(
        name, version, host, port, maxBatch, batchDelayMillis, waiting, body, workers, stopSeconds);
  }

  /**
   * The same with another number of runs at once.
   *
   * @param value 0 for one a core
   * @return a copy
   */
  public ServeConfig withWorkers(int value) {
    return new ServeConfig(
        name, version, host, port, maxBatch, batchDelayMillis, queue, maxBody, value, stopSeconds);
  }

  /**
   * The same with another time to end in.
   *
   * @param value seconds
   * @return a copy
   */
  public ServeConfig withStopSeconds(int value) {
    return new ServeConfig(
        name, version, host, port, maxBatch, batchDelayMillis, queue, maxBody, workers, value);
  }
}
