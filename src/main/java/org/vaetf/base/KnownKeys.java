package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds keys that no record has before any record is built. Jackson itself looks only afterwards,
 * so that a misspelt key would be reported as the right one missing, and at the wrong line.
 */
final class KnownKeys {
  private final JsonMapper mapper;
  private final Object source;

  private KnownKeys(JsonMapper mapper, Object source) {
    this.mapper = mapper;
    this.source = source;
  }

  /**
   * Refuses a text with an unknown key.
   *
   * @param mapper reads JSON
   * @param source names the text in messages
   * @param text JSON
   * @param type the class of the record to be read
   * @throws DataException if a key is unknown; with line and column, and the known ones
   */
  static void check(JsonMapper mapper, Object source, String text, Class<?> type) {
    try (JsonParser parser = mapper.createParser(text)) {
      JsonNode tree = mapper.readTree(text);
      parser.nextToken();
      new KnownKeys(mapper, source).walk(parser, tree, mapper.constructType(type));
    } catch (IOException e) {
      // Not JSON: whoever reads the text next says so.
    }
  }

  /** Walks text and tree side by side: the text knows places, the tree what comes later. */
  private void walk(JsonParser parser, JsonNode node, JavaType type) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Class<?> record = recordOf(type.getRawClass(), node);
      if (record == null) {
        parser.skipChildren();
      } else {
        walkObject(parser, node, record, typeKey(type.getRawClass()));
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      if (type.getContentType() == null) {
        parser.skipChildren();
      } else {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          walk(parser, node.get(i), type.getContentType());
        }
      }
    }
  }

  private void walkObject(JsonParser parser, JsonNode node, Class<?> record, String typeKey)
      throws IOException {
    Map<String, Type> components = components(record);
    JsonIgnoreProperties lenient = record.getAnnotation(JsonIgnoreProperties.class);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonLocation place = parser.currentTokenLocation();
      parser.nextToken();
      if (components.containsKey(key)) {
        walk(parser, node.get(key), mapper.constructType(components.get(key)));
      } else if (key.equals(typeKey) || (lenient != null && lenient.ignoreUnknown())) {
        parser.skipChildren();
      } else {
        throw new DataException(
            source,
            place.getLineNr(),
            place.getColumnNr(),
            "unknown key '"
                + key
                + "'; expected one of: "
                + String.join(", ", components.keySet()));
      }
    }
  }

  private static Map<String, Type> components(Class<?> record) {
    Map<String, Type> components = new TreeMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      components.put(component.getName(), component.getGenericType());
    }
    JsonIncludeProperties only = record.getAnnotation(JsonIncludeProperties.class);
    if (only != null) {
      components.keySet().retainAll(List.of(only.value()));
    }
    return components;
  }

  /** The record that an object is to become; null where it is none, or its kind is unknown. */
  private static Class<?> recordOf(Class<?> type, JsonNode node) {
    JsonSubTypes kinds = type.getAnnotation(JsonSubTypes.class);
    if (kinds == null) {
      return type.isRecord() ? type : null;
    }
    String kind = node.path(typeKey(type)).asText();
    return Arrays.stream(kinds.value())
        .filter(candidate -> candidate.name().equals(kind))
        .<Class<?>>map(JsonSubTypes.Type::value)
        .filter(Class::isRecord)
        .findFirst()
        .orElse(null);
  }

  private static String typeKey(Class<?> type) {
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    return info == null ? "" : info.property();
  }
}
