package org.vaetf.spark;

import java.io.Serializable;

/**
 * A row on its way to the worker that learns from it.
 *
 * @param values its numbers; null where something is wrong with them, or they are an image's
 * @param label as it is written; null where the rows have none
 * @param text the path of an image to read, or what is wrong with the numbers
 */
@SuppressWarnings("ArrayRecordComponent") // Travels once.
record ShardRow(float[] values, String label, String text) implements Serializable {}
