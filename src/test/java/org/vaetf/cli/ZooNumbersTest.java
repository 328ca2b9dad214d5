package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Json;
import org.vaetf.testing.Readme;
import org.vaetf.testing.TestData;
import org.vaetf.zoo.Zoo;
import org.vaetf.zoo.ZooModel;

/** The numbers of cards and catalogue are what the command beside them prints. */
@Tag("slow")
class ZooNumbersTest {
  private static final String PROGRAM = "java -jar target/vae-tf.jar ";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+\\.[0-9]+");

  /** Another processor rounds otherwise. */
  private static final double TOLERANCE = 1e-3;

  /** What counts votes, or grows trees, moves by one where a row lies near a boundary. */
  private static final double VOTES = 0.02;

  static List<ZooModel> models() {
    return Zoo.models();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theCardsCommandPrintsThem(ZooModel model) {
    Path card = Path.of("saved_models", model.name(), "README.md");
    List<String> commands = Readme.blocks(card, "sh");
    List<String> words = new ArrayList<>(words(commands.get(commands.size() - 1)));
    CommandLine json = CommandLine.done(with(words, "--json"));
    Map<String, Double> found = means(Json.read("output", json.out(), Map.class));
    assertEquals(new TreeMap<>(model.metrics()).keySet(), found.keySet());
    found.forEach(
        (name, value) -> assertNear(model.metrics().get(name), value, tolerance(name), name));
    List<String> texts = Readme.blocks(card, "text");
    assertEquals(1, texts.size());
    for (Map.Entry<String, Double> metric : model.metrics().entrySet()) {
      double value = metric.getValue();
      assertTrue(
          numbers(texts.get(0)).stream().anyMatch(shown -> Math.abs(shown - value) < 6e-5)
              || texts.get(0).contains(" " + Math.round(value)),
          () -> metric + " is not on the card");
    }
  }

  private static List<Double> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).map(Double::valueOf).toList();
  }

  private static double tolerance(String name) {
    return name.matches("mig|sap|dci_.*|.*_score|precision|recall|active_units")
        ? VOTES
        : TOLERANCE;
  }

  private static List<String> words(String command) {
    assertTrue(command.startsWith(PROGRAM + "evaluate ") && command.lines().count() == 1, command);
    List<String> words =
        new ArrayList<>(Arrays.asList(command.strip().substring(PROGRAM.length()).split(" ", -1)));
    int data = words.indexOf("--data") + 1;
    if (data > 0 && words.get(data).equals("mnist")) {
      words.set(data, TestData.folder("mnist").toString());
    }
    return words;
  }

  private static Object[] with(List<String> words, String... more) {
    List<Object> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    all.add("--quiet");
    return all.toArray();
  }

  /** As {@code tools/zoo/catalogue.py} keeps them. */
  private static Map<String, Double> means(Map<?, ?> measured) {
    Map<String, Double> means = new TreeMap<>();
    measured.forEach(
        (name, value) -> {
          Object mean = value instanceof Map<?, ?> estimate ? estimate.get("mean") : value;
          if (mean instanceof Number number) {
            means.put(name.toString(), number.doubleValue());
          }
        });
    return means;
  }
}
