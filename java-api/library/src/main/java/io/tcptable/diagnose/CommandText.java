// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command as a person would type it into a shell, which takes it apart into these very words. */
final class CommandText {

  /** What no shell gives a meaning. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private CommandText() {}

  /** The words in one line, those in quotes that need them. */
  static String of(List<String> words) {
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
