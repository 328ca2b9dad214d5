package org.vaetf.data;

import java.util.Optional;
import org.vaetf.base.Samples;

/**
 * Some rows, with the class of each where the data has labels.
 *
 * @param samples the rows
 * @param labels {@code [rows]}, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied, as the samples are.
public record Batch(Samples samples, Optional<int[]> labels) {}
