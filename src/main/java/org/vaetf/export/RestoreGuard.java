package org.vaetf.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
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
  private final GraphDef graph;
  private final String fileName;
  private final Map<String, List<Call>> calls = new HashMap<>();
  private final Map<String, Map<String, Integer>> arguments = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  /** A node that calls a function, and the function that the node is in; null for the graph's. */
  private record Call(NodeDef node, FunctionDef in) {}

  RestoreGuard(Path folder, MetaGraphDef graph) {
    this.folder = folder;
    this.graph = graph.getGraphDef();
    this.fileName = graph.getSaverDef().getFilenameTensorName();
  }

  /**
   * Looks at every operation that restores, run or not.
   *
   * @throws ContractException if one may read another file
   */
  void check() {
    graph.getNodeList().forEach(node -> addCalls(new Call(node, null)));
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      function.getNodeDefList().forEach(node -> addCalls(new Call(node, function)));
    }
    calls.getOrDefault(RESTORE, List.of()).forEach(restore -> requireFileName(restore, 0));
  }

  /** By the operation, which may be a function's name, and by the functions it is given. */
  private void addCalls(Call call) {
    Set<String> called = new HashSet<>(Set.of(call.node.getOp()));
    for (AttrValue attribute : call.node.getAttrMap().values()) {
      called.add(attribute.getFunc().getName());
      attribute.getList().getFuncList().forEach(function -> called.add(function.getName()));
    }
    called.forEach(name -> calls.computeIfAbsent(name, key -> new ArrayList<>()).add(call));
  }

  /** Within a function, whoever calls that gives it the path. */
  private void requireFileName(Call call, int input) {
    if (input >= call.node.getInputCount()) {
      throw refused(call.node);
    }
    String given = call.node.getInput(input);
    if (call.in == null) {
      if (fileName.isEmpty() || !withIndex(given).equals(withIndex(fileName))) {
        throw refused(call.node);
      }
      return;
    }
    String function = call.in.getSignature().getName();
    Integer argument = arguments.computeIfAbsent(function, name -> argumentsOf(call.in)).get(given);
    if (argument == null) {
      throw refused(call.node);
    }
    if (seen.add(function + " " + argument)) {
      for (Call caller : calls.getOrDefault(function, List.of())) {
        if (!caller.node.getOp().equals(function) && !CALLS.contains(caller.node.getOp())) {
          throw refused(caller.node);
        }
        requireFileName(caller, argument);
      }
    }
  }

  /** Which argument of a function has a name. */
  private static Map<String, Integer> argumentsOf(FunctionDef function) {
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < function.getSignature().getInputArgCount(); i++) {
      names.put(function.getSignature().getInputArg(i).getName(), i);
    }
    return names;
  }

  private static String withIndex(String tensor) {
    return tensor.indexOf(':') < 0 ? tensor + ":0" : tensor;
  }

  private ContractException refused(NodeDef node) {
    return new ContractException(
        folder,
        "the operation " + node.getOp() + " (" + node.getName() + ") that may read any file",
        "variables read from the model's own folder; if you trust where the model comes from, give"
            + " --trust");
  }
}
