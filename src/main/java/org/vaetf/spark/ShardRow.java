package org.vaetf.spark;

import java.io.Serializable;

/**
 * A row on its way to the worker that learns from it.
 *
 * @param values its numbers; null where something is wrong with them
 * @param label as it is written; null where the rows have none
 * @param fault what is wrong with the numbers
 */
@SuppressWarnings("ArrayRecordComponent") // Travels once.
record ShardRow(float[] values, String label, String fault) implements Serializable {}
