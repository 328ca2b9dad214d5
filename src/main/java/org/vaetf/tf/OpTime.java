package org.vaetf.tf;

import org.tensorflow.proto.NodeExecStats;

/**
 * When an operation of a traced call ran.
 *
 * @param name of the operation in the graph
 * @param type of the operation, such as {@code MatMul}; TensorFlow may have fused several into one
 *     of another type
 * @param begun nanoseconds since some moment, the same for all operations
 * @param nanos how long it took
 */
public record OpTime(String name, String type, long begun, long nanos) {

  /** The label reads {@code name = Type(inputs)}, with a note of memory in brackets before it. */
  static OpTime of(NodeExecStats stats) {
    String label = stats.getTimelineLabel();
    int end = label.indexOf('(');
    String type = end < 0 ? label : label.substring(label.lastIndexOf(" = ", end) + 3, end);
    return new OpTime(
        stats.getNodeName(), type, stats.getAllStartNanos(), stats.getAllEndRelNanos());
  }
}
