package org.vaetf.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.export.SavedModelVae;
import scala.collection.Seq;

/**
 * SQL functions of a model, on the rows of a query: {@code vae_encode(x)} gives the posterior's
 * mean, {@code vae_decode(z)} the mean of p(x|z), {@code vae_score(x)} a structure of {@code elbo},
 * {@code reconstruction}, {@code kl} and {@code log_likelihood} in nats. Those of a conditional
 * model take the label, a number or a name, as a second argument. Numbers are a list or a vector;
 * null gives null.
 *
 * <p>A function is given one row at a time, which costs a call of TensorFlow each: for large tables
 * use {@link VaeTransformer} or a job, which take rows in batches. The draws of a score depend on
 * the seed alone, so a row scores the same wherever it stands.
 */
public final class VaeFunctions {
  private static final DataType LIST = new ArrayType(DataTypes.FloatType, false);

  private static final DataType SCORES =
      new StructType()
          .add("elbo", DataTypes.FloatType, false)
          .add("reconstruction", DataTypes.FloatType, false)
          .add("kl", DataTypes.FloatType, false)
          .add("log_likelihood", DataTypes.FloatType, false);

  private VaeFunctions() {}

  /**
   * Registers the functions, with one draw a score and seed 0.
   *
   * @param spark the session that is to know them
   * @param model what they compute with
   */
  public static void register(SparkSession spark, DistributedModel model) {
    register(spark, model, 1, 0);
  }

  /**
   * Registers the functions.
   *
   * @param spark the session that is to know them
   * @param model what they compute with
   * @param draws from the posterior for each score
   * @param seed of these draws
   * @throws org.vaetf.base.ConfigException if there are no draws
   */
  public static void register(SparkSession spark, DistributedModel model, int draws, long seed) {
    for (Operation operation : List.of(Operation.ENCODE, Operation.DECODE, Operation.SCORE)) {
      RowSettings settings = RowSettings.of(operation).withDraws(draws, seed);
      String name = "vae_" + operation.label();
      DataType type = operation == Operation.SCORE ? SCORES : LIST;
      if (model.isConditional()) {
        spark
            .udf()
            .register(
                name,
                (UDF2<Object, Object, Object>)
                    (row, label) -> apply(model, settings, row, Optional.of(label)),
                type);
      } else {
        spark
            .udf()
            .register(
                name,
                (UDF1<Object, Object>) row -> apply(model, settings, row, Optional.empty()),
                type);
      }
    }
  }

  private static Object apply(
      DistributedModel model, RowSettings settings, Object row, Optional<Object> label) {
    if (row == null) {
      return null;
    }
    float[] values = values(settings, row);
    return TaskLease.call(
        model,
        vae -> {
          Batch given = new Batch(samples(vae, settings, values), label.map(l -> label(vae, l)));
          Samples result =
              settings.operation().apply(vae, given, settings, new Operation.Place(0, 0)).get(0);
          return settings.operation() == Operation.SCORE
              ? scores(result.values())
              : result.values();
        });
  }

  private static Row scores(float[] values) {
    return RowFactory.create(values[0], values[1], values[2], values[3]);
  }

  private static int[] label(SavedModelVae vae, Object label) {
    return new int[] {vae.classes().label(String.valueOf(label))};
  }

  private static Samples samples(SavedModelVae vae, RowSettings settings, float[] values) {
    RowShape shape = settings.operation().takesPoints() ? RowShape.of(vae.latent()) : vae.shape();
    if (values.length != shape.size()) {
      throw new DataException(
          name(settings), "is given " + values.length + " numbers; expected " + shape.size());
    }
    return new Samples(shape, values);
  }

  private static String name(RowSettings settings) {
    return "vae_" + settings.operation().label();
  }

  private static float[] values(RowSettings settings, Object row) {
    if (row instanceof Vector vector) {
      double[] doubles = vector.toArray();
      float[] values = new float[doubles.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles[i];
      }
      return values;
    }
    if (!(row instanceof Seq<?> list)) {
      throw new DataException(
          name(settings),
          "is given "
              + row.getClass().getSimpleName()
              + "; expected a list of numbers or a vector");
    }
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(list.apply(i) instanceof Number number)) {
        throw new DataException(
            name(settings),
            "is given a list with " + list.apply(i) + " in it; expected numbers alone");
      }
      values[i] = number.floatValue();
    }
    return values;
  }
}
