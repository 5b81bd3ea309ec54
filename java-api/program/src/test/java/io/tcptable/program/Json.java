// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON without null as maps, lists, strings, longs and booleans. */
public final class Json {

  private Json() {}

  /** A text that is one object and nothing else. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      parser.nextToken();
      Object value = value(parser);
      assertThat(parser.nextToken()).as("after the object").isNull();
      return (Map<String, Object>) value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field that is a list of objects. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> list(Map<String, Object> object, String field) {
    return (List<Map<String, Object>>) value(object, field);
  }

  /** A field that is an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Map<String, Object> object, String field) {
    return (Map<String, Object>) value(object, field);
  }

  public static String text(Map<String, Object> object, String field) {
    return (String) value(object, field);
  }

  public static long number(Map<String, Object> object, String field) {
    return (long) value(object, field);
  }

  private static Object value(Map<String, Object> object, String field) {
    return Objects.requireNonNull(object.get(field), field);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String field = parser.currentName();
          parser.nextToken();
          object.put(field, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> throw new AssertionError(parser.currentToken());
    };
  }
}
