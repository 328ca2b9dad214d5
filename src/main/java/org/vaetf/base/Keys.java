package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record's keys in JSON: its components by name. */
public final class Keys {
  private Keys() {}

  /**
   * The keys of a record.
   *
   * @param record the record's class
   * @return its components by name, in the order they are declared; without those that JSON leaves
   *     out
   */
  public static Map<String, RecordComponent> of(Class<?> record) {
    Map<String, RecordComponent> keys = new LinkedHashMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      keys.put(component.getName(), component);
    }
    JsonIncludeProperties only = record.getAnnotation(JsonIncludeProperties.class);
    if (only != null) {
      keys.keySet().retainAll(List.of(only.value()));
    }
    return keys;
  }

  /**
   * What a record holds.
   *
   * @param record the record
   * @param component one of its class's
   * @return the component's value
   */
  public static Object get(Object record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  /**
   * A record with other values of some components; the rest are as they were.
   *
   * @param record the record
   * @param values by component name, each of the component's type
   * @param <R> the record's type
   * @return a copy, made by the record's constructor and so checked by it
   * @throws ConfigException as the constructor does
   */
  @SuppressWarnings("unchecked")
  public static <R> R with(R record, Map<String, Object> values) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] arguments =
        Arrays.stream(components)
            .map(
                component ->
                    values.containsKey(component.getName())
                        ? values.get(component.getName())
                        : get(record, component))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return (R) construct(record.getClass(), types, arguments);
  }

  /** A record made by its canonical constructor. */
  static Object construct(Class<?> record, Class<?>[] types, Object... arguments) {
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " cannot be made", e);
    }
  }

  /** What was thrown by code that was called by reflection. */
  static RuntimeException thrown(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(e.getCause());
  }
}
