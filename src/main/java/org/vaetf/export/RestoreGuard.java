package org.vaetf.export;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The files that a SavedModel's variables are read from. TensorFlow feeds one tensor of the graph
 * with the path of the model's own; a constant in its place would name any file of the machine.
 */
final class RestoreGuard {
  private static final String RESTORE = "RestoreV2";
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  private final Path folder;
  private final List<NodeDef> nodes;
  private final List<FunctionDef> functions;
  private final String fileName;
  private final Set<String> seen = new HashSet<>();

  RestoreGuard(Path folder, MetaGraphDef graph) {
    this.folder = folder;
    this.nodes = graph.getGraphDef().getNodeList();
    this.functions = graph.getGraphDef().getLibrary().getFunctionList();
    this.fileName = graph.getSaverDef().getFilenameTensorName();
  }

  /**
   * Looks at every operation that restores, run or not.
   *
   * @throws ContractException if one may read another file
   */
  void check() {
    for (NodeDef node : nodes) {
      if (node.getOp().equals(RESTORE)) {
        requireFileName(node, 0);
      }
    }
    for (FunctionDef function : functions) {
      for (NodeDef node : function.getNodeDefList()) {
        if (node.getOp().equals(RESTORE)) {
          requireCalls(function, argument(function, node, 0));
        }
      }
    }
  }

  /** Whoever calls the function gives it the path for this argument. */
  private void requireCalls(FunctionDef function, int argument) {
    String name = function.getSignature().getName();
    if (!seen.add(name + " " + argument)) {
      return;
    }
    nodes.stream()
        .filter(node -> calls(node, name))
        .forEach(node -> requireFileName(node, argument));
    for (FunctionDef caller : functions) {
      for (NodeDef node : caller.getNodeDefList()) {
        if (calls(node, name)) {
          requireCalls(caller, argument(caller, node, argument));
        }
      }
    }
  }

  private boolean calls(NodeDef node, String function) {
    if (node.getOp().equals(function)) {
      return true;
    }
    boolean named =
        node.getAttrMap().values().stream()
            .anyMatch(
                value ->
                    value.getFunc().getName().equals(function)
                        || value.getList().getFuncList().stream()
                            .anyMatch(one -> one.getName().equals(function)));
    if (named && !CALLS.contains(node.getOp())) {
      throw refused(node);
    }
    return named;
  }

  private static String withIndex(String tensor) {
    return tensor.indexOf(':') < 0 ? tensor + ":0" : tensor;
  }

  private void requireFileName(NodeDef node, int input) {
    if (input >= node.getInputCount()
        || fileName.isEmpty()
        || !withIndex(node.getInput(input)).equals(withIndex(fileName))) {
      throw refused(node);
    }
  }

  /** Which argument of the function an input is. */
  private int argument(FunctionDef function, NodeDef node, int input) {
    for (int i = 0; i < function.getSignature().getInputArgCount(); i++) {
      if (input < node.getInputCount()
          && function.getSignature().getInputArg(i).getName().equals(node.getInput(input))) {
        return i;
      }
    }
    throw refused(node);
  }

  private ContractException refused(NodeDef node) {
    return new ContractException(
        folder,
        "the operation " + node.getOp() + " (" + node.getName() + ") that may read any file",
        "variables read from the model's own folder; if you trust where the model comes from, give"
            + " --trust");
  }
}
