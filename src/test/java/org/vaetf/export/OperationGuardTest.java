package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;

/** SavedModels that would do more than compute. */
class OperationGuardTest {
  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");

  @TempDir Path folder;
  private Path saved;

  @BeforeEach
  void export() {
    saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
  }

  @ParameterizedTest
  @MethodSource("org.vaetf.testing.TinyModel#all")
  void ourOwnExportsPass(TinyModel model) {
    ModelGuard.check(model.export(folder.resolve("own"), model.weights(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadFile",
        "WriteFile",
        "PyFunc",
        "PyFuncStateless",
        "EagerPyFunc",
        "PrintV2",
        "SaveV2",
        "RestoreV2",
        "AssignVariableOp",
        "Abort",
        "RemoteCall",
        "DebugIdentityV3",
        "MadeUp"
      })
  void anOperationThatDoesMoreIsRefused(String operation) throws IOException {
    change(graph -> before(graph, operation));
    OneLine.of(
        () -> SavedModelVae.load(saved), saved, operation, "(evil)", "signature decode", "--trust");
  }

  @Test
  void soItIsInAFunction() throws IOException {
    change(
        graph -> {
          var library = graph.getGraphDefBuilder().getLibraryBuilder();
          FunctionDef.Builder body =
              library.getFunctionBuilderList().stream()
                  .filter(function -> function.getNodeDefCount() > 3)
                  .findFirst()
                  .orElseThrow();
          body.addNodeDef(evil("ReadFile"));
        });
    OneLine.of(() -> SavedModelVae.load(saved), "ReadFile", "signature score");
  }

  /** TensorFlow may put one in the place of the other. */
  @Test
  void soItIsInAFunctionThatSaysItDoesTheSame() throws IOException {
    AttrValue same = AttrValue.newBuilder().setS(ByteString.copyFromUtf8("same")).build();
    change(
        graph -> {
          var library = graph.getGraphDefBuilder().getLibraryBuilder();
          library.getFunctionBuilderList().forEach(body -> body.putAttr("api_implements", same));
          library
              .addFunctionBuilder()
              .setSignature(OpDef.newBuilder().setName("other"))
              .putAttr("api_implements", same)
              .addNodeDef(evil("ReadFile"));
        });
    OneLine.of(() -> SavedModelVae.load(saved), "ReadFile", "signature score");
  }

  @Test
  void soItIsInWhatLoadingRuns() throws IOException {
    change(
        graph -> {
          graph.getGraphDefBuilder().addNode(evil("WriteFile"));
          graph.putCollectionDef(
              "saved_model_main_op",
              CollectionDef.newBuilder()
                  .setNodeList(CollectionDef.NodeList.newBuilder().addValue("evil"))
                  .build());
        });
    OneLine.of(() -> SavedModelVae.load(saved), "WriteFile", "in loading");
    change(
        graph -> {
          graph.clearCollectionDef();
          graph.putSignatureDef(
              "__saved_model_init_op",
              SignatureDef.newBuilder()
                  .putOutputs(
                      "__saved_model_init_op", TensorInfo.newBuilder().setName("evil").build())
                  .build());
        });
    OneLine.of(() -> SavedModelVae.load(saved), "WriteFile", "in loading");
  }

  /** A file is read into nowhere: nothing asks for it. */
  @Test
  void whatNothingRunsIsNobodysConcern() throws IOException {
    change(graph -> graph.getGraphDefBuilder().addNode(evil("ReadFile")).addNode(name("x.txt")));
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      assertEquals(1, vae.decode(MODEL.points(1, 1)).rows());
    }
  }

  /** What the guard is for: trusted, the same model writes a file. */
  @Test
  void aTrustedModelMayDoAsItLikes() throws IOException {
    Path victim = folder.resolve("victim.txt");
    change(
        graph -> {
          before(graph, "WriteFile");
          graph.getGraphDefBuilder().addNode(name(victim.toString()));
        });
    OneLine.of(() -> SavedModelVae.load(saved), "WriteFile");
    assertFalse(Files.exists(victim));
    try (SavedModelVae vae = SavedModelVae.load(saved, LoadOptions.defaults().withTrusted(true))) {
      vae.decode(MODEL.points(1, 1));
    }
    assertTrue(Files.exists(victim));
  }

  @Test
  void whatIsNoSavedModel() throws IOException {
    Files.write(saved.resolve("saved_model.pb"), new byte[] {(byte) 0xff, 1, 2});
    OneLine.of(() -> SavedModelVae.load(saved), saved, "cannot be read");
  }

  /** An operation that must be run before the output of decode. */
  private static void before(MetaGraphDef.Builder graph, String operation) {
    String output =
        graph
            .getSignatureDefOrThrow("decode")
            .getOutputsOrThrow("x")
            .getName()
            .replaceFirst(":\\d+$", "");
    var nodes = graph.getGraphDefBuilder();
    for (NodeDef.Builder node : nodes.getNodeBuilderList()) {
      if (node.getName().equals(output)) {
        node.addInput("^evil");
      }
    }
    nodes.addNode(evil(operation));
  }

  private static NodeDef evil(String operation) {
    NodeDef.Builder node = NodeDef.newBuilder().setName("evil").setOp(operation);
    if (operation.equals("ReadFile") || operation.equals("WriteFile")) {
      node.addInput("name");
    }
    if (operation.equals("WriteFile")) {
      node.addInput("name");
    }
    return node.build();
  }

  private static NodeDef name(String text) {
    TensorProto value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(text))
            .build();
    return NodeDef.newBuilder()
        .setName("name")
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  private void change(Consumer<MetaGraphDef.Builder> how) throws IOException {
    Path file = saved.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    how.accept(model.getMetaGraphsBuilder(0));
    Files.write(file, model.build().toByteArray());
  }
}
