package org.vaetf.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.tf.VariablesIndex;

/**
 * The variables of a SavedModel made in Python: those that the graph declares must be among those
 * that its files hold, by type and shape. Our own exports have none, their weights are constants.
 */
final class VariableGuard {
  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2");

  private final Path folder;
  private final GraphDef graph;

  /** A variable's type and sizes. */
  private record Kind(DataType type, List<Long> sizes) {
    static Kind of(DataType type, TensorShapeProto shape) {
      return new Kind(
          type, shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
    }
  }

  VariableGuard(Path folder, GraphDef graph) {
    this.folder = folder;
    this.graph = graph;
  }

  /**
   * Looks at every variable.
   *
   * @throws ContractException if one is not in the files
   * @throws org.vaetf.base.DataException if the files are damaged
   */
  void check() {
    Path prefix = folder.resolve("variables").resolve("variables");
    Collection<BundleEntryProto> held =
        Files.exists(prefix.resolveSibling("variables.index"))
            ? VariablesIndex.read(prefix).values()
            : List.of();
    Set<Kind> kinds =
        held.stream()
            .map(entry -> Kind.of(entry.getDtype(), entry.getShape()))
            .collect(Collectors.toSet());
    Stream.concat(
            graph.getNodeList().stream(),
            graph.getLibrary().getFunctionList().stream()
                .flatMap(function -> function.getNodeDefList().stream()))
        .filter(node -> VARIABLES.contains(node.getOp()))
        .forEach(node -> check(node, kinds));
  }

  private void check(NodeDef node, Set<Kind> held) {
    AttrValue none = AttrValue.getDefaultInstance();
    TensorShapeProto shape = node.getAttrOrDefault("shape", none).getShape();
    Kind kind = Kind.of(node.getAttrOrDefault("dtype", none).getType(), shape);
    if (shape.getUnknownRank() || !held.contains(kind)) {
      throw new ContractException(
          folder,
          "a variable " + node.getName() + " of " + kind.type() + " " + kind.sizes(),
          "the types and shapes that variables/variables.index has; export it again");
    }
  }
}
