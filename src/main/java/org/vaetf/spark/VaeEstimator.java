package org.vaetf.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;
import org.vaetf.data.DataRequest;
import org.vaetf.data.Scaling;
import org.vaetf.train.Parallel;
import org.vaetf.train.RunConfig;
import org.vaetf.train.TrainingConfig;

/**
 * Fits a model to a column of a table, as a stage of a Spark ML pipeline: a {@link TrainingJob}
 * whose fitted model is a {@link VaeTransformer} that encodes. The run folder lies where {@code
 * out} says, and stays: the fitted stage loads its model from there.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "InvalidBlockTag") // Javadoc has @serial exclude for classes; Error Prone has not.
public final class VaeEstimator extends Estimator<VaeTransformer> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> out;
  private final Param<String> start;
  private final Param<String> config;
  private final Param<String> preset;
  private final IntParam latent;
  private final IntParam epochs;
  private final IntParam batch;
  private final DoubleParam learningRate;
  private final DoubleParam testFraction;
  private final IntParam processes;
  private final IntParam averageEvery;
  private final LongParam seed;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> labelCol;
  private final Param<String> shape;
  private final Param<String> scaling;

  /** A stage with a name of its own, to be given a place for its run. */
  public VaeEstimator() {
    this(Identifiable$.MODULE$.randomUID("vaeEstimator"));
  }

  /**
   * A stage of a name, to be given a place for its run.
   *
   * @param uid the name
   */
  public VaeEstimator(String uid) {
    // Parameters are known by the stage's name: that comes first.
    this.uid = uid;
    out =
        new Param<>(
            this,
            "out",
            "the place of the run folder: any path that Hadoop knows and all executors can write to");
    start =
        new Param<>(this, "start", "what becomes of a run that is there: new, overwrite or resume");
    config =
        new Param<>(
            this,
            "config",
            "the whole configuration: JSON as in a run folder's config.json; empty for that of the preset");
    preset = new Param<>(this, "preset", "the preset: its name");
    latent =
        new IntParam(
            this, "latent", "the latent dimensions: 0 for the preset's or the configuration's");
    epochs = new IntParam(this, "epochs", "the epochs: 0 for the default's or the configuration's");
    batch =
        new IntParam(
            this,
            "batch",
            "the rows a step of all processes together: 0 for the default's or the configuration's");
    learningRate =
        new DoubleParam(
            this, "learningRate", "the learning rate: 0 for the default's or the configuration's");
    testFraction =
        new DoubleParam(
            this,
            "testFraction",
            "the share of the rows that is set aside to test on: from 0 on, below 1");
    processes =
        new IntParam(
            this,
            "processes",
            "the tasks that train together: at least 1; as many must be able to run at once");
    averageEvery =
        new IntParam(
            this, "averageEvery", "the steps from one average to the next: 1 to average gradients");
    seed = new LongParam(this, "seed", "the seed of everything random: any");
    inputCol = new Param<>(this, "inputCol", "the column of numbers: its name");
    outputCol = new Param<>(this, "outputCol", "the column that the fitted model adds: its name");
    labelCol = new Param<>(this, "labelCol", "the column of labels: its name; empty for none");
    shape =
        new Param<>(
            this,
            "shape",
            "the shape of a row: sizes with commas, as 28,28,1; empty for flat rows");
    scaling =
        new Param<>(
            this,
            "scaling",
            "how stored values become the model's: none, unit, standardize or, empty, as the configuration has it");
    setDefault(start, "new");
    setDefault(config, "");
    setDefault(preset, "vae");
    setDefault(latent, 0);
    setDefault(epochs, 0);
    setDefault(batch, 0);
    setDefault(learningRate, 0.0);
    setDefault(testFraction, 0.1);
    setDefault(processes, 1);
    setDefault(averageEvery, 1);
    setDefault(seed, 0L);
    setDefault(inputCol, TableInput.FEATURES);
    setDefault(outputCol, TableInput.MEAN);
    setDefault(labelCol, "");
    setDefault(shape, "");
    setDefault(scaling, "");
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The parameter of the place of the run folder.
   *
   * @return the parameter
   */
  public Param<String> out() {
    return out;
  }

  /**
   * Sets the place of the run folder.
   *
   * @param value any path that Hadoop knows and all executors can write to
   * @return this
   */
  public VaeEstimator setOut(String value) {
    set(out, value);
    return this;
  }

  /**
   * Gives the place of the run folder.
   *
   * @return any path that Hadoop knows and all executors can write to
   */
  public String getOut() {
    return $(out);
  }

  /**
   * The parameter of what becomes of a run that is there.
   *
   * @return the parameter
   */
  public Param<String> start() {
    return start;
  }

  /**
   * Sets what becomes of a run that is there.
   *
   * @param value new, overwrite or resume
   * @return this
   */
  public VaeEstimator setStart(String value) {
    set(start, value);
    return this;
  }

  /**
   * Gives what becomes of a run that is there.
   *
   * @return new, overwrite or resume
   */
  public String getStart() {
    return $(start);
  }

  /**
   * The parameter of the whole configuration.
   *
   * @return the parameter
   */
  public Param<String> config() {
    return config;
  }

  /**
   * Sets the whole configuration.
   *
   * @param value JSON as in a run folder's config.json; empty for that of the preset
   * @return this
   */
  public VaeEstimator setConfig(String value) {
    set(config, value);
    return this;
  }

  /**
   * Gives the whole configuration.
   *
   * @return JSON as in a run folder's config.json; empty for that of the preset
   */
  public String getConfig() {
    return $(config);
  }

  /**
   * The parameter of the preset.
   *
   * @return the parameter
   */
  public Param<String> preset() {
    return preset;
  }

  /**
   * Sets the preset.
   *
   * @param value its name
   * @return this
   */
  public VaeEstimator setPreset(String value) {
    set(preset, value);
    return this;
  }

  /**
   * Gives the preset.
   *
   * @return its name
   */
  public String getPreset() {
    return $(preset);
  }

  /**
   * The parameter of the latent dimensions.
   *
   * @return the parameter
   */
  public IntParam latent() {
    return latent;
  }

  /**
   * Sets the latent dimensions.
   *
   * @param value 0 for the preset's or the configuration's
   * @return this
   */
  public VaeEstimator setLatent(int value) {
    set(latent, value);
    return this;
  }

  /**
   * Gives the latent dimensions.
   *
   * @return 0 for the preset's or the configuration's
   */
  public int getLatent() {
    return (int) $(latent);
  }

  /**
   * The parameter of the epochs.
   *
   * @return the parameter
   */
  public IntParam epochs() {
    return epochs;
  }

  /**
   * Sets the epochs.
   *
   * @param value 0 for the default's or the configuration's
   * @return this
   */
  public VaeEstimator setEpochs(int value) {
    set(epochs, value);
    return this;
  }

  /**
   * Gives the epochs.
   *
   * @return 0 for the default's or the configuration's
   */
  public int getEpochs() {
    return (int) $(epochs);
  }

  /**
   * The parameter of the rows a step of all processes together.
   *
   * @return the parameter
   */
  public IntParam batch() {
    return batch;
  }

  /**
   * Sets the rows a step of all processes together.
   *
   * @param value 0 for the default's or the configuration's
   * @return this
   */
  public VaeEstimator setBatch(int value) {
    set(batch, value);
    return this;
  }

  /**
   * Gives the rows a step of all processes together.
   *
   * @return 0 for the default's or the configuration's
   */
  public int getBatch() {
    return (int) $(batch);
  }

  /**
   * The parameter of the learning rate.
   *
   * @return the parameter
   */
  public DoubleParam learningRate() {
    return learningRate;
  }

  /**
   * Sets the learning rate.
   *
   * @param value 0 for the default's or the configuration's
   * @return this
   */
  public VaeEstimator setLearningRate(double value) {
    set(learningRate, value);
    return this;
  }

  /**
   * Gives the learning rate.
   *
   * @return 0 for the default's or the configuration's
   */
  public double getLearningRate() {
    return (double) $(learningRate);
  }

  /**
   * The parameter of the share of the rows that is set aside to test on.
   *
   * @return the parameter
   */
  public DoubleParam testFraction() {
    return testFraction;
  }

  /**
   * Sets the share of the rows that is set aside to test on.
   *
   * @param value from 0 on, below 1
   * @return this
   */
  public VaeEstimator setTestFraction(double value) {
    set(testFraction, value);
    return this;
  }

  /**
   * Gives the share of the rows that is set aside to test on.
   *
   * @return from 0 on, below 1
   */
  public double getTestFraction() {
    return (double) $(testFraction);
  }

  /**
   * The parameter of the tasks that train together.
   *
   * @return the parameter
   */
  public IntParam processes() {
    return processes;
  }

  /**
   * Sets the tasks that train together.
   *
   * @param value at least 1; as many must be able to run at once
   * @return this
   */
  public VaeEstimator setProcesses(int value) {
    set(processes, value);
    return this;
  }

  /**
   * Gives the tasks that train together.
   *
   * @return at least 1; as many must be able to run at once
   */
  public int getProcesses() {
    return (int) $(processes);
  }

  /**
   * The parameter of the steps from one average to the next.
   *
   * @return the parameter
   */
  public IntParam averageEvery() {
    return averageEvery;
  }

  /**
   * Sets the steps from one average to the next.
   *
   * @param value 1 to average gradients
   * @return this
   */
  public VaeEstimator setAverageEvery(int value) {
    set(averageEvery, value);
    return this;
  }

  /**
   * Gives the steps from one average to the next.
   *
   * @return 1 to average gradients
   */
  public int getAverageEvery() {
    return (int) $(averageEvery);
  }

  /**
   * The parameter of the seed of everything random.
   *
   * @return the parameter
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * Sets the seed of everything random.
   *
   * @param value any
   * @return this
   */
  public VaeEstimator setSeed(long value) {
    set(seed, value);
    return this;
  }

  /**
   * Gives the seed of everything random.
   *
   * @return any
   */
  public long getSeed() {
    return (long) $(seed);
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
  public VaeEstimator setInputCol(String value) {
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
   * The parameter of the column that the fitted model adds.
   *
   * @return the parameter
   */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Sets the column that the fitted model adds.
   *
   * @param value its name
   * @return this
   */
  public VaeEstimator setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Gives the column that the fitted model adds.
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
  public VaeEstimator setLabelCol(String value) {
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
   * The parameter of the shape of a row.
   *
   * @return the parameter
   */
  public Param<String> shape() {
    return shape;
  }

  /**
   * Sets the shape of a row.
   *
   * @param value sizes with commas, as 28,28,1; empty for flat rows
   * @return this
   */
  public VaeEstimator setShape(String value) {
    set(shape, value);
    return this;
  }

  /**
   * Gives the shape of a row.
   *
   * @return sizes with commas, as 28,28,1; empty for flat rows
   */
  public String getShape() {
    return $(shape);
  }

  /**
   * The parameter of how stored values become the model's.
   *
   * @return the parameter
   */
  public Param<String> scaling() {
    return scaling;
  }

  /**
   * Sets how stored values become the model's.
   *
   * @param value none, unit (for 0…255) or standardize; empty for the configuration's, or none
   * @return this
   */
  public VaeEstimator setScaling(String value) {
    set(scaling, value);
    return this;
  }

  /**
   * Gives how stored values become the model's.
   *
   * @return none, unit (for 0…255) or standardize; empty for the configuration's, or none
   */
  public String getScaling() {
    return $(scaling);
  }

  /**
   * Fits the model.
   *
   * @param table with the column of numbers
   * @return a stage that encodes with the fitted model
   * @throws ConfigException if a setting is missing or out of range
   * @throws org.vaetf.base.VaeException if the place is taken, the rows do not fit, or the run
   *     fails
   */
  @Override
  public VaeTransformer fit(Dataset<?> table) {
    VaeTransformer fitted = fitted();
    fitted.transformSchema(table.schema());
    Optional<RowShape> rowShape =
        Optional.of(getShape()).filter(text -> !text.isEmpty()).map(RowShape::parse);
    TrainingJob.of(runConfig())
        .run(
            table.toDF(),
            getInputCol(),
            Optional.of(getLabelCol()).filter(name -> !name.isEmpty()),
            rowShape,
            new RunPlace(getOut(), chosenStart()));
    return fitted.setParent(this);
  }

  private VaeTransformer fitted() {
    if (!isDefined(out)) {
      throw new ConfigException("out", "missing", "a place for the run folder");
    }
    return new VaeTransformer()
        .setModel(getOut())
        .setInputCol(getInputCol())
        .setOutputCol(getOutputCol())
        .setLabelCol(getLabelCol());
  }

  private RunPlace.Start chosenStart() {
    String chosen = Check.known("start", getStart(), List.of("new", "overwrite", "resume"));
    return RunPlace.Start.valueOf(chosen.toUpperCase(Locale.ROOT));
  }

  private Scaling.Kind scalingOf(RunConfig base) {
    return getScaling().isEmpty()
        ? base.data().scaling()
        : Named.of(Scaling.Kind.class, "scaling", getScaling());
  }

  private RunConfig runConfig() {
    RunConfig base =
        getConfig().isEmpty()
            ? RunConfig.of(getPreset())
            : RunConfig.read(Path.of("config"), getConfig());
    TrainingConfig training =
        base.training()
            .withEpochs(getEpochs() == 0 ? base.training().epochs() : getEpochs())
            .withBatch(getBatch() == 0 ? base.training().batch() : getBatch())
            .withOptimizer(
                getLearningRate() == 0
                    ? base.training().optimizer()
                    : base.training().optimizer().withLearningRate(getLearningRate()))
            .withSeed(getSeed())
            .withParallel(new Parallel(getProcesses(), getAverageEvery()));
    DataRequest rows = base.data().rows();
    DataRequest table =
        new DataRequest("the column " + getInputCol(), "", getTestFraction(), rows.read());
    return base.withModel(getLatent() == 0 ? base.model() : base.model().withLatent(getLatent()))
        .withData(base.data().withRows(table).withScaling(scalingOf(base)))
        .withTraining(training);
  }

  /**
   * Checks a table's columns before there are rows.
   *
   * @param schema of the table
   * @return with the column that the fitted model adds
   * @throws ConfigException if a column is missing, of another type, or there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return fitted().transformSchema(schema);
  }

  @Override
  public VaeEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Reads stages that were saved.
   *
   * @return the reader that {@link #load} and pipelines use
   */
  public static MLReader<VaeEstimator> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a stage that was saved.
   *
   * @param path where it was saved
   * @return a stage with the same settings
   */
  public static VaeEstimator load(String path) {
    return read().load(path);
  }
}
