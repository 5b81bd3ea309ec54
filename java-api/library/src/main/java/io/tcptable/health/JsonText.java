// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as in <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>, no more and no
 * less, so that a health page can be judged without a library: objects as maps, arrays as lists,
 * strings, numbers as {@link BigDecimal}, booleans, and {@link #NULL}.
 */
public final class JsonText {

  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /** Deeper is not a health page but an attack on the stack. */
  private static final int DEEPEST = 100;

  private final JsonCursor cursor;

  private JsonText(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * The value that a text of JSON holds.
   *
   * @throws IllegalArgumentException if the text is not JSON; the message says where
   */
  public static Object parse(String text) {
    JsonCursor cursor = new JsonCursor(text);
    Object value = new JsonText(cursor).value(0);
    cursor.peek();
    if (!cursor.isAtEnd()) {
      throw cursor.unexpected();
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw JsonCursor.wrong("nested too deep", cursor.position());
    }
    return switch (cursor.peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> JsonScalars.string(cursor);
      case 't' -> JsonScalars.word(cursor, "true", true);
      case 'f' -> JsonScalars.word(cursor, "false", false);
      case 'n' -> JsonScalars.word(cursor, "null", NULL);
      default -> JsonScalars.number(cursor);
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (boolean more = begins('{', '}'); more; more = goesOn('}')) {
      cursor.peek();
      String name = JsonScalars.string(cursor);
      cursor.peek();
      cursor.expect(':');
      members.put(name, value(depth + 1));
    }
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    for (boolean more = begins('[', ']'); more; more = goesOn(']')) {
      elements.add(value(depth + 1));
    }
    return elements;
  }

  /** Whether there is anything inside. */
  private boolean begins(char start, char end) {
    cursor.expect(start);
    cursor.peek();
    return !cursor.skip(end);
  }

  /** Whether something follows, instead of the end. */
  private boolean goesOn(char end) {
    cursor.peek();
    if (cursor.skip(',')) {
      return true;
    }
    cursor.expect(end);
    return false;
  }
}
