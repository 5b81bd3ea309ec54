// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.math.BigDecimal;

/** Reads what JSON consists of in the end: strings, numbers and words. */
final class JsonScalars {

  /** More digits cost more time than a health page deserves. */
  private static final int LONGEST_NUMBER = 100;

  private JsonScalars() {}

  static String string(JsonCursor cursor) {
    StringBuilder string = new StringBuilder();
    cursor.expect('"');
    while (cursor.here() != '"') {
      if (cursor.here() < ' ') {
        throw cursor.unexpected();
      }
      string.append(cursor.skip('\\') ? escaped(cursor) : cursor.next());
    }
    cursor.expect('"');
    return string.toString();
  }

  private static char escaped(JsonCursor cursor) {
    char c = cursor.here();
    char meant =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> hexadecimal(cursor);
          default -> throw cursor.unexpected();
        };
    cursor.next();
    return meant;
  }

  /** Stops at the last digit. */
  private static char hexadecimal(JsonCursor cursor) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      cursor.next();
      int digit = Character.digit(cursor.here(), 16);
      if (digit < 0) {
        throw cursor.unexpected();
      }
      value = 16 * value + digit;
    }
    return (char) value;
  }

  static Object word(JsonCursor cursor, String word, Object meaning) {
    for (int i = 0; i < word.length(); i++) {
      cursor.expect(word.charAt(i));
    }
    return meaning;
  }

  static BigDecimal number(JsonCursor cursor) {
    int start = cursor.position();
    cursor.skip('-');
    if (!cursor.skip('0')) {
      digits(cursor);
    }
    if (cursor.skip('.')) {
      digits(cursor);
    }
    if (cursor.skip('e') || cursor.skip('E')) {
      if (!cursor.skip('+')) {
        cursor.skip('-');
      }
      digits(cursor);
    }
    String number = cursor.since(start);
    if (number.length() > LONGEST_NUMBER) {
      throw JsonCursor.wrong("too long a number", start);
    }
    try {
      return new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw JsonCursor.wrong("too large a number", start);
    }
  }

  private static void digits(JsonCursor cursor) {
    if (!isDigit(cursor.here())) {
      throw cursor.unexpected();
    }
    while (isDigit(cursor.here())) {
      cursor.next();
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
