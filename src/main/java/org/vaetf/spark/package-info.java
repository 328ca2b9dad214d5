/**
 * Batch jobs on Apache Spark: rows of a table through a trained model, new rows from it, a
 * Transformer of Spark ML, and SQL functions. Spark is provided by the cluster. Each JVM of a
 * cluster loads a model once; the rows of a partition pass through in batches. What happens to a
 * batch is the loader's work, here are its ways to and from Spark.
 */
package org.vaetf.spark;
