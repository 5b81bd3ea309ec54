// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.json;

import java.io.IOException;

/**
 * Writes JSON as in <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a> as it comes, on
 * one line and in ASCII. All other characters, and DEL, are escapes, so that a name of another
 * process can do nothing to a terminal, in no character set, and half of a surrogate pair is no
 * error. For one thread.
 */
final class JsonWriter {

  private static final char LAST_PLAIN = '~';
  private static final String HEXADECIMAL = "0123456789ABCDEF";

  private final Appendable out;

  /** Whether a value stands before, in the same object or array. */
  private boolean follows;

  JsonWriter(Appendable out) {
    this.out = out;
  }

  void begin(char bracket) throws IOException {
    separate();
    out.append(bracket);
    follows = false;
  }

  void end(char bracket) throws IOException {
    out.append(bracket);
    follows = true;
  }

  /** A value follows. */
  void name(String name) throws IOException {
    string(name);
    out.append(':');
    follows = false;
  }

  void string(String text) throws IOException {
    separate();
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > LAST_PLAIN || c == '"' || c == '\\') {
        out.append(text, plain, i);
        escape(c);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length());
    out.append('"');
  }

  private void escape(char c) throws IOException {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> {
        out.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEXADECIMAL.charAt(c >>> shift & 0xf));
        }
      }
    }
  }

  /** A number, true, false, or a value that was written before. */
  void plain(String value) throws IOException {
    separate();
    out.append(value);
  }

  private void separate() throws IOException {
    if (follows) {
      out.append(',');
    }
    follows = true;
  }
}
