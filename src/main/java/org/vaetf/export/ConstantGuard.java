package org.vaetf.export;

import java.nio.file.Path;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.tf.ElementBytes;

/**
 * What a graph says of shapes and constants. A constant of a stranger may claim another type or
 * shape than its values have, on which TensorFlow ends the process; or repeat one value a million
 * million times, which takes a few bytes of the file.
 */
final class ConstantGuard {
  /** Constants together may be larger than the file by this: zeros, which a file need not spell. */
  private static final long BEYOND_THE_FILE = 16L << 20;

  /** Of a shape whose sizes are known; beyond, their product overflows. */
  private static final long MOST_ELEMENTS = 1L << 50;

  private final Path folder;
  private final GraphDef graph;
  private final long mostBytes;
  private long bytes;

  ConstantGuard(Path folder, GraphDef graph, long fileBytes) {
    this.folder = folder;
    this.graph = graph;
    this.mostBytes = fileBytes + BEYOND_THE_FILE;
  }

  /**
   * Looks at every node, in functions too.
   *
   * @throws ContractException if one lies
   */
  void check() {
    graph.getNodeList().forEach(this::check);
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      function.getNodeDefList().forEach(this::check);
      function
          .getAttrMap()
          .values()
          .forEach(value -> check(function.getSignature().getName(), value));
    }
  }

  private void check(NodeDef node) {
    node.getAttrMap().values().forEach(value -> check(node.getName(), value));
    AttrValue type = node.getAttrOrDefault("dtype", AttrValue.getDefaultInstance());
    AttrValue value = node.getAttrOrDefault("value", AttrValue.getDefaultInstance());
    if (value.hasTensor() && value.getTensor().getDtype() != type.getType()) {
      throw refused(
          node.getName(),
          "of type " + type.getType() + " with values of " + value.getTensor().getDtype());
    }
  }

  private void check(String node, AttrValue value) {
    if (value.hasTensor()) {
      check(node, value.getTensor());
    }
    if (value.hasShape()) {
      elements(node, value.getShape(), -1);
    }
    value.getList().getTensorList().forEach(tensor -> check(node, tensor));
    value.getList().getShapeList().forEach(shape -> elements(node, shape, -1));
  }

  private void check(String node, TensorProto tensor) {
    if (tensor.getTensorShape().getUnknownRank()) {
      throw refused(node, "of unknown rank");
    }
    int width = ElementBytes.of(tensor.getDtype());
    long elements = elements(node, tensor.getTensorShape(), 0);
    if (width == 0) {
      throw refused(node, "of type " + tensor.getDtype());
    }
    bytes += Math.min(mostBytes + 1, elements * width);
    if (elements > mostBytes || bytes > mostBytes) {
      throw refused(node, "that makes the constants larger than the file has room for");
    }
    long packed = tensor.getTensorContent().size();
    if (tensor.getDtype() != DataType.DT_STRING && packed > 0 && packed != elements * width) {
      throw refused(node, "of " + elements + " values in " + packed + " bytes");
    }
  }

  /** How many; with sizes of -1, where they are allowed, left out. */
  private long elements(String node, TensorShapeProto shape, long least) {
    long elements = 1;
    for (TensorShapeProto.Dim dimension : shape.getDimList()) {
      long size = dimension.getSize();
      if (size < least || elements > MOST_ELEMENTS / Math.max(1, size)) {
        throw refused(node, "with a size of " + size);
      }
      elements *= size < 0 ? 1 : size;
    }
    return elements;
  }

  private ContractException refused(String node, String what) {
    return new ContractException(
        folder, "a constant or shape (" + node + ") " + what, "a sound graph; export it again");
  }
}
