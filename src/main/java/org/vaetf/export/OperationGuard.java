package org.vaetf.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  private static final String RESTORE = "RestoreV2";
  private static final String IN_LOADING = "loading";
  private static final String SAME_AS = "api_implements";

  private final Path folder;
  private final MetaGraphDef graph;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, FunctionDef> functions = new HashMap<>();

  /** Those that say they do the same, by what they say. */
  private final Map<AttrValue, List<String>> others = new HashMap<>();

  OperationGuard(Path folder, MetaGraphDef graph) {
    this.folder = folder;
    this.graph = graph;
    graph.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    for (FunctionDef function : graph.getGraphDef().getLibrary().getFunctionList()) {
      String name = function.getSignature().getName();
      functions.put(name, function);
      AttrValue same = function.getAttrMap().get(SAME_AS);
      if (same != null) {
        others.computeIfAbsent(same, key -> new ArrayList<>()).add(name);
      }
    }
  }

  /**
   * Looks at all that loading and the signatures would run.
   *
   * @throws ContractException if there is an operation that is not on the list; names it
   */
  void check() {
    Walk calls = new Walk(COMPUTING);
    for (Map.Entry<String, SignatureDef> signature : graph.getSignatureDefMap().entrySet()) {
      if (!signature.getKey().equals(INIT)) {
        for (TensorInfo output : signature.getValue().getOutputsMap().values()) {
          calls.through(output.getName(), "signature " + signature.getKey());
        }
      }
    }
    Set<String> loads = with(COMPUTING, LOADING);
    new Walk(with(loads, Set.of(RESTORE)))
        .through(graph.getSaverDef().getRestoreOpName(), IN_LOADING);
    Walk loading = new Walk(loads);
    for (String collection : MAIN) {
      CollectionDef main =
          graph.getCollectionDefOrDefault(collection, CollectionDef.getDefaultInstance());
      main.getNodeList().getValueList().forEach(name -> loading.through(name, IN_LOADING));
    }
    SignatureDef init = graph.getSignatureDefOrDefault(INIT, SignatureDef.getDefaultInstance());
    init.getOutputsMap().values().forEach(one -> loading.through(one.getName(), IN_LOADING));
  }

  private static Set<String> with(Set<String> operations, Set<String> others) {
    Set<String> all = new HashSet<>(operations);
    all.addAll(others);
    return all;
  }

  /**
   * A way through all that is computed for some tensors, in functions too: those run what they
   * hold. Nothing is looked at twice, so that a large model takes no longer than it is large.
   */
  private final class Walk {
    private final Set<String> allowed;
    private final Set<String> seenNodes = new HashSet<>();
    private final Set<String> seenFunctions = new HashSet<>();
    private final Set<AttrValue> seenSame = new HashSet<>();
    private final Deque<String> openNodes = new ArrayDeque<>();
    private final Deque<String> openFunctions = new ArrayDeque<>();

    Walk(Set<String> allowed) {
      this.allowed = allowed;
    }

    void through(String tensor, String what) {
      openNode(tensor);
      while (!openNodes.isEmpty()) {
        NodeDef node = nodes.get(openNodes.pop());
        if (node != null) {
          check(node, what);
          node.getInputList().forEach(this::openNode);
        }
      }
      while (!openFunctions.isEmpty()) {
        FunctionDef function = functions.get(openFunctions.pop());
        function.getNodeDefList().forEach(node -> check(node, what));
        // TensorFlow may call in its place another that says it does the same.
        AttrValue same = function.getAttrMap().get(SAME_AS);
        if (same != null && seenSame.add(same)) {
          others.get(same).forEach(this::call);
        }
      }
    }

    private void openNode(String tensor) {
      String name = operation(tensor);
      if (seenNodes.add(name)) {
        openNodes.push(name);
      }
    }

    private void check(NodeDef node, String what) {
      if (functions.containsKey(node.getOp())) {
        call(node.getOp());
      } else if (!allowed.contains(node.getOp())) {
        throw new ContractException(
            folder,
            "the operation " + node.getOp() + " (" + node.getName() + ") in " + what,
            "operations that only compute; if you trust where the model comes from, give --trust");
      }
      for (AttrValue attribute : node.getAttrMap().values()) {
        call(attribute.getFunc().getName());
        attribute.getList().getFuncList().forEach(function -> call(function.getName()));
      }
    }

    private void call(String function) {
      if (functions.containsKey(function) && seenFunctions.add(function)) {
        openFunctions.push(function);
      }
    }
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
