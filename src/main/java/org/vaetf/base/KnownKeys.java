package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds keys that no record has, and kinds that no axis has, before any record is built. Jackson
 * itself looks only afterwards, so that a misspelt key would be reported as the right one missing,
 * and at the wrong line.
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
      Class<?> raw = type.getRawClass();
      if (Kinds.isAxis(raw)) {
        walkKind(parser, node, Kinds.of(raw));
      } else if (raw.isRecord()) {
        walkObject(parser, node, raw, "");
      } else {
        parser.skipChildren();
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

  private void walkKind(JsonParser parser, JsonNode node, Kinds<?> kinds) throws IOException {
    Optional<? extends Class<?>> record = kinds.type(node.path(kinds.key()).asText());
    if (record.isPresent()) {
      walkObject(parser, node, record.get(), kinds.key());
      return;
    }
    JsonLocation place = parser.currentTokenLocation();
    String fault = "has no '" + kinds.key() + "'";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean told = parser.currentName().equals(kinds.key());
      parser.nextToken();
      if (told) {
        place = parser.currentTokenLocation();
        fault = "unknown " + kinds.key() + " '" + node.get(kinds.key()).asText() + "'";
        break;
      }
      parser.skipChildren();
    }
    throw fault(place, fault, kinds.names());
  }

  private void walkObject(JsonParser parser, JsonNode node, Class<?> record, String typeKey)
      throws IOException {
    Map<String, RecordComponent> keys = Keys.of(record);
    JsonIgnoreProperties lenient = record.getAnnotation(JsonIgnoreProperties.class);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonLocation place = parser.currentTokenLocation();
      parser.nextToken();
      if (keys.containsKey(key)) {
        walk(parser, node.get(key), mapper.constructType(keys.get(key).getGenericType()));
      } else if (key.equals(typeKey) || (lenient != null && lenient.ignoreUnknown())) {
        parser.skipChildren();
      } else {
        throw fault(place, "unknown key '" + key + "'", new TreeSet<>(keys.keySet()));
      }
    }
  }

  private DataException fault(JsonLocation place, String what, Collection<String> known) {
    String expected =
        known.isEmpty() ? "no key but its kind" : "one of: " + String.join(", ", known);
    return new DataException(
        source, place.getLineNr(), place.getColumnNr(), what + "; expected " + expected);
  }
}
