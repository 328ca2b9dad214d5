package org.vaetf.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkFiles;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Sha256;
import org.vaetf.export.LoadOptions;
import org.vaetf.export.SavedModelVae;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.tf.Devices;
import org.vaetf.tf.Natives;
import org.vaetf.tf.StartUp;

/**
 * A trained model that the machines of a cluster can load: a name that travels with the tasks, and
 * the files where all can have them. A model on the driver's own disk is packed and sent along with
 * Spark's files, once for an application; one on a file system of the cluster is read from there.
 */
public final class DistributedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Which applications have been given which model. */
  private static final Map<String, Boolean> SENT = new ConcurrentHashMap<>();

  /** Those that this JVM has packed, as a driver does. */
  private static final Map<String, Path> PACKED = new ConcurrentHashMap<>();

  /** As it was named: a path of the driver's machine, or one that Hadoop knows. */
  private final String place;

  /** The sum of its files: the same for the same model. */
  private final String id;

  /** Whether it is among Spark's files. */
  private final boolean sent;

  /** Whether it may run operations that may do more than compute. */
  private final boolean trusted;

  /** Where executors compute. */
  private final String device;

  /** What the driver must know of it. */
  private final ModelTraits traits;

  private DistributedModel(
      String place, String id, boolean sent, boolean trusted, String device, ModelTraits traits) {
    this.place = place;
    this.id = id;
    this.sent = sent;
    this.trusted = trusted;
    this.device = device;
    this.traits = traits;
  }

  /**
   * A model for the CPU.
   *
   * @param spark the session whose machines are to have it
   * @param place a SavedModel of the contract, or a run folder that holds one, on this machine or
   *     any file system that Hadoop knows
   * @return the model
   * @throws org.vaetf.base.VaeException if there is none, or it is not of the contract
   */
  public static DistributedModel of(SparkSession spark, String place) {
    return of(spark, place, Device.CPU, false);
  }

  /**
   * A model.
   *
   * @param spark the session whose machines are to have it
   * @param place a SavedModel of the contract, or a run folder that holds one, on this machine or
   *     any file system that Hadoop knows
   * @param device of the machines that work, where it computes
   * @param trusted whether it may run operations that do more than compute
   * @return the model
   * @throws org.vaetf.base.VaeException if there is none, or it is not of the contract
   */
  public static DistributedModel of(
      SparkSession spark, String place, Device device, boolean trusted) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    LoadOptions options = LoadOptions.defaults().withTrusted(trusted);
    return ModelFiles.fetched(
        place,
        configuration,
        folder -> {
          ModelTraits traits = traits(folder, options);
          Path zip = packed(folder);
          String sum = sum(zip);
          boolean local =
              new org.apache.hadoop.fs.Path(place).toUri().getScheme() == null
                  || place.startsWith("file:");
          if (local) {
            send(spark, zip, sum);
          }
          return new DistributedModel(place, sum, local, trusted, device.toString(), traits);
        });
  }

  private static ModelTraits traits(Path folder, LoadOptions options) {
    startTensorFlow();
    try (SavedModelVae vae = SavedModelVae.load(folder, options)) {
      return ModelTraits.of(vae);
    }
  }

  private static Path packed(Path folder) {
    try {
      Path temporary = Files.createTempDirectory("vae-tf-model-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> AtomicOutput.deleteTree(temporary)));
      Path zip = temporary.resolve("model.zip");
      ModelFiles.pack(folder, zip);
      return zip;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static String sum(Path zip) {
    try {
      return Sha256.of(zip);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(zip, e);
    }
  }

  private static void send(SparkSession spark, Path zip, String sum) {
    String key = spark.sparkContext().applicationId() + " " + sum;
    SENT.computeIfAbsent(
        key,
        ignored -> {
          try {
            Path named = Files.move(zip, zip.resolveSibling(file(sum)));
            spark.sparkContext().addFile(named.toUri().toString());
            PACKED.put(sum, named);
          } catch (IOException e) {
            throw AtomicOutput.cannotWrite(zip, e);
          }
          return true;
        });
  }

  private static String file(String sum) {
    return "vae-tf-model-" + sum + ".zip";
  }

  /** Two of one name are the same model. */
  String id() {
    return id + " " + device + " " + trusted;
  }

  /**
   * Whether rows come with labels.
   *
   * @return true if there are classes
   */
  public boolean isConditional() {
    return traits.conditional();
  }

  /**
   * The label that somebody writes.
   *
   * @param text a name of a class, or its number
   * @return its number
   * @throws org.vaetf.base.ConfigException if there is no such class; the message says which there
   *     are
   */
  public int label(String text) {
    return traits.classes().label(text);
  }

  /** What the driver needs to know of it. */
  ModelTraits traits() {
    return traits;
  }

  /** Loads it in the JVM of a task, or of the driver; the caller closes it. */
  SavedModelVae load() {
    startTensorFlow();
    LoadOptions options =
        new LoadOptions(new Compute(Device.of(device), ExecutorCores.count()), trusted);
    return sent
        ? ModelFiles.unpacked(received(), folder -> SavedModelVae.load(folder, options))
        : ModelFiles.fetched(
            place, SparkHadoopUtil.get().conf(), folder -> SavedModelVae.load(folder, options));
  }

  private Path received() {
    Path here = PACKED.get(id);
    return here != null ? here : Path.of(SparkFiles.get(file(id)));
  }

  private static void startTensorFlow() {
    StartUp.prepare();
    Natives.load(Devices::tensorFlowVersion);
  }
}
