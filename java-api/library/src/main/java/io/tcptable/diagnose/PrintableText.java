// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.regex.Pattern;

/** Tells whether a person sees all of a text, and a terminal passes it on unchanged. */
final class PrintableText {

  /** A terminal does not show these as they are, nor is a word that was no text what it was. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\x{FFFD}\u2028\u2029]");

  private PrintableText() {}

  static boolean is(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }
}
