package org.vaetf.base;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.util.List;

/**
 * Fills in the keys that a record's JSON leaves out, where they may be left out: in the kinds of an
 * axis that have a default value, and in records marked {@link OptionalKeys}. To Jackson each
 * component of such a record is a value that is injected unless the text has it.
 */
final class MissingKeys extends InjectableValues.Base {
  private static final long serialVersionUID = 1L;

  private final transient List<Object> otherwise;

  /**
   * Fills in from some records, else from defaults.
   *
   * @param otherwise records whose components stand in for the missing keys of their class
   */
  MissingKeys(List<Object> otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public Object findInjectableValue(
      DeserializationContext context,
      Object record,
      BeanProperty property,
      Object instance,
      Boolean optional,
      Boolean useInput) {
    Class<?> type = (Class<?>) record;
    Object whole =
        otherwise.stream()
            .filter(type::isInstance)
            .findFirst()
            .or(() -> Kinds.defaultsOf(type))
            .orElseThrow();
    return Keys.get(whole, Keys.of(type).get(property.getName()));
  }

  private static boolean mayMiss(Class<?> type) {
    return type.isRecord()
        && (Kinds.isKind(type) || type.isAnnotationPresent(OptionalKeys.class))
        && Kinds.defaultsOf(type).isPresent();
  }

  /** Tells Jackson which components may be missing; the identity of the value is the record. */
  static final class Introspector extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JacksonInject.Value findInjectableValue(AnnotatedMember member) {
      return member instanceof AnnotatedParameter parameter
              && parameter.getOwner() instanceof AnnotatedConstructor
              && mayMiss(parameter.getDeclaringClass())
          ? JacksonInject.Value.construct(parameter.getDeclaringClass(), true, false)
          : null;
    }

    @Override
    public Version version() {
      return Version.unknownVersion();
    }
  }
}
