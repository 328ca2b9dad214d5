package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON as the project writes and reads it: records by their component names, enumerations by their
 * {@link Named#label}, unknown keys refused with the known ones named, non-finite numbers as the
 * strings {@code "NaN"} and {@code "Infinity"}. Of a kind of an axis ({@link Kinds}) and of records
 * marked {@link OptionalKeys}, keys may be left out.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .annotationIntrospector(
              new AnnotationIntrospectorPair(
                  new JacksonAnnotationIntrospector(), new MissingKeys.Introspector()))
          .build();

  /** How Jackson says that a value is of another type than wanted. */
  private static final Pattern MISMATCH =
      Pattern.compile("^Cannot (?:deserialize value of type .* from|coerce) ([A-Z][a-z]+)");

  private Json() {}

  /**
   * The text of a value.
   *
   * @param value a record, map, list, text or number
   * @return indented JSON without a final line end
   */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * The text of a value on one line.
   *
   * @param value a record, map, list, text or number
   * @return JSON without a line end
   */
  public static String writeLine(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * A value as maps, lists, texts and numbers.
   *
   * @param value a record
   * @return its components by name, in order
   */
  public static Map<String, Object> toMap(Object value) {
    return MAPPER.convertValue(value, new TypeReference<Map<String, Object>>() {});
  }

  /**
   * Reads a file into a record.
   *
   * @param file JSON in UTF-8
   * @param type the record's class
   * @param otherwise records whose values stand in for missing keys of records of their class,
   *     where these are marked {@link OptionalKeys}
   * @param <T> the record's type
   * @return the record
   * @throws DataException if the file is missing, is not JSON, or does not fit; with line and
   *     column
   */
  public static <T> T read(Path file, Class<T> type, Object... otherwise) {
    try {
      return read(file, Files.readString(file), type, otherwise);
    } catch (IOException | UncheckedIOException e) {
      if (Files.notExists(file)) {
        throw new DataException(file, "does not exist; expected a JSON file; check the path", e);
      }
      if (Files.isDirectory(file)) {
        throw new DataException(file, "is a folder; expected a JSON file; check the path", e);
      }
      throw new DataException(
          file,
          "cannot be read as JSON text in UTF-8 ("
              + e.getClass().getSimpleName()
              + "); check the path",
          e);
    }
  }

  /**
   * Reads a text into a record.
   *
   * @param source names the text in messages
   * @param text JSON
   * @param type the record's class
   * @param otherwise records whose values stand in for missing keys of records of their class,
   *     where these are marked {@link OptionalKeys}
   * @param <T> the record's type
   * @return the record
   * @throws DataException if the text is not JSON or does not fit; with line and column
   */
  public static <T> T read(Object source, String text, Class<T> type, Object... otherwise) {
    try {
      KnownKeys.check(MAPPER, source, text, type);
      T value = MAPPER.readerFor(type).with(new MissingKeys(List.of(otherwise))).readValue(text);
      if (value == null) {
        throw new DataException(source, "holds null; expected an object");
      }
      return value;
    } catch (JsonMappingException e) {
      if (rootOf(e) instanceof VaeException refused) {
        throw fault(source, e, refused.getMessage());
      }
      throw fault(
          source, e, (e.getPath().isEmpty() ? "" : "key '" + pathOf(e) + "': ") + complaint(e));
    } catch (JsonProcessingException e) {
      throw fault(source, e, "is not JSON: " + firstLine(e.getOriginalMessage()));
    }
  }

  /**
   * The leaves of nested objects by dotted path, as {@code training.epochs}.
   *
   * @param object of JSON
   * @return values that are no objects themselves, sorted by path
   */
  public static Map<String, Object> leaves(Map<?, ?> object) {
    Map<String, Object> leaves = new TreeMap<>();
    flatten("", object, leaves);
    return leaves;
  }

  private static void flatten(String path, Object value, Map<String, Object> leaves) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) ->
              flatten(path.isEmpty() ? key.toString() : path + "." + key, inner, leaves));
    } else {
      leaves.put(path, value);
    }
  }

  private static DataException fault(Object source, JsonProcessingException e, String text) {
    JsonLocation at = e.getLocation();
    return at == null
        ? new DataException(source, text, e)
        : new DataException(source, at.getLineNr(), at.getColumnNr(), text);
  }

  private static String complaint(JsonMappingException e) {
    String line = firstLine(e.getOriginalMessage());
    // The option that Jackson names here is not the reader's to set.
    if (line.startsWith("Cannot map `null`")) {
      return "is missing; expected a value";
    }
    Matcher mismatch = MISMATCH.matcher(line);
    return mismatch.find() && e instanceof MismatchedInputException wrong && hasName(wrong)
        ? "is " + got(wrong, mismatch.group(1)) + "; expected " + name(wrong.getTargetType())
        : line;
  }

  /** Of an enumeration the line says which values there are. */
  private static boolean hasName(MismatchedInputException wrong) {
    return wrong.getTargetType() != null && !wrong.getTargetType().isEnum();
  }

  private static String got(MismatchedInputException wrong, String token) {
    return wrong instanceof InvalidFormatException value
        ? writeLine(value.getValue())
        : switch (token) {
          case "Array" -> "a list";
          case "Object" -> "an object";
          case "String" -> "a text";
          case "Boolean" -> "true or false";
          default -> "a number";
        };
  }

  private static String name(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list, as [8]" : "an object";
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && !(root instanceof VaeException)) {
      root = root.getCause();
    }
    return root;
  }

  private static String pathOf(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            part ->
                part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String firstLine(String text) {
    String line =
        text.lines()
            .findFirst()
            .orElse("")
            .replaceAll(" \\(start marker at .*", "")
            .replaceAll("`?(?:java|org)\\.[\\w.$]*\\.([\\w$]+)`?", "$1");
    return line.length() > 300
        ? line.substring(0, 300).strip() + String.format(Locale.ROOT, "…")
        : line;
  }
}
