package io.tcptable.diagnose;

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
final class JsonText {

  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /** Deeper is not a health page but an attack on the stack. */
  private static final int DEEPEST = 100;

  /** More digits cost more time than a health page deserves. */
  private static final int LONGEST_NUMBER = 100;

  private static final char END = '\0';

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException if the text is not JSON; the message says where
   */
  static Object parse(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value(0);
    reader.peek();
    if (reader.at < text.length()) {
      throw reader.unexpected();
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("nested too deep at character " + at);
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", NULL);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    if (peek() == '}') {
      at++;
      return members;
    }
    do {
      if (peek() != '"') {
        throw unexpected();
      }
      String name = string();
      expect(':');
      members.put(name, value(depth + 1));
    } while (another('}'));
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    at++;
    if (peek() == ']') {
      at++;
      return elements;
    }
    do {
      elements.add(value(depth + 1));
    } while (another(']'));
    return elements;
  }

  private boolean another(char end) {
    boolean another = peek() == ',';
    if (!another && peek() != end) {
      throw unexpected();
    }
    at++;
    return another;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c < ' ') {
        throw unexpected();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw unexpected();
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : END;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw unexpected();
    };
  }

  private char hexadecimal() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw unexpected();
      }
      value = 16 * value + digit;
    }
    return (char) value;
  }

  private Object literal(String word, Object meaning) {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return meaning;
  }

  private BigDecimal number() {
    int start = at;
    if (here() == '-') {
      at++;
    }
    if (here() == '0') {
      at++;
    } else {
      digits();
    }
    if (here() == '.') {
      at++;
      digits();
    }
    if (here() == 'e' || here() == 'E') {
      at++;
      if (here() == '+' || here() == '-') {
        at++;
      }
      digits();
    }
    if (at - start > LONGEST_NUMBER) {
      throw new IllegalArgumentException("too long a number at character " + start);
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("too large a number at character " + start, e);
    }
  }

  private void digits() {
    if (here() < '0' || here() > '9') {
      throw unexpected();
    }
    while (here() >= '0' && here() <= '9') {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected();
    }
    at++;
  }

  /** The next character that is not white space. */
  private char peek() {
    while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') {
      at++;
    }
    return here();
  }

  private char here() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private IllegalArgumentException unexpected() {
    String what = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException("unexpected " + what + " at character " + at);
  }
}
