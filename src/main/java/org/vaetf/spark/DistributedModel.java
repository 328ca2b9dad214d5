package org.vaetf.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.vaetf.base.Sha256;
import org.vaetf.export.LoadOptions;
import org.vaetf.export.SavedModelVae;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/**
 * A trained model that the machines of a cluster can load: a name that travels with the tasks, and
 * the files where all can have them. A model on the driver's own disk is packed and broadcast, once
 * for an application; one on a file system of the cluster is read from there.
 */
public final class DistributedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Which applications have been given which model. Spark's files would not do: a task of a table's
   * job is given those of the table's session alone.
   */
  private static final Map<String, Broadcast<byte[]>> SENT = new ConcurrentHashMap<>();

  /** As it was named: a path of the driver's machine, or one that Hadoop knows. */
  private final String place;

  /** The sum of its files: the same for the same model. */
  private final String id;

  /** The packed files; null of a model that each machine reads for itself. */
  private final Broadcast<byte[]> files;

  /** Whether it may run operations that may do more than compute. */
  private final boolean trusted;

  /** Where executors compute. */
  private final String device;

  /** What the driver must know of it. */
  private final ModelTraits traits;

  private DistributedModel(
      String place,
      String id,
      Broadcast<byte[]> files,
      boolean trusted,
      String device,
      ModelTraits traits) {
    this.place = place;
    this.id = id;
    this.files = files;
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
          byte[] packed = ModelFiles.packed(folder);
          String sum = Sha256.of(packed);
          boolean local =
              new org.apache.hadoop.fs.Path(place).toUri().getScheme() == null
                  || place.startsWith("file:");
          return new DistributedModel(
              place,
              sum,
              local ? sent(spark, packed, sum) : null,
              trusted,
              device.toString(),
              traits);
        });
  }

  private static ModelTraits traits(Path folder, LoadOptions options) {
    ExecutorTensorFlow.start();
    try (SavedModelVae vae = SavedModelVae.load(folder, options)) {
      return ModelTraits.of(vae);
    }
  }

  private static Broadcast<byte[]> sent(SparkSession spark, byte[] packed, String sum) {
    return SENT.computeIfAbsent(
        spark.sparkContext().applicationId() + " " + sum,
        key -> JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(packed));
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
    ExecutorTensorFlow.start();
    LoadOptions options =
        new LoadOptions(new Compute(Device.of(device), ExecutorCores.count()), trusted);
    return files != null
        ? ModelFiles.unpacked(files.value(), folder -> SavedModelVae.load(folder, options))
        : ModelFiles.fetched(
            place, SparkHadoopUtil.get().conf(), folder -> SavedModelVae.load(folder, options));
  }
}
