// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

/** A place in a text that is read as JSON. */
final class JsonCursor {

  /** What stands beyond the end. */
  static final char END = '\0';

  private final String text;
  private int at;

  JsonCursor(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  char here() {
    return isAtEnd() ? END : text.charAt(at);
  }

  /** Goes to the next character that is not white space, and says which it is. */
  char peek() {
    while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') {
      at++;
    }
    return here();
  }

  /** Goes on, and says which character it leaves. */
  char next() {
    char here = here();
    at++;
    return here;
  }

  /** Goes on if this very character is here. */
  boolean skip(char c) {
    boolean isHere = here() == c && !isAtEnd();
    if (isHere) {
      at++;
    }
    return isHere;
  }

  /**
   * @throws IllegalArgumentException if another character than this one is here
   */
  void expect(char c) {
    if (!skip(c)) {
      throw unexpected();
    }
  }

  IllegalArgumentException unexpected() {
    return wrong("unexpected " + (isAtEnd() ? "end" : "'" + here() + "'"), at);
  }

  static IllegalArgumentException wrong(String what, int position) {
    return new IllegalArgumentException(what + " at character " + position);
  }
}
