package org.vaetf.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/**
 * The functions of a graph call each other, and TensorFlow puts what they hold in the place of each
 * call: of one that calls itself it would never come to an end, and of thirty that call the next
 * one twice a few kilobytes would become a thousand million operations.
 */
final class CallGuard {
  private static final int DEEPEST = 64;
  private static final long MOST_OPERATIONS = 1_000_000;

  private final Path folder;
  private final GraphDef graph;
  private final Map<String, FunctionDef> functions = new HashMap<>();

  /** Operations of a function with all that it calls. */
  private final Map<String, Long> sizes = new HashMap<>();

  CallGuard(Path folder, GraphDef graph) {
    this.folder = folder;
    this.graph = graph;
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
    }
  }

  /**
   * Looks at every function, called or not.
   *
   * @throws ContractException if two have one name, or they are nested without end, or too often
   */
  void check() {
    if (functions.size() < graph.getLibrary().getFunctionCount()) {
      throw new ContractException(
          folder, "two functions of one name", "a model of a network; export it again");
    }
    sizeOf(graph.getNodeList(), 0);
    functions.keySet().forEach(name -> sizeOf(name, 1));
  }

  private long sizeOf(List<NodeDef> nodes, int depth) {
    long size = nodes.size();
    for (NodeDef node : nodes) {
      for (String called : calledBy(node)) {
        size += sizeOf(called, depth + 1);
      }
      if (size > MOST_OPERATIONS) {
        throw new ContractException(
            folder,
            "functions that make more than " + MOST_OPERATIONS + " operations of one graph",
            "a model of a network; export it again");
      }
    }
    return size;
  }

  private long sizeOf(String name, int depth) {
    if (depth > DEEPEST) {
      throw new ContractException(
          folder,
          "functions that call each other more than " + DEEPEST + " deep (" + name + ")",
          "a model of a network; export it again");
    }
    Long known = sizes.get(name);
    if (known != null) {
      return known;
    }
    long size = sizeOf(functions.get(name).getNodeDefList(), depth);
    sizes.put(name, size);
    return size;
  }

  private List<String> calledBy(NodeDef node) {
    List<String> called = new ArrayList<>(List.of(node.getOp()));
    for (AttrValue attribute : node.getAttrMap().values()) {
      called.add(attribute.getFunc().getName());
      attribute.getList().getFuncList().stream().map(NameAttrList::getName).forEach(called::add);
    }
    called.retainAll(functions.keySet());
    return called;
  }
}
