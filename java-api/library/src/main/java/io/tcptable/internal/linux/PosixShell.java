// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.ShellDialect;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The quoting of {@code sh}, see "Quoting" in {@code sh(1p)}. */
final class PosixShell implements ShellDialect {

  /** What no shell gives a meaning; zsh has one for {@code =} at the beginning. */
  private static final Pattern PLAIN = Pattern.compile("(?!=)[A-Za-z0-9_@%+=:,./-]+");

  private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=.*", Pattern.DOTALL);

  @Override
  public String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : inQuotes(word);
  }

  private static String inQuotes(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Where a program is named, {@code A=b} would be an assignment. */
  @Override
  public String command(List<String> words) {
    String line = ShellDialect.super.command(words);
    String program = words.isEmpty() ? "" : words.get(0);
    return ASSIGNMENT.matcher(program).matches() && line.startsWith(program)
        ? inQuotes(program) + line.substring(program.length())
        : line;
  }

  /** A directory may be named {@code -} or like an option. */
  @Override
  public String in(Path directory, String command) {
    String name = directory.toString();
    return "cd " + quoted(name.startsWith("-") ? "./" + name : name) + " && " + command;
  }
}
