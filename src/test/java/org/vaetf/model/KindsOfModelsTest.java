package org.vaetf.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Json;
import org.vaetf.base.Keys;
import org.vaetf.base.Kinds;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.network.CustomNetwork;
import org.vaetf.network.Network;

/**
 * What the command line and JSON rely on for every kind of every axis of a model: it has a default
 * value, which JSON keeps.
 */
class KindsOfModelsTest {

  /** Given in Java, so that no name can stand for it. */
  private static final Set<Class<?>> WITHOUT_DEFAULTS = Set.of(CustomNetwork.class);

  /** The axes of a model, and those that their kinds hold. */
  static List<Class<?>> axes() {
    Set<Class<?>> axes = new LinkedHashSet<>();
    collect(ModelConfig.class, axes);
    return List.copyOf(axes);
  }

  private static void collect(Class<?> record, Set<Class<?>> axes) {
    for (RecordComponent component : Keys.of(record).values()) {
      Class<?> type = component.getType();
      if (Kinds.isAxis(type) && axes.add(type)) {
        kinds(type).forEach(kind -> collect(kind, axes));
      } else if (type.isRecord()) {
        collect(type, axes);
      }
    }
  }

  private static Stream<? extends Class<?>> kinds(Class<?> axis) {
    Kinds<?> kinds = Kinds.of(axis);
    return kinds.names().stream().map(name -> kinds.type(name).orElseThrow());
  }

  @Test
  void aModelHasFiveAxesAtLeast() {
    assertTrue(Kinds.axesOf(ModelConfig.class).size() >= 5, axes().toString());
    assertTrue(axes().containsAll(List.of(Network.class, Posterior.class, Prior.class)));
  }

  @ParameterizedTest
  @MethodSource("axes")
  void everyKindHasADefaultValue(Class<?> axis) {
    Kinds<?> kinds = Kinds.of(axis);
    List<String> lacking = new ArrayList<>(kinds.names());
    lacking.removeAll(kinds.choices());
    lacking.removeIf(name -> WITHOUT_DEFAULTS.contains(kinds.type(name).orElseThrow()));
    assertEquals(
        List.of(),
        lacking,
        "kinds of "
            + axis.getSimpleName()
            + " whose record has components but no 'public static RECORD defaults()'");
  }

  @ParameterizedTest
  @MethodSource("axes")
  void aKindsNameStandsForItsDefaultValueInJson(Class<?> axis) {
    Kinds<?> kinds = Kinds.of(axis);
    for (String kind : kinds.choices()) {
      Object value = kinds.defaults(kind);
      assertEquals(value, Json.read(kind, "{\"kind\": \"" + kind + "\"}", axis), kind);
      assertEquals(value, Json.read(kind, Json.write(value), axis), kind);
      assertEquals(kind, kinds.nameOf(value));
    }
  }

  @ParameterizedTest
  @MethodSource("axes")
  void namesAreLowerCaseWithHyphens(Class<?> axis) {
    for (String name : Kinds.of(axis).names()) {
      assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), name);
    }
  }
}
