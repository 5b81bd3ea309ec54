// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that a process may choose for its name, its arguments, its files and its groups. */
enum ForeignWord {
  SEPARATORS("a;>x|>y&>z&&touch q||touch r"),
  SUBSTITUTIONS("$(>x)`>y`${IFS}<(touch z)"),
  QUOTES("'>x'\">y\"\\'>z\\\">w"),
  NEW_LINES("a\n>x\ntouch y\n"),
  CARRIAGE_RETURNS("a\r>x\rtouch y\r0::!x"),
  PATTERNS("* ?[a] ~root {a,b} !! # x"),
  LONG_OPTION("--help"),
  OPTION_WITH_VALUE("--host=x;touch y"),
  SHORT_OPTION("-rf"),
  PERCENT("%s%n%x%1$s%h%i"),
  ESCAPES("\u001b]0;x\u0007\u001b[2J\u001b[8m"),
  C1_CONTROLS("\u009b31m\u009d0;x\u009c\u0085"),
  BIDI("\u202egnp.exe\u2066\u2069\u200f\u061c"),
  NOT_UTF_8(new byte[] {'a', (byte) 0xff, (byte) 0xfe, (byte) 0xc3, '(', (byte) 0xe2, (byte) 0x82}),
  FORMULA("=cmd|'-c calc'!A1"),
  MENTION("@everyone [x](http;x.y) <img src=x> ![x](y)"),
  FENCE("```\n# heading\n~~~\n| a | b |");

  @SuppressWarnings("ImmutableEnumChecker") // never written, and given to nobody
  private final byte[] bytes;

  ForeignWord(String text) {
    this(text.getBytes(StandardCharsets.UTF_8));
  }

  ForeignWord(byte[] bytes) {
    this.bytes = bytes;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** For a snippet of Python. */
  String literal() {
    return Attack.bytes(bytes);
  }

  /** As the name of a process. */
  String shortLiteral() {
    return Attack.bytes(Arrays.copyOf(bytes, Math.min(bytes.length, 15)));
  }

  boolean isOption() {
    return bytes[0] == '-';
  }
}
