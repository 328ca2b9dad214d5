package org.vaetf.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.UpdateRule;

/**
 * An optimizer as the command line names it: {@code adam}, or {@code adam:beta1=0.5,epsilon=1e-4}.
 *
 * @param rule how weights move
 * @param constants of its formula that are given
 */
record NamedOptimizer(UpdateRule rule, Map<String, Double> constants) {
  private static final String FLAG = CliOption.OPTIMIZER.flag();

  static NamedOptimizer parse(String text) {
    String[] parts = text.split(":", 2);
    List<String> known = Arrays.stream(UpdateRule.values()).map(Named::label).toList();
    UpdateRule rule =
        Named.of(UpdateRule.class, "optimizer", TypedText.word(FLAG, parts[0], known));
    Map<String, Double> constants = new LinkedHashMap<>();
    for (String assignment : parts.length == 1 ? new String[0] : parts[1].split(",", -1)) {
      String[] sides = assignment.split("=", 2);
      if (sides.length < 2) {
        throw UsageException.value(
            FLAG, TypedText.quoted(text), "NAME or NAME:KEY=X,…, as in adam:epsilon=1e-4");
      }
      constants.put(sides[0], TypedText.number(FLAG + " " + sides[0], sides[1]));
    }
    return new NamedOptimizer(rule, checked(rule, constants));
  }

  private static Map<String, Double> checked(UpdateRule rule, Map<String, Double> constants) {
    constants.forEach(
        (name, value) -> {
          try {
            OptimizerConfig.of(rule).withConstant(name, value);
          } catch (ConfigException e) {
            String subject = e.setting().equals(name) ? FLAG + " " + name : FLAG;
            throw UsageException.value(subject, e.got(), e.expected());
          }
        });
    return constants;
  }
}
