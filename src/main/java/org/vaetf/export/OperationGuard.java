package org.vaetf.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * The operations of a SavedModel: they may read and write files, talk to other machines or run
 * Python. Everything that a call of one of its signatures or its loading would run is looked at:
 * only operations of a list may be there, those that compute. The list is made by {@code
 * tools/security/make-operations.py}. What fills variables may read the SavedModel's own variables
 * besides, and what nothing runs is nobody's concern.
 */
final class OperationGuard {
  private static final Set<String> COMPUTING = read("operations.txt");

  /** What a SavedModel of Python's fills its variables with. */
  private static final Set<String> LOADING =
      Set.of("AssignVariableOp", "Assign", "VariableV2", "NoOp");

  private static final List<String> MAIN = List.of("saved_model_main_op", "legacy_init_op");
  private static final String INIT = "__saved_model_init_op";

  private static final String SAME_AS = "api_implements";

  private final Path folder;
  private final MetaGraphDef graph;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, FunctionDef> functions = new HashMap<>();

  OperationGuard(Path folder, MetaGraphDef graph) {
    this.folder = folder;
    this.graph = graph;
    graph.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    graph
        .getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /**
   * Looks at all that loading and the signatures would run.
   *
   * @throws ContractException if there is an operation that is not on the list; names it
   */
  void check() {
    Set<String> allowed = new HashSet<>(COMPUTING);
    for (Map.Entry<String, SignatureDef> signature : graph.getSignatureDefMap().entrySet()) {
      if (!signature.getKey().equals(INIT)) {
        for (TensorInfo output : signature.getValue().getOutputsMap().values()) {
          check(output.getName(), "signature " + signature.getKey(), allowed);
        }
      }
    }
    allowed.addAll(LOADING);
    check(graph.getSaverDef().getRestoreOpName(), "loading", with(allowed, "RestoreV2"));
    for (String collection : MAIN) {
      CollectionDef main =
          graph.getCollectionDefOrDefault(collection, CollectionDef.getDefaultInstance());
      main.getNodeList().getValueList().forEach(name -> check(name, "loading", allowed));
    }
    SignatureDef init = graph.getSignatureDefOrDefault(INIT, SignatureDef.getDefaultInstance());
    init.getOutputsMap().values().forEach(output -> check(output.getName(), "loading", allowed));
  }

  private static Set<String> with(Set<String> operations, String operation) {
    Set<String> more = new HashSet<>(operations);
    more.add(operation);
    return more;
  }

  /** All that is computed for a tensor, in functions too: those run what they hold. */
  private void check(String tensor, String what, Set<String> allowed) {
    Deque<String> open = new ArrayDeque<>(Set.of(operation(tensor)));
    Set<String> seen = new HashSet<>(open);
    Set<String> called = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.pop());
      if (node != null) {
        check(node, what, allowed, called);
        node.getInputList().stream()
            .map(OperationGuard::operation)
            .filter(seen::add)
            .forEach(open::push);
      }
    }
  }

  private void check(NodeDef node, String what, Set<String> allowed, Set<String> called) {
    if (functions.containsKey(node.getOp())) {
      check(functions.get(node.getOp()), what, allowed, called);
    } else if (!allowed.contains(node.getOp())) {
      throw new ContractException(
          folder,
          "the operation " + node.getOp() + " (" + node.getName() + ") in " + what,
          "operations that only compute; if you trust where the model comes from, give --trust");
    }
    for (AttrValue attribute : node.getAttrMap().values()) {
      check(attribute.getFunc(), what, allowed, called);
      for (NameAttrList function : attribute.getList().getFuncList()) {
        check(function, what, allowed, called);
      }
    }
  }

  private void check(NameAttrList function, String what, Set<String> allowed, Set<String> called) {
    if (functions.containsKey(function.getName())) {
      check(functions.get(function.getName()), what, allowed, called);
    }
  }

  private void check(FunctionDef function, String what, Set<String> allowed, Set<String> called) {
    if (called.add(function.getSignature().getName())) {
      function.getNodeDefList().forEach(node -> check(node, what, allowed, called));
      othersOf(function).forEach(other -> check(other, what, allowed, called));
    }
  }

  /** TensorFlow may call in the place of a function another that says it does the same. */
  private List<FunctionDef> othersOf(FunctionDef function) {
    AttrValue same = function.getAttrMap().get(SAME_AS);
    return functions.values().stream()
        .filter(other -> same != null && same.equals(other.getAttrMap().get(SAME_AS)))
        .toList();
  }

  /** {@code ^name}, {@code name} and {@code name:1} are all of the operation {@code name}. */
  private static String operation(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static Set<String> read(String resource) {
    try (InputStream in = OperationGuard.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks " + resource, e);
    }
  }
}
