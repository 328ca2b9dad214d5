package org.vaetf.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import scala.Tuple3;

/**
 * A trained model as a stage of a Spark ML pipeline: adds a column to a table. Its numbers are of
 * the kind that it finds, a vector for a vector, a list of floats for a list: {@code encode} (the
 * default) adds the posterior's mean, {@code decode} and {@code reconstruct} the mean of p(x|z),
 * and {@code score} a structure of {@code elbo}, {@code reconstruction}, {@code kl} and {@code
 * log_likelihood} in nats. Rows pass in batches; nothing is computed before an action asks for it.
 *
 * <p>Saving it saves the settings and the model's path, not the model: keep the model where the
 * path leads. Scores depend on the seed and on how a table is cut into partitions.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "InvalidBlockTag") // Javadoc has @serial exclude for classes; Error Prone has not.
public final class VaeTransformer extends Model<VaeTransformer> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> model;
  private final Param<String> operation;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> labelCol;
  private final Param<String> label;
  private final IntParam batchSize;
  private final IntParam samples;
  private final LongParam seed;
  private final BooleanParam trusted;

  private transient volatile JobMetrics metrics;

  /** A stage with a name of its own, to be given a model. */
  public VaeTransformer() {
    this(Identifiable$.MODULE$.randomUID("vae"));
  }

  /**
   * A stage of a name, to be given a model.
   *
   * @param uid the name
   */
  public VaeTransformer(String uid) {
    // Parameters are known by the stage's name: that comes first.
    this.uid = uid;
    model = text("model", "a run folder or a SavedModel");
    operation = text("operation", "encode, decode, reconstruct or score");
    inputCol = text("inputCol", "column of numbers");
    outputCol = text("outputCol", "column to add");
    labelCol = text("labelCol", "conditional models: column of labels; empty for none");
    label = text("label", "conditional models: label of all rows; empty for each row's own");
    batchSize = new IntParam(this, "batchSize", "rows at a time; 0 for as many as on one machine");
    samples = new IntParam(this, "samples", "draws for each score");
    seed = new LongParam(this, "seed", "of these draws");
    trusted = new BooleanParam(this, "trusted", "let the model run operations of any sort");
    setDefault(operation, Operation.ENCODE.label());
    setDefault(inputCol, TableInput.FEATURES);
    setDefault(outputCol, TableInput.MEAN);
    setDefault(labelCol, "");
    setDefault(label, "");
    setDefault(batchSize, 0);
    setDefault(samples, 1);
    setDefault(seed, 0L);
    setDefault(trusted, false);
  }

  private Param<String> text(String name, String about) {
    return new Param<>(this, name, about);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The parameter of the model.
   *
   * @return the parameter
   */
  public Param<String> model() {
    return model;
  }

  /**
   * Sets the model.
   *
   * @param value a run folder or a SavedModel, on any file system that Hadoop knows
   * @return this
   */
  public VaeTransformer setModel(String value) {
    set(model, value);
    return this;
  }

  /**
   * Gives the model.
   *
   * @return a run folder or a SavedModel, on any file system that Hadoop knows
   */
  public String getModel() {
    return $(model);
  }

  /**
   * The parameter of what is done with rows.
   *
   * @return the parameter
   */
  public Param<String> operation() {
    return operation;
  }

  /**
   * Sets what is done with rows.
   *
   * @param value encode, decode, reconstruct or score
   * @return this
   */
  public VaeTransformer setOperation(String value) {
    set(operation, value);
    return this;
  }

  /**
   * Gives what is done with rows.
   *
   * @return encode, decode, reconstruct or score
   */
  public String getOperation() {
    return $(operation);
  }

  /**
   * The parameter of the column of numbers.
   *
   * @return the parameter
   */
  public Param<String> inputCol() {
    return inputCol;
  }

  /**
   * Sets the column of numbers.
   *
   * @param value its name
   * @return this
   */
  public VaeTransformer setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Gives the column of numbers.
   *
   * @return its name
   */
  public String getInputCol() {
    return $(inputCol);
  }

  /**
   * The parameter of the column to add.
   *
   * @return the parameter
   */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Sets the column to add.
   *
   * @param value its name
   * @return this
   */
  public VaeTransformer setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Gives the column to add.
   *
   * @return its name
   */
  public String getOutputCol() {
    return $(outputCol);
  }

  /**
   * The parameter of the column of labels.
   *
   * @return the parameter
   */
  public Param<String> labelCol() {
    return labelCol;
  }

  /**
   * Sets the column of labels.
   *
   * @param value its name; empty for none
   * @return this
   */
  public VaeTransformer setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /**
   * Gives the column of labels.
   *
   * @return its name; empty for none
   */
  public String getLabelCol() {
    return $(labelCol);
  }

  /**
   * The parameter of the label of all rows.
   *
   * @return the parameter
   */
  public Param<String> label() {
    return label;
  }

  /**
   * Sets the label of all rows.
   *
   * @param value a name or a number; empty for each row's own
   * @return this
   */
  public VaeTransformer setLabel(String value) {
    set(label, value);
    return this;
  }

  /**
   * Gives the label of all rows.
   *
   * @return a name or a number; empty for each row's own
   */
  public String getLabel() {
    return $(label);
  }

  /**
   * The parameter of the rows at a time.
   *
   * @return the parameter
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Sets the rows at a time.
   *
   * @param value 0 for as many as on one machine
   * @return this
   */
  public VaeTransformer setBatchSize(int value) {
    set(batchSize, value);
    return this;
  }

  /**
   * Gives the rows at a time.
   *
   * @return 0 for as many as on one machine
   */
  public int getBatchSize() {
    return (int) $(batchSize);
  }

  /**
   * The parameter of the draws for each score.
   *
   * @return the parameter
   */
  public IntParam samples() {
    return samples;
  }

  /**
   * Sets the draws for each score.
   *
   * @param value at least 1
   * @return this
   */
  public VaeTransformer setSamples(int value) {
    set(samples, value);
    return this;
  }

  /**
   * Gives the draws for each score.
   *
   * @return at least 1
   */
  public int getSamples() {
    return (int) $(samples);
  }

  /**
   * The parameter of the seed of these draws.
   *
   * @return the parameter
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * Sets the seed of these draws.
   *
   * @param value any
   * @return this
   */
  public VaeTransformer setSeed(long value) {
    set(seed, value);
    return this;
  }

  /**
   * Gives the seed of these draws.
   *
   * @return any
   */
  public long getSeed() {
    return (long) $(seed);
  }

  /**
   * The parameter of whether the model may run operations of any sort.
   *
   * @return the parameter
   */
  public BooleanParam trusted() {
    return trusted;
  }

  /**
   * Sets whether the model may run operations of any sort.
   *
   * @param value true only for a model of one's own
   * @return this
   */
  public VaeTransformer setTrusted(boolean value) {
    set(trusted, value);
    return this;
  }

  /**
   * Gives whether the model may run operations of any sort.
   *
   * @return true only for a model of one's own
   */
  public boolean getTrusted() {
    return (boolean) $(trusted);
  }

  @Override
  public VaeTransformer copy(ParamMap extra) {
    VaeTransformer copy = defaultCopy(extra);
    copy.metrics = metrics;
    return copy.setParent(parent());
  }

  /**
   * Checks a table's columns before there are rows.
   *
   * @param schema of the table
   * @return with the new column
   * @throws ConfigException if a column is missing, of another type, or there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    DataType type = column(schema, "inputCol", getInputCol()).dataType();
    if (!InputTable.isNumbers(type)) {
      throw new ConfigException(
          "inputCol " + getInputCol(),
          "of type " + type.simpleString(),
          "a vector or a list of numbers");
    }
    if (!getLabelCol().isEmpty()) {
      column(schema, "labelCol", getLabelCol());
    }
    if (Arrays.asList(schema.fieldNames()).contains(getOutputCol())) {
      throw new ConfigException(
          "outputCol", "'" + getOutputCol() + "'", "a name that no column has yet");
    }
    return schema.add(getOutputCol(), resultType(type));
  }

  private static StructField column(StructType schema, String what, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new ConfigException(
          what, "'" + name + "'", "one of: " + String.join(", ", schema.fieldNames()));
    }
    return schema.apply(name);
  }

  private DataType resultType(DataType input) {
    if (chosen() == Operation.SCORE) {
      StructType type = new StructType();
      for (String name : SCORES) {
        type = type.add(name, DataTypes.FloatType);
      }
      return type;
    }
    return isVector(input) ? input : new ArrayType(DataTypes.FloatType, false);
  }

  private static final List<String> SCORES =
      List.of("elbo", "reconstruction", "kl", "log_likelihood");

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  private Operation chosen() {
    return Named.of(Operation.class, "operation", getOperation());
  }

  /**
   * Adds the column.
   *
   * @param table with the input column
   * @return all its columns, and the new one
   * @throws ConfigException if {@link #transformSchema} refuses it, or no model is given
   * @throws org.vaetf.base.VaeException if the model cannot be loaded
   */
  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    transformSchema(table.schema());
    if (!isDefined(model)) {
      throw new ConfigException("model", "missing", "a run folder or a SavedModel");
    }
    SparkSession spark = table.sparkSession();
    DistributedModel loaded =
        DistributedModel.of(spark, getModel(), org.vaetf.tf.Device.CPU, getTrusted());
    InputTable in =
        InputTable.ofColumn(
            "the table",
            table.toDF(),
            getInputCol(),
            Optional.of(getLabelCol()).filter(name -> !name.isEmpty()),
            Arrays.asList(table.columns()));
    if (loaded.isConditional() && getLabel().isEmpty() && getLabelCol().isEmpty()) {
      throw new ConfigException(
          "labelCol", "empty", "a column of labels, or one label, as this model is conditional");
    }
    RowSettings settings =
        RowSettings.of(chosen())
            .withLabel(getLabel())
            .withBatchRows(getBatchSize())
            .withDraws(getSamples(), getSeed());
    Dataset<Tuple3<Row, float[], float[]>> results =
        RowsJob.mapped(
            in.rows(),
            RowsJob.work(in, loaded, settings, Optional.empty(), metrics(spark).counts()),
            in);
    List<Column> columns = new ArrayList<>();
    for (StructField field : in.keptSchema().fields()) {
      columns.add(RowsJob.kept(field));
    }
    columns.add(
        result(isVector(table.schema().apply(getInputCol()).dataType())).as(getOutputCol()));
    return results.select(columns.toArray(Column[]::new));
  }

  private Column result(boolean vector) {
    if (chosen() == Operation.SCORE) {
      Column[] scores = new Column[SCORES.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = col("_2").getItem(i).as(SCORES.get(i));
      }
      return struct(scores);
    }
    return vector ? functions.array_to_vector(col("_2").cast("array<double>")) : col("_2");
  }

  private synchronized JobMetrics metrics(SparkSession spark) {
    if (metrics == null) {
      metrics = JobMetrics.begin(spark, uid);
    }
    return metrics;
  }

  /**
   * What this stage, and copies made of it since its first table, have done so far.
   *
   * @return empty before the first table
   */
  public Optional<JobMetrics> metrics() {
    return Optional.ofNullable(metrics);
  }

  /**
   * Reads stages that were saved.
   *
   * @return the reader that {@link #load} and pipelines use
   */
  public static MLReader<VaeTransformer> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a stage that was saved.
   *
   * @param path where it was saved
   * @return a stage with the same settings
   */
  public static VaeTransformer load(String path) {
    return read().load(path);
  }
}
