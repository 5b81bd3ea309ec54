// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import java.util.Map;

/**
 * What a person has pressed.
 *
 * @param kind which key
 * @param letter of a character only
 */
record Key(Kind kind, char letter) {

  /** The keys that the view knows. */
  enum Kind {
    CHARACTER,
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    ESCAPE,
    BACKSPACE,
    OTHER
  }

  /** As xterm and its followers send them, without the two characters that begin each. */
  private static final Map<String, Kind> SEQUENCES =
      Map.ofEntries(
          Map.entry("A", Kind.UP),
          Map.entry("B", Kind.DOWN),
          Map.entry("5~", Kind.PAGE_UP),
          Map.entry("6~", Kind.PAGE_DOWN),
          Map.entry("H", Kind.HOME),
          Map.entry("1~", Kind.HOME),
          Map.entry("F", Kind.END),
          Map.entry("4~", Kind.END));

  static Key of(Kind kind) {
    return new Key(kind, '\0');
  }

  /** Of what a terminal sends for one key. */
  static Key of(String sent) {
    if (sent.length() > 2 && sent.charAt(0) == '\u001b') {
      return of(SEQUENCES.getOrDefault(sent.substring(2), Kind.OTHER));
    }
    return switch (sent.charAt(0)) {
      case '\u001b' -> of(Kind.ESCAPE);
      case '\r', '\n' -> of(Kind.ENTER);
      case '\b', '\u007f' -> of(Kind.BACKSPACE);
      default -> sent.charAt(0) < ' ' ? of(Kind.OTHER) : new Key(Kind.CHARACTER, sent.charAt(0));
    };
  }

  /** Whether more belongs to what was sent so far. */
  static boolean isBegun(String sent) {
    return sent.length() < 3
        || sent.charAt(sent.length() - 1) < '@'
        || sent.charAt(sent.length() - 1) > '~';
  }

  boolean is(char character) {
    return kind == Kind.CHARACTER && letter == character;
  }
}
