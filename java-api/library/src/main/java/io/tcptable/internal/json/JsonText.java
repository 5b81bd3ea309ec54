// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as in <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>, no more and no
 * less, without a library: objects as maps, arrays as lists, strings, numbers as {@link
 * BigDecimal}, booleans, and {@link #NULL}. What others wrote may be hostile, so depth and length
 * of numbers are bounded.
 */
public final class JsonText {

  /** The value {@code null}. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /** Deeper is an attack on the stack. */
  private static final int DEEPEST = 100;

  /** More digits cost more time than a number deserves. */
  private static final int LONGEST_NUMBER = 100;

  /** What stands beyond the end. */
  private static final char END = '\0';

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * The value that a text of JSON holds.
   *
   * @throws IllegalArgumentException if the text is not JSON; the message says where
   */
  public static Object parse(String text) {
    JsonText json = new JsonText(text);
    Object value = json.value(0);
    json.peek();
    if (!json.isAtEnd()) {
      throw json.unexpected();
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("nested too deep", at);
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (boolean more = begins('{', '}'); more; more = goesOn('}')) {
      peek();
      String name = string();
      peek();
      expect(':');
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
    expect(start);
    peek();
    return !skip(end);
  }

  /** Whether something follows, instead of the end. */
  private boolean goesOn(char end) {
    peek();
    if (skip(',')) {
      return true;
    }
    expect(end);
    return false;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    expect('"');
    while (here() != '"') {
      if (here() < ' ') {
        throw unexpected();
      }
      string.append(skip('\\') ? escaped() : next());
    }
    expect('"');
    return string.toString();
  }

  private char escaped() {
    char meant =
        switch (here()) {
          case '"', '\\', '/' -> here();
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> hexadecimal();
          default -> throw unexpected();
        };
    next();
    return meant;
  }

  /** Stops at the last digit. */
  private char hexadecimal() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      next();
      int digit = here() < 0x80 ? Character.digit(here(), 16) : -1;
      if (digit < 0) {
        throw unexpected();
      }
      value = 16 * value + digit;
    }
    return (char) value;
  }

  private Object word(String word, Object meaning) {
    word.chars().forEach(c -> expect((char) c));
    return meaning;
  }

  private BigDecimal number() {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    if (at - start > LONGEST_NUMBER) {
      throw wrong("too long a number", start);
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw wrong("too large a number", start);
    }
  }

  private void digits() {
    if (!isDigit(here())) {
      throw unexpected();
    }
    while (isDigit(here())) {
      next();
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isAtEnd() {
    return at >= text.length();
  }

  private char here() {
    return isAtEnd() ? END : text.charAt(at);
  }

  /** Goes to the next character that is not white space, and says which it is. */
  private char peek() {
    while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') {
      at++;
    }
    return here();
  }

  private char next() {
    char here = here();
    at++;
    return here;
  }

  /** Goes on if this very character is here. */
  private boolean skip(char c) {
    boolean isHere = here() == c && !isAtEnd();
    if (isHere) {
      at++;
    }
    return isHere;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    return wrong("unexpected " + (isAtEnd() ? "end" : "'" + here() + "'"), at);
  }

  private static IllegalArgumentException wrong(String what, int position) {
    return new IllegalArgumentException(what + " at character " + position);
  }
}
