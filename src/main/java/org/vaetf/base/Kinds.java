package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of an axis: an interface whose {@code @JsonSubTypes} name the records that implement
 * it. A kind has a default value: a record without components is that value, any other has it from
 * its public static method {@code defaults()}. A kind without either, as a network given in Java,
 * cannot be chosen by its name.
 *
 * @param <T> the axis
 */
public final class Kinds<T> {
  private static final String DEFAULTS = "defaults";

  private final Class<T> axis;
  private final Map<String, Class<? extends T>> types = new LinkedHashMap<>();

  private Kinds(Class<T> axis) {
    this.axis = axis;
    for (JsonSubTypes.Type type : axis.getAnnotation(JsonSubTypes.class).value()) {
      types.put(type.name(), type.value().asSubclass(axis));
    }
  }

  /**
   * Whether a type is an axis.
   *
   * @param type any type
   * @return true if it names its kinds
   */
  public static boolean isAxis(Class<?> type) {
    return type.isAnnotationPresent(JsonSubTypes.class)
        && type.isAnnotationPresent(JsonTypeInfo.class);
  }

  /**
   * The kinds of an axis.
   *
   * @param axis the interface that names them
   * @param <T> the axis
   * @return its kinds
   * @throws IllegalArgumentException if it names none
   */
  public static <T> Kinds<T> of(Class<T> axis) {
    if (!isAxis(axis)) {
      throw new IllegalArgumentException(axis + " names no kinds");
    }
    return new Kinds<>(axis);
  }

  /**
   * The axes among a record's components.
   *
   * @param record the record's class
   * @return their kinds by the component's name, in the order they are declared
   */
  public static Map<String, Kinds<?>> axesOf(Class<?> record) {
    Map<String, Kinds<?>> axes = new LinkedHashMap<>();
    Keys.of(record)
        .forEach(
            (name, component) -> {
              if (isAxis(component.getType())) {
                axes.put(name, of(component.getType()));
              }
            });
    return axes;
  }

  /**
   * The key that tells the kind of a value in JSON.
   *
   * @return {@code kind}
   */
  public String key() {
    return axis.getAnnotation(JsonTypeInfo.class).property();
  }

  /**
   * The names of all kinds.
   *
   * @return in the order they are declared
   */
  public List<String> names() {
    return List.copyOf(types.keySet());
  }

  /**
   * The names of the kinds that have a default value.
   *
   * @return in the order they are declared
   */
  public List<String> choices() {
    return types.keySet().stream().filter(name -> defaultsOf(types.get(name)).isPresent()).toList();
  }

  /**
   * The class of a kind.
   *
   * @param name of the kind
   * @return its record; empty where there is no such kind
   */
  public Optional<Class<? extends T>> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /**
   * The kind of a value.
   *
   * @param value on this axis
   * @return the kind's name
   * @throws IllegalArgumentException if the value's class is none of the kinds
   */
  public String nameOf(Object value) {
    return types.keySet().stream()
        .filter(name -> types.get(name) == value.getClass())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(value.getClass() + " is no kind of " + axis));
  }

  /**
   * The kind of a value, for a message.
   *
   * @param axis it is on
   * @param value on that axis, maybe of a class that the axis does not name
   * @return the kind's name, or the class's
   */
  public static String describe(Class<?> axis, Object value) {
    Kinds<?> kinds = of(axis);
    return kinds.types.containsValue(value.getClass())
        ? kinds.nameOf(value)
        : value.getClass().getSimpleName();
  }

  /**
   * The default value of a kind.
   *
   * @param name one of {@link #choices}
   * @return the value
   * @throws ConfigException if it is none of them; the message lists them
   */
  public T defaults(String name) {
    Check.known("kind of " + axis.getSimpleName(), name, choices());
    return axis.cast(defaultsOf(types.get(name)).orElseThrow());
  }

  /** Whether a class is named by an axis that it implements, maybe by way of another interface. */
  static boolean isKind(Class<?> type) {
    return isKind(type, type);
  }

  private static boolean isKind(Class<?> type, Class<?> below) {
    return Arrays.stream(below.getInterfaces())
        .anyMatch(
            axis -> (isAxis(axis) && of(axis).types.containsValue(type)) || isKind(type, axis));
  }

  /** The default value of a record, if it has one. */
  static Optional<Object> defaultsOf(Class<?> record) {
    if (record.getRecordComponents().length == 0) {
      return Optional.of(Keys.construct(record, new Class<?>[0]));
    }
    try {
      Method defaults = record.getMethod(DEFAULTS);
      if (!Modifier.isStatic(defaults.getModifiers()) || defaults.getReturnType() != record) {
        return Optional.empty();
      }
      return Optional.of(defaults.invoke(null));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (InvocationTargetException e) {
      throw Keys.thrown(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(record + " has defaults that cannot be called", e);
    }
  }
}
