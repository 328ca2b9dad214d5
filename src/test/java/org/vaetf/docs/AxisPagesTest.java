package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Json;
import org.vaetf.base.Kinds;
import org.vaetf.base.Named;
import org.vaetf.flow.Flow;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.model.Objective;
import org.vaetf.network.Network;

/**
 * The page of an axis has a section for each kind, which begins with a formula and shows the kind's
 * JSON with every key at its default.
 */
class AxisPagesTest {

  /** An axis, its page, and the level of its kinds' headings. */
  record Axis(Class<?> type, String page, String heading) {

    Path file() {
      return Path.of("docs", page);
    }

    @Override
    public String toString() {
      return type.getSimpleName() + " in docs/" + page;
    }
  }

  static Stream<Axis> axes() {
    return Stream.of(
        new Axis(Network.class, "networks.md", "## "),
        new Axis(Posterior.class, "posteriors.md", "## "),
        new Axis(Flow.class, "posteriors.md", "### "),
        new Axis(Prior.class, "priors.md", "## "),
        new Axis(Likelihood.class, "likelihoods.md", "## "),
        new Axis(Objective.class, "objectives.md", "## "));
  }

  @ParameterizedTest
  @MethodSource("axes")
  void everyKindHasItsSection(Axis axis) throws IOException {
    Kinds<?> kinds = Kinds.of(axis.type);
    for (String kind : kinds.choices()) {
      String section = section(axis, kind);
      assertTrue(section.startsWith("\n    "), axis + ": " + kind + " begins with a formula");
      List<String> shown = section.lines().filter(line -> line.startsWith("{")).toList();
      assertFalse(shown.isEmpty(), axis + ": " + kind + " shows no JSON");
      Object defaults = kinds.defaults(kind);
      assertEquals(defaults, Json.read(axis, shown.get(0), axis.type), axis + ": " + kind);
      assertEquals(
          Json.toMap(defaults).keySet(), Json.read(axis, shown.get(0), Map.class).keySet());
    }
  }

  private static String section(Axis axis, String kind) throws IOException {
    String page = Files.readString(axis.file());
    String heading = "\n" + axis.heading + kind + "\n";
    int start = page.indexOf(heading);
    assertTrue(start >= 0, axis + " lacks " + kind);
    return page.substring(start + heading.length()).split("\n##+ ", 2)[0];
  }

  @ParameterizedTest
  @MethodSource("axes")
  void everyChoiceOfAKeyIsNamed(Axis axis) throws IOException {
    String page = Files.readString(axis.file());
    Kinds<?> kinds = Kinds.of(axis.type);
    for (String kind : kinds.choices()) {
      for (RecordComponent key : kinds.type(kind).orElseThrow().getRecordComponents()) {
        if (key.getType().isEnum()) {
          for (Object value : key.getType().getEnumConstants()) {
            String label = ((Named) value).label();
            assertTrue(
                page.contains("`" + label + "`") || page.contains("\"" + label + "\""),
                axis + ": the " + key.getName() + " of " + kind + " may be " + label);
          }
        }
      }
    }
  }
}
