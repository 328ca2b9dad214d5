package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Named;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Golden;
import org.vaetf.tf.GraphSession;

/** Every update rule against NumPy's numbers, five steps from one start. */
class OptimizerGoldenTest {
  private static final JsonNode GOLDEN = Golden.read("optimizers");

  static Stream<JsonNode> cases() {
    return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false);
  }

  @Test
  void everyRuleHasACase() {
    List<String> rules =
        Arrays.stream(UpdateRule.values()).map(UpdateRule::label).sorted().toList();
    Stream<String> golden = cases().map(one -> one.get("optimizer").textValue());
    assertEquals(rules, golden.distinct().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fiveSteps(JsonNode golden) {
    UpdateRule rule = Named.of(UpdateRule.class, "optimizer", golden.get("optimizer").textValue());
    // AdamW's decay is the training graph's work: TrainingStepTest.
    double decay = golden.get("settings").path("weight_decay").asDouble(0);
    float rate = (float) golden.get("settings").get("lr").doubleValue();
    Map<String, Double> constants = new LinkedHashMap<>();
    for (String name : rule.defaultConstants().keySet()) {
      constants.put(name, golden.get("settings").get(name).doubleValue());
    }
    try (GraphSession session =
        GraphSession.build(Evaluate.ONE_THREAD, tf -> build(tf, rule, constants, (float) decay))) {
      for (int step = 0; step < GOLDEN.get("gradients").size(); step++) {
        session
            .call()
            .feed("gradient", Golden.array(GOLDEN.get("gradients").get(step)))
            .feedScalar("rate", rate)
            .feedScalar("count", step + 1f)
            .target("update")
            .run();
        float[] found = session.call().fetch("weight").run().get(0).values();
        assertNear(
            Golden.doubles(golden.get("parameter").get(step)),
            found,
            2e-6,
            rule.label() + " after step " + (step + 1));
      }
    }
  }

  private static void build(Ops tf, UpdateRule rule, Map<String, Double> constants, float decay) {
    Ops init = tf.withInitScope();
    Variable<TFloat32> weight = init.withName("weight").variable(Shape.of(3), TFloat32.class);
    init.assign(weight, Evaluate.constant(init, Golden.array(GOLDEN.get("start"))));
    Operand<TFloat32> gradient =
        tf.withName("gradient").placeholder(TFloat32.class, Placeholder.shape(Shape.of(3)));
    Operand<TFloat32> rate =
        tf.withName("rate").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Operand<TFloat32> count =
        tf.withName("count").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Operand<TFloat32> shrunk =
        tf.assignSub(weight, tf.math.mul(tf.math.mul(rate, tf.constant(decay)), weight));
    Operand<TFloat32> after =
        decay == 0 ? gradient : tf.withControlDependencies(List.of(shrunk)).identity(gradient);
    new ScheduledOptimizer(tf, rule, constants, count)
        .apply(Map.of(weight.asOutput(), after), rate, "update");
  }
}
