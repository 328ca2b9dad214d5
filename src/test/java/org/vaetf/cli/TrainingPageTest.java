package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Json;
import org.vaetf.base.Kinds;
import org.vaetf.train.Schedule;
import org.vaetf.train.TrainingConfig;
import org.vaetf.train.UpdateRule;

/** What docs/training.md shows is so. */
class TrainingPageTest {
  private static final Path PAGE = Path.of("docs", "training.md");
  private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

  @Test
  void everyRuleHasTheConstantsInTheTable() throws IOException {
    Map<String, Map<String, Double>> shown = new LinkedHashMap<>();
    for (List<String> row : table("optimizer")) {
      Map<String, Double> constants =
          numbers(Pattern.compile("([a-z0-9]+)=([0-9.e-]+)"), row.get(1));
      NAME.matcher(row.get(0)).results().forEach(rule -> shown.put(rule.group(1), constants));
    }
    Map<String, Map<String, Double>> own = new LinkedHashMap<>();
    for (UpdateRule rule : UpdateRule.values()) {
      own.put(rule.label(), rule.defaultConstants());
    }
    assertEquals(own, shown);
  }

  @Test
  void everyScheduleHasTheOptionsInTheTable() throws IOException {
    List<String> kinds = new ArrayList<>(Kinds.of(Schedule.class).names());
    kinds.remove("warm-up");
    List<String> shown = new ArrayList<>();
    for (List<String> row : table("kind")) {
      Matcher kind = NAME.matcher(row.get(0));
      assertTrue(kind.matches(), row.get(0));
      shown.add(kind.group(1));
      assertEquals(
          settings(kind.group(1)),
          numbers(Pattern.compile("`--schedule-([a-z]+)` [a-z] \\(([0-9.]+)\\)"), row.get(2)),
          kind.group(1));
    }
    assertEquals(kinds, shown);
  }

  /** The keys of a schedule and what they are without an option. */
  private static Map<String, Double> settings(String kind) {
    Schedule schedule =
        FitSettings.apply(
                TrainingConfig.defaults(),
                Arguments.parse(new TrainCommand(), List.of("--schedule", kind)))
            .schedule();
    Map<String, Object> json = new LinkedHashMap<>(Json.toMap(schedule));
    assertEquals(kind, json.remove("kind"));
    Map<String, Double> settings = new LinkedHashMap<>();
    json.forEach((key, value) -> settings.put(key, ((Number) value).doubleValue()));
    return settings;
  }

  /** The cells of a table's rows, of the table whose first column has this heading. */
  private static List<List<String>> table(String heading) throws IOException {
    List<List<String>> rows =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| " + heading + " |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.substring(2, line.length() - 1).split(" ?\\| ?", -1))
            .map(List::of)
            .toList();
    assertFalse(rows.isEmpty(), "no table of " + heading);
    return rows;
  }

  /** Names and numbers, as a pattern's two groups find them in a cell. */
  private static Map<String, Double> numbers(Pattern pair, String cell) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (MatchResult found : pair.matcher(cell).results().toList()) {
      numbers.put(found.group(1), Double.valueOf(found.group(2)));
    }
    return numbers;
  }
}
